"""Pictures with words, bars and scales, drawn by OpenCV: Matplotlib has 70 MB and takes half a second to import."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.colours import bgr
from mien.types import Image
from mien.utils.fonts import font_for
from mien.utils.text import one_line

INK, FAINT, BAR = "#262626", "#555555", "#4C78A8"
_WEIGHT = 400
_SMALLEST = 12  # size of letters that are still read
_DIVERGING = (
    "#053061", "#2166AC", "#4393C3", "#92C5DE", "#D1E5F0", "#F7F7F7", "#FDDBC7", "#F4A582", "#D6604D", "#B2182B",
    "#67001F",
)  # fmt: skip
"""Brewer's RdBu from blue, for less, to red, for more."""


class Canvas:
    """A white picture to draw on. Lengths are px, from the top left."""

    def __init__(self, width: int, height: int) -> None:
        self.image: Image = np.full((height, width, 3), 255, np.uint8)

    def text(
        self,
        words: str,
        x: int,
        y: int,
        size: int = 20,
        *,
        ink: str = INK,
        align: float = 0.0,
        room: float = math.inf,
    ) -> None:
        """Write one line.

        Args:
            words: what of them cannot be shown becomes U+FFFD.
            x: where it begins; its middle where `align` is 0.5, its end where it is 1.
            y: of the middle of its lower-case letters.
            size: of the font.
            ink: #RRGGBB.
            align: 0..1.
            room: the line is at most so wide: longer words are smaller, and go without their middle if need be.
        """
        words, size = _fitted(one_line(words), size, room)  # a broken name of a file would crash OpenCV
        at = (round(x - align * _wide(words, size)), y + round(0.3 * size))
        cv2.putText(self.image, words, at, bgr(ink), font_for(words), size, _WEIGHT)

    def picture(self, view: Image, x: int, y: int, side: int) -> None:
        """Put a grey or BGR picture into a square frame, its pixels as squares."""
        shown = cv2.resize(view, (side, side), interpolation=cv2.INTER_NEAREST)
        shown = shown if shown.ndim == 3 else cv2.cvtColor(shown, cv2.COLOR_GRAY2BGR)
        self.image[y : y + side, x : x + side] = shown
        cv2.rectangle(self.image, (x - 1, y - 1), (x + side, y + side), bgr(INK), 1)

    def scale(self, colours: NDArray[np.uint8], x: int, y: int, height: int, names: Sequence[str]) -> None:
        """Draw (N, 3) BGR colours upwards, with names at the lower end, the middle and the upper end."""
        self.image[y : y + height, x : x + 18] = cv2.resize(colours[::-1, None], (18, height))
        cv2.rectangle(self.image, (x - 1, y - 1), (x + 18, y + height), bgr(INK), 1)
        for name, at in zip(names, (y + height - 6, y + height // 2, y + 6), strict=True):
            self.text(name, x + 26, at, 16)

    def bars(
        self, names: Sequence[str], values: Sequence[float], x: int, y: int, size: tuple[int, int], room: int
    ) -> None:
        """Draw a bar for each value (0..1) from (x, y) on, `size` wide and high, with its name in `room` before it."""
        width, step = size[0], size[1] / len(names)
        for i, (name, value) in enumerate(zip(names, values, strict=True)):
            middle = round(y + (i + 0.5) * step)
            half = max(round(0.31 * step), 1)
            end = x + round(width * value)
            cv2.rectangle(self.image, (x, middle - half), (end, middle + half), bgr(BAR), -1)
            letter = round(min(20, 0.8 * step))
            self.text(name, x - 12, middle, letter, align=1, room=room - 12)
            self.text(f"{value:.2f}", end + 8, middle, min(letter, 17))
        cv2.line(self.image, (x, y), (x, y + size[1]), bgr(INK), 1)


def _wide(words: str, size: int) -> int:
    return int(cv2.getTextSize((0, 0), words, (0, 0), font_for(words), size, _WEIGHT)[2])


def _fitted(words: str, size: int, room: float) -> tuple[str, int]:
    """What of the words fits, and in which size. The ends stay, since names often differ in their last word."""
    while _wide(words, size) > room and size > _SMALLEST:
        size -= 1
    short, kept = words, len(words)
    while _wide(short, size) > room and kept > 2:
        kept -= 1
        short = f"{words[: kept - kept // 2]}…{words[len(words) - kept // 2 :]}"
    return short, size


def diverging(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Colours of values from -1 (blue) over 0 (white) to 1 (red): (...) -> (..., 3) BGR."""
    known = np.array([bgr(colour) for colour in _DIVERGING], np.float64)
    places = np.linspace(-1, 1, len(known))
    return np.stack([np.interp(values, places, channel) for channel in known.T], -1).round().astype(np.uint8)
