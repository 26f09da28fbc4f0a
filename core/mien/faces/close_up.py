"""Looks closely at single places: is there a face, and which way up is it?

Windows that are laid out four to a picture cost the detector a quarter each.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mien.faces.alignment import plausible, quarter_turns
from mien.faces.blazeface import SIDE, BlazeFace, face_of
from mien.faces.short_range import SIDE as SHORT_SIDE
from mien.faces.short_range import ShortRange
from mien.faces.windows import Window
from mien.types import Face, Image

_CELL = SIDE // 2  # px
_ROUND = 2.67  # a window's side over that of the face in it
_REACH = 0.4  # how far from the window's middle a face may lie, in face sizes
_AGREED = 0.66
"""Mean of the scores: below it lie 4% of real faces of 32 px and 12% of 24 px."""
_SURELY_AGREED = 0.75  # of what is seldom a face: smaller ones, and those that are turned
_ROUGHLY_AGREED = 0.54  # of large upright ones, among which blurred faces have low scores and little else has any
_SMALL_PX, _LARGE_PX = 20.0, 80.0
_UPRIGHT = 0.05  # so much better must another way up be: of real faces every other one has a score of 0.5 in one


def window_around(x: float, y: float, size: float, turns: int = 0) -> Window:
    """For a face of this middle and size, px."""
    return Window(x, y, size * _ROUND, turns)


class CloseUp:
    """Use it on one thread."""

    def __init__(self, network: BlazeFace) -> None:
        """Look with a network that also gives faces with low scores."""
        self._network, self._second = network, ShortRange()

    def look(self, image: Image, windows: Sequence[Window]) -> list[Face | None]:
        """The face in the middle of each window, if there is one that lies as a face does."""
        sheets = [windows[start : start + 4] for start in range(0, len(windows), 4)]
        height, width = image.shape[:2]
        seen: list[Face | None] = []
        for four, found in zip(sheets, self._network.look([_sheet(image, four) for four in sheets]), strict=True):
            for place, window in enumerate(four):
                best = _in_the_middle(found, place)
                points = None if best is None else window.to_picture(best[0], _CELL)
                seen.append(None if best is None or points is None else face_of(points, best[1], width, height))
        return seen

    def confirmed(self, image: Image, candidates: Sequence[Face]) -> list[Face]:
        """Those candidates that are faces, each with the keypoints of the way up in which it looks most like one."""
        around = [window_around(*face.centre, max(face.size, 1)) for face in candidates]
        seen = self.look(image, [window.turned(turns) for window in around for turns in range(4)])
        found = []
        for i, (candidate, window) in enumerate(zip(candidates, around, strict=True)):
            four = [face for face in seen[4 * i : 4 * i + 4] if face is not None]
            if not four and plausible(candidate, quarter_turns(candidate)):
                four = [candidate]
            if not four:
                continue
            face = max(four, key=_likely)
            score = self._mean_score(image, window.turned(quarter_turns(face)), face.score)
            exact = candidate.score >= face.score and plausible(candidate, quarter_turns(face))
            if score >= _needed(face):
                found.append(replace(candidate if exact else face, score=score))
        return found

    def _mean_score(self, image: Image, window: Window, score: float) -> float:
        """The mean of a face's score and of what the second network says of the face and of its mirror image."""
        square = window.cut(image, SHORT_SIDE)
        return (score + self._second.score(square) + self._second.score(np.ascontiguousarray(square[:, ::-1]))) / 3


def _likely(face: Face) -> float:
    return face.score + (_UPRIGHT if quarter_turns(face) == 0 else 0)


def _needed(face: Face) -> float:
    if quarter_turns(face) or face.size < _SMALL_PX:
        return _SURELY_AGREED
    return _AGREED if face.size < _LARGE_PX else _ROUGHLY_AGREED


def _sheet(image: Image, windows: Sequence[Window]) -> Image:
    """Up to four windows, side by side: (192, 192, 3)."""
    sheet = np.zeros((SIDE, SIDE, 3), np.uint8)
    for place, window in enumerate(windows):
        left, top = _corner(place)
        sheet[top : top + _CELL, left : left + _CELL] = window.cut(image, _CELL)
    return sheet


def _corner(place: int) -> tuple[int, int]:
    return place % 2 * _CELL, place // 2 * _CELL


def _in_the_middle(
    found: Sequence[tuple[NDArray[np.float64], float]], place: int
) -> tuple[NDArray[np.float64], float] | None:
    """The best that lies in the middle of one window of a sheet, measured from the window's corner."""
    for points, score in found:
        own = points - _corner(place)
        away = np.abs(own[:2].mean(0) - _CELL / 2).max() / (_CELL / _ROUND)
        if away < _REACH and plausible(face_of(own, score, _CELL, _CELL)):
            return own, score
    return None
