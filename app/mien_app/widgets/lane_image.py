"""A person's predictions over time as a picture.

Probabilities are stacked in the colours of the classes, above a strip. The stronger its colour, the more reliable
they were.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from mien import language
from mien_app.widgets.class_colours import colour
from mien_app.widgets.theme import theme

_STRIP = 8  # part of the height


def explained() -> str:
    """Explain the picture, in a tooltip."""
    return language.tr(
        "Probabilities, stacked in the colours of the expressions. The strip below: how reliable each prediction was, "
        "from faint (a guess) to strong (sure)."
    )


def lane_image(
    shares: NDArray[np.float64], reliability: NDArray[np.float64], classes: tuple[str, ...], rows: int
) -> NDArray[np.uint8]:
    """Draw one person's predictions.

    Args:
        shares: (bins, C) mean probabilities, NaN where the person was not seen.
        reliability: (bins,) mean probabilities of the labels.
        classes: their names.
        rows: height of the picture.

    Returns:
        (rows, bins, 4) RGBA, the first class at the bottom, the strip below.
    """
    strip = max(rows // _STRIP, 2)
    picture = np.zeros((rows, len(shares), 4), np.uint8)
    picture[: rows - strip - 1] = _stacked(shares, classes, rows - strip - 1)  # then one row stays clear
    ink = QColor(theme().accent)
    picture[-strip:, :, :3] = ink.red(), ink.green(), ink.blue()
    chance = 1 / len(classes)
    picture[-strip:, :, 3] = 255 * np.clip((np.nan_to_num(reliability) - chance) / (1 - chance), 0, 1)
    return picture


def _stacked(shares: NDArray[np.float64], classes: tuple[str, ...], rows: int) -> NDArray[np.uint8]:
    seen = ~np.isnan(shares[:, 0])
    # In whole rows and whole pixels, since the window paints this for each person several times a second.
    tops = np.rint(rows * np.cumsum(np.nan_to_num(shares), axis=1)).astype(np.int16).T
    height = np.arange(rows - 1, -1, -1, dtype=np.int16)[:, None]
    which = np.zeros((rows, len(shares)), np.uint8)
    for top in tops[:-1]:
        which += height >= top
    inks = np.array([colour(name, i).getRgb() for i, name in enumerate(classes)], np.uint8)
    pixels: NDArray[np.uint8] = (inks.view(np.uint32)[which, 0] * seen).view(np.uint8)
    return pixels.reshape(rows, len(shares), 4)
