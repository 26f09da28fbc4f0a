from mien.utils.csv import escape_formula


def test_formulas_are_harmless() -> None:
    assert [escape_formula(t) for t in ("=1+1", "+1", "-1", "@x", "\tx", "fine", "")] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "fine", "",
    ]  # fmt: skip
