"""Looks closely at single places: is there a face, and which way up is it?

Windows that are laid out four to a picture cost the detector a quarter each, nine to a picture a ninth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mien.faces.alignment import plausible, quarter_turns
from mien.faces.blazeface import SIDE, BlazeFace, Found, face_of
from mien.faces.short_range import SIDE as SHORT_SIDE
from mien.faces.short_range import ShortRange
from mien.faces.windows import Window
from mien.types import Face, Image


@dataclass(frozen=True)
class Layout:
    """How windows lie on a sheet."""

    across: int
    """Windows side by side, and one above the other."""
    round: float
    """A window's side over that of the face in it."""

    @property
    def count(self) -> int:
        """Windows on a sheet."""
        return self.across**2

    @property
    def cell(self) -> int:
        """A window's side on the sheet, px."""
        return SIDE // self.across

    @property
    def face_px(self) -> float:
        """The side of a face's box on the sheet, px."""
        return self.cell / self.round

    def corner(self, place: int) -> tuple[int, int]:
        """Of one window, px."""
        return place % self.across * self.cell, place // self.across * self.cell


FOUR, NINE = Layout(2, 2.67), Layout(3, 2.0)
"""Of a face, keypoints differ from one window to another by 0.96% of its size in the first, by 1.04% in the second,
which misses 6 of 123 faces of photos, the first 3."""
_REACH = 0.4  # how far from the window's middle a face may lie, in face sizes
_AGREED = 0.66
"""Mean of the scores: below it lie 4% of real faces of 32 px and 12% of 24 px."""
_DRAWN_AGREED = 0.85  # of houses, figures and smileys: flat colours, as no camera has them
_DRAWN = 0.45  # share of pixels like their neighbours; 0.08 at most in photos, 0.3 in those made darker by five sixths
_SURELY_AGREED = 0.75  # of what is seldom a face: smaller ones, and those that are turned
_ROUGHLY_AGREED = 0.54  # of large upright ones, among which blurred faces have low scores and little else has any
_SMALL_PX, _LARGE_PX = 20.0, 80.0
_UPRIGHT = 0.05  # so much better must another way up be: of real faces every other one has a score of 0.5 in one


def window_around(x: float, y: float, size: float, turns: int = 0, layout: Layout = FOUR) -> Window:
    """For a face of this middle and size, px."""
    return Window(x, y, size * layout.round, turns)


def four_ways(candidates: Sequence[Face]) -> list[Window]:
    """A sheet of windows for each: it is seen in four ways up."""
    around = [window_around(*face.centre, max(face.size, 1)) for face in candidates]
    return [window.turned(turns) for window in around for turns in range(4)]


def sheets(image: Image, windows: Sequence[Window], layout: Layout = FOUR) -> Iterator[Image]:
    """Pictures for the network, (192, 192, 3), each with the next windows."""
    starts = range(0, len(windows), layout.count)
    return (_sheet(image, windows[start : start + layout.count], layout) for start in starts)


class CloseUp:
    """Use it on one thread."""

    def __init__(self, network: BlazeFace) -> None:
        """Look with a network that also gives faces with low scores."""
        self._network, self._second = network, ShortRange()

    def look(self, image: Image, windows: Sequence[Window]) -> list[Face | None]:
        """The face in the middle of each window, if there is one that lies as a face does."""
        return self.faces(image, windows, self._network.look(sheets(image, windows)))

    def faces(
        self, image: Image, windows: Sequence[Window], found: Sequence[Sequence[Found]], layout: Layout = FOUR
    ) -> list[Face | None]:
        """The same, of what the network found in their `sheets`."""
        height, width = image.shape[:2]
        best = [one for sheet in found for one in _in_the_middles(sheet, layout)]
        return [
            None if one is None else face_of(window.to_picture(one[0], layout.cell), one[1], width, height)
            for window, one in zip(windows, best, strict=False)
        ]

    def confirmed(self, image: Image, candidates: Sequence[Face]) -> list[Face]:
        """Those candidates that are faces, each with the keypoints of the way up in which it looks most like one."""
        return self.judged(image, candidates, self._network.look(sheets(image, four_ways(candidates))))

    def judged(self, image: Image, candidates: Sequence[Face], found: Sequence[Sequence[Found]]) -> list[Face]:
        """The same, of what the network found in the sheets of their `four_ways`."""
        windows = four_ways(candidates)
        seen, around = self.faces(image, windows, found), windows[::4]
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
        faces = []
        for i, ((candidate, face), square) in enumerate(zip(best, squares, strict=True)):
            score = (face.score + scores[2 * i] + scores[2 * i + 1]) / 3
            exact = candidate.score >= face.score and plausible(candidate, quarter_turns(face))
            if score >= (_DRAWN_AGREED if _is_drawn(square) else _needed(face)):
                faces.append(replace(candidate if exact else face, score=score))
        return faces


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
    reach = round(SHORT_SIDE / FOUR.round / 2)
    inner = slice(SHORT_SIDE // 2 - reach, SHORT_SIDE // 2 + reach)
    middle = square[inner, inner]
    same = (middle[1:, 1:] == middle[:-1, 1:]) & (middle[1:, 1:] == middle[1:, :-1])
    return bool(same.all(2).mean() > _DRAWN)


def _sheet(image: Image, windows: Sequence[Window], layout: Layout) -> Image:
    """The windows in rows: (192, 192, 3)."""
    sheet = np.zeros((SIDE, SIDE, 3), np.uint8)
    for place, window in enumerate(windows):
        left, top = layout.corner(place)
        sheet[top : top + layout.cell, left : left + layout.cell] = window.cut(image, layout.cell)
    return sheet


def _in_the_middles(found: Sequence[Found], layout: Layout) -> list[Found | None]:
    """For each window of a sheet the best that lies in its middle, measured from the window's corner."""
    best: list[Found | None] = [None] * layout.count
    for points, score in found:
        x, y = points[:2].mean(0).tolist()
        column, row = int(x // layout.cell), int(y // layout.cell)
        if not (0 <= column < layout.across and 0 <= row < layout.across):
            continue
        place, middle = row * layout.across + column, layout.cell / 2
        away = max(abs(x % layout.cell - middle), abs(y % layout.cell - middle)) / layout.face_px
        if best[place] is None and away < _REACH:
            own = points - layout.corner(place)
            if plausible(face_of(own, score, layout.cell, layout.cell)):
                best[place] = own, score
    return best
