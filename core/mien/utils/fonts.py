"""Fonts of OpenCV's for what its own has no letters for: Greek, Thai, Chinese and others."""

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from mien.types import Image

_SIZE = 20  # px, at which letters are compared
_WEIGHT = 400
# By file, as systems have them; those with the most scripts first.
_FILES = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "arial.ttf", "Arial.ttf", "Arial Unicode.ttf",
    "DroidSansFallbackFull.ttf",
    "NotoSansCJK-Regular.ttc", "msyh.ttc", "malgun.ttf", "YuGothM.ttc", "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc",
    "NotoSansThai-Regular.ttf", "leelawui.ttf", "Thonburi.ttc", "NotoSansDevanagari-Regular.ttf", "Nirmala.ttf",
)  # fmt: skip


def font_for(words: str) -> cv2.FontFace:
    """OpenCV's own font where it has all letters of the words, else the one on this machine that has the most.

    What none has is drawn as a question mark.
    """
    letters = "".join(sorted({letter for letter in words if not letter.isascii() and letter.isprintable()}))
    return _font(letters)


@cache
def _font(letters: str) -> cv2.FontFace:
    best, fewest = cv2.FontFace("sans"), len(letters)
    for font in _fonts() if letters else ():
        unknown = _drawn(font, "?")
        lacking = sum((_drawn(font, letter) == unknown).all() for letter in letters)
        if lacking < fewest:
            best, fewest = font, lacking
        if not fewest:
            break
    return best


def _fonts() -> Iterator[cv2.FontFace]:
    yield cv2.FontFace("sans")
    yield from filter(None, map(_loaded, _paths()))


@cache  # a file of Chinese letters takes 20 MB
def _loaded(path: str) -> cv2.FontFace | None:
    font = cv2.FontFace()
    return font if font.set(path) else None


@cache
def _paths() -> tuple[str, ...]:
    """Font files of this machine, with the one that Matplotlib brings where it is installed; it is not imported."""
    from PIL import ImageFont

    found = []
    for name in _FILES:
        try:
            found.append(str(ImageFont.truetype(name, _SIZE).path))  # it knows where each system has them
        except OSError:
            continue
    if (plots := importlib.util.find_spec("matplotlib")) is not None and plots.origin:
        found.append(str(Path(plots.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"))
    return tuple(found)


def _drawn(font: cv2.FontFace, letter: str) -> Image:
    image: Image = np.full((2 * _SIZE, 2 * _SIZE), 255, np.uint8)
    cv2.putText(image, letter, (4, round(1.5 * _SIZE)), 0, font, _SIZE, _WEIGHT)
    return image
