"""Looks closely at single places: is there a face, and which way up is it?

Windows that are laid out four to a picture cost the detector a quarter each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from mien.faces.alignment import plausible, quarter_turns
from mien.faces.blazeface import SIDE, BlazeFace, Found, face_of
from mien.faces.short_range import SIDE as SHORT_SIDE
from mien.faces.short_range import ShortRange
from mien.faces.windows import Window
from mien.types import Face, Image

ON_A_SHEET = 4
"""Windows."""
_CELL = SIDE // 2  # px
_ROUND = 2.67  # a window's side over that of the face in it
_REACH = 0.4  # how far from the window's middle a face may lie, in face sizes
_AGREED = 0.66
"""Mean of the scores: below it lie 4% of real faces of 32 px and 12% of 24 px."""
_DRAWN_AGREED = 0.85  # of houses, figures and smileys: flat colours, as no camera has them
_DRAWN = 0.45  # share of pixels like their neighbours; 0.08 at most in photos, 0.3 in those made darker by five sixths
_SURELY_AGREED = 0.75  # of what is seldom a face: smaller ones, and those that are turned
_ROUGHLY_AGREED = 0.54  # of large upright ones, among which blurred faces have low scores and little else has any
_SMALL_PX, _LARGE_PX = 20.0, 80.0
_UPRIGHT = 0.05  # so much better must another way up be: of real faces every other one has a score of 0.5 in one


def window_around(x: float, y: float, size: float, turns: int = 0) -> Window:
    """For a face of this middle and size, px."""
    return Window(x, y, size * _ROUND, turns)


def sheets(image: Image, windows: Sequence[Window]) -> Iterator[Image]:
    """Pictures for the network, (192, 192, 3), each with the next four windows."""
    return (_sheet(image, windows[start : start + ON_A_SHEET]) for start in range(0, len(windows), ON_A_SHEET))


class CloseUp:
    """Use it on one thread."""

    def __init__(self, network: BlazeFace) -> None:
        """Look with a network that also gives faces with low scores."""
        self._network, self._second = network, ShortRange()

    def look(self, image: Image, windows: Sequence[Window]) -> list[Face | None]:
        """The face in the middle of each window, if there is one that lies as a face does."""
        return self.faces(image, windows, self._network.look(sheets(image, windows)))

    def faces(self, image: Image, windows: Sequence[Window], found: Sequence[Sequence[Found]]) -> list[Face | None]:
        """The same, of what the network found in their `sheets`."""
        height, width = image.shape[:2]
        seen: list[Face | None] = []
        for place, window in enumerate(windows):
            best = _in_the_middle(found[place // ON_A_SHEET], place % ON_A_SHEET)
            points = None if best is None else window.to_picture(best[0], _CELL)
            seen.append(None if best is None or points is None else face_of(points, best[1], width, height))
        return seen

    def confirmed(self, image: Image, candidates: Sequence[Face]) -> list[Face]:
        """Those candidates that are faces, each with the keypoints of the way up in which it looks most like one."""
        around = [window_around(*face.centre, max(face.size, 1)) for face in candidates]
        seen = self.look(image, [window.turned(turns) for window in around for turns in range(4)])
        best, squares = [], []
        for i, (candidate, window) in enumerate(zip(candidates, around, strict=True)):
            four = [face for face in seen[4 * i : 4 * i + 4] if face is not None]
            if not four and plausible(candidate, quarter_turns(candidate)):
                four = [candidate]
            if four:
                face = max(four, key=_likely)
                best.append((candidate, face))
                squares.append(window.turned(quarter_turns(face)).cut(image, SHORT_SIDE))
        scores = self._second.scores([view for square in squares for view in (square, _mirrored(square))])
        found = []
        for i, ((candidate, face), square) in enumerate(zip(best, squares, strict=True)):
            score = (face.score + scores[2 * i] + scores[2 * i + 1]) / 3
            exact = candidate.score >= face.score and plausible(candidate, quarter_turns(face))
            if score >= (_DRAWN_AGREED if _is_drawn(square) else _needed(face)):
                found.append(replace(candidate if exact else face, score=score))
        return found


def _likely(face: Face) -> float:
    return face.score + (_UPRIGHT if quarter_turns(face) == 0 else 0)


def _needed(face: Face) -> float:
    if quarter_turns(face) or face.size < _SMALL_PX:
        return _SURELY_AGREED
    return _AGREED if face.size < _LARGE_PX else _ROUGHLY_AGREED


def _mirrored(square: Image) -> Image:
    return np.ascontiguousarray(square[:, ::-1])


def _is_drawn(square: Image) -> bool:
    """Whether the face in the middle of a window, (128, 128, 3), consists of areas of one colour each."""
    reach = round(SHORT_SIDE / _ROUND / 2)
    inner = slice(SHORT_SIDE // 2 - reach, SHORT_SIDE // 2 + reach)
    middle = square[inner, inner]
    same = (middle[1:, 1:] == middle[:-1, 1:]) & (middle[1:, 1:] == middle[1:, :-1])
    return bool(same.all(2).mean() > _DRAWN)


def _sheet(image: Image, windows: Sequence[Window]) -> Image:
    """Up to four windows, side by side: (192, 192, 3)."""
    sheet = np.zeros((SIDE, SIDE, 3), np.uint8)
    for place, window in enumerate(windows):
        left, top = _corner(place)
        sheet[top : top + _CELL, left : left + _CELL] = window.cut(image, _CELL)
    return sheet


def _corner(place: int) -> tuple[int, int]:
    return place % 2 * _CELL, place // 2 * _CELL


def _in_the_middle(found: Sequence[Found], place: int) -> Found | None:
    """The best that lies in the middle of one window of a sheet, measured from the window's corner."""
    for points, score in found:
        own = points - _corner(place)
        away = np.abs(own[:2].mean(0) - _CELL / 2).max() / (_CELL / _ROUND)
        if away < _REACH and plausible(face_of(own, score, _CELL, _CELL)):
            return own, score
    return None
