import numpy as np

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

    assert len({drawn(words) for words in ("", "Łódź", "счастье", "χαρά")}) == 4


def test_less_is_blue_and_more_is_red() -> None:
    less, nothing, more = diverging(np.array([-1.0, 0.0, 1.0])).astype(int)
    assert less[0] > less[2] + 50
    assert more[2] > more[0] + 50
    assert nothing.min() > 240
