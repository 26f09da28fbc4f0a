"""Square windows into a picture, each of which a network looks at by itself."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.types import Image

NOTICED_PX = 16
"""The side of a face's box in the detector's picture of 192 px from which it is noticed: 98 of 100, 90 at 11 px."""
OVERLAP = 0.2
"""Of a tile with the next, as a share of its side: a face that is too large for it is noticed in one twice as large."""
OVERLAP_IN_STREAM = 0.09
"""The smallest faces still lie in one tile; 24 tiles instead of 30 for 1920x1080 notice 136 of 140 of them, not 137."""
_SIDE = 192  # of that picture, px
_WORTH = 1.25  # a tile so much smaller than the picture shows more than the whole does
_MOST = 256  # tiles; 230 of them notice a face of 24 px in a picture of 3840x2160


@dataclass(frozen=True)
class Window:
    """A square part of a picture, which may reach beyond its edges."""

    x: float
    y: float
    """Of its middle, px."""
    side: float
    """Px of the picture."""
    turns: int = 0
    """By how many quarters, clockwise, faces in it are turned; it is seen turned back."""

    def cut(self, image: Image, size: int) -> Image:
        """What is seen, (size, size, 3), of a BGR picture; black beyond its edges."""
        back = self._to_picture(size)
        # Sampled as MediaPipe does it: a pixel's number stands for its edge. Only turned ones need their middles.
        half = 0.5 + 0.5j
        shift = self.x + 1j * self.y - back * (size / 2) * (1 + 1j) + half * 1j**self.turns - half
        matrix = np.array([[back.real, -back.imag, shift.real], [back.imag, back.real, shift.imag]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(image, matrix, (size, size), flags=flags), np.uint8)

    def to_picture(self, points: NDArray[np.floating], size: int) -> NDArray[np.float64]:
        """(..., 2) places in what is seen, px, as places in the picture."""
        there = (points - size / 2) @ (1, 1j) * self._to_picture(size) + (self.x + 1j * self.y)
        return np.stack([there.real, there.imag], -1)

    def _to_picture(self, size: int) -> complex:
        """One step to the right in what is seen, as a step in the picture: x + iy."""
        return complex(self.side / size * 1j**self.turns)

    def turned(self, turns: int) -> "Window":
        """The same part, for faces that are turned by so many quarters."""
        return replace(self, turns=turns % 4)


def whole(image: Image) -> Window:
    """The smallest window that shows all of a picture."""
    height, width = image.shape[:2]
    return Window(width / 2, height / 2, max(width, height))


def tiles(image: Image, smallest: float, *, overlap: float = OVERLAP) -> list[Window]:
    """Windows that overlap, the largest first, in which every face of at least `smallest` px is noticed.

    Each kind is twice as large as the next; there are at most 256 in all, so that in a huge picture the smallest faces
    are not noticed.

    Args:
        image: (H, W, ...).
        smallest: the side of a face's box, px.
        overlap: of a tile with the next, as a share of its side.
    """
    height, width = image.shape[:2]
    while len(found := list(_of_all_sizes(width, height, smallest * _SIDE / NOTICED_PX, overlap))) > _MOST:
        smallest *= 1.1
    return found[::-1]


def in_turns(image: Image, smallest: float, rounds: int) -> list[Window]:
    """The tiles of a stream's pictures in the order of their turns: all of the smallest in each of several rounds.

    The larger ones are shared out over the rounds: they show little that the smallest and the whole picture do not. At
    1920x1080 3 of 1,694 upright faces of 40 to 130 px were found in them alone.

    Args:
        image: (H, W, ...).
        smallest: the side of a face's box, px.
        rounds: how many there are.
    """
    parts = tiles(image, smallest, overlap=OVERLAP_IN_STREAM)
    side = min((part.side for part in parts), default=0)
    fine, coarse = [part for part in parts if part.side == side], [part for part in parts if part.side > side]
    return [part for number in range(rounds) for part in (*coarse[number::rounds], *fine)]


def _of_all_sizes(width: int, height: int, side: float, overlap: float) -> Iterator[Window]:
    while side * _WORTH < max(width, height):
        for y, x in itertools.product(_middles(height, side, overlap), _middles(width, side, overlap)):
            yield Window(x, y, side)
        side *= 2


def _middles(length: int, side: float, overlap: float) -> list[float]:
    """Of as many windows as cover a length evenly."""
    if length <= side:
        return [length / 2]
    count = math.ceil((length - side) / (side * (1 - overlap)) - 1e-9) + 1
    return [float(middle) for middle in np.linspace(side / 2, length - side / 2, count)]
