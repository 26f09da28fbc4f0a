from mien.utils.counts import counted


def test_a_noun_follows_its_number() -> None:
    assert [counted(n, "face") for n in (0, 1, 2)] == ["0 faces", "1 face", "2 faces"]
