import numpy as np
import pytest

from mien.figures.canvas import Canvas, diverging


def _width(words: str, **more: float) -> tuple[int, int]:
    canvas = Canvas(400, 60)
    canvas.text(words, 200, 30, **more)
    columns = np.flatnonzero((canvas.image < 128).any((0, 2)))
    return int(columns.min()), int(columns.max())


def test_words_begin_end_and_stand_where_they_are_asked_to() -> None:
    first, last = _width("happiness")
    assert abs(first - 200) < 4
    assert abs(_width("happiness", align=1)[1] - 200) < 4
    assert abs(sum(_width("happiness", align=0.5)) / 2 - 200) < 4
    assert last < 320


def test_names_of_other_scripts_are_drawn() -> None:
    def drawn(words: str) -> bytes:
        canvas = Canvas(400, 60)
        canvas.text(words, 10, 30)
        return canvas.image.tobytes()

    for words in ("Łódź", "счастье", "Übermut", "Χαρά"):
        assert drawn(words) not in (drawn(""), drawn("?" * len(words)))
    assert len({drawn(words) for words in ("Χαρά", "Λύπη", "Ü", "Ö", "?", "??", "????")}) == 7
    assert drawn("caf\udce9") == drawn("caf\ufffd")  # the name of a file need not be text; OpenCV would crash


def test_less_is_blue_and_more_is_red() -> None:
    less, nothing, more = diverging(np.array([-1.0, 0.0, 1.0])).astype(int)
    assert less[0] > less[2] + 50
    assert more[2] > more[0] + 50
    assert nothing.min() > 240


@pytest.mark.parametrize("words", ["Freude und Übermut, was sich ähnlich sieht", "x" * 100])
def test_a_long_name_stays_in_its_room_with_both_its_ends(words: str) -> None:
    first, last = _width(words, room=120, align=1)
    assert first >= 200 - 120 - 2
    assert last <= 202
    assert last - first > 90


def test_names_of_bars_stay_in_their_room() -> None:
    canvas = Canvas(400, 60)
    canvas.bars(["a very long name of a class of mine, indeed"], [0.5], 300, 0, (60, 60), 150)
    assert (canvas.image[:, :150] == 255).all()
