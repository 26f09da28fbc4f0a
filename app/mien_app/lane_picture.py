"""A person's readings over time as a picture: probabilities stacked in the expressions' colours, above a strip that
is the darker, the more reliable they were."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mien_app.palette import colour
from mien_app.style import theme

_STRIP = 8  # part of the height


def explained(widget: QWidget) -> str:
    """What the picture shows, for a tooltip."""
    return widget.tr(
        "Probabilities, stacked in the colours of the expressions. The strip beneath: how reliable each reading was, "
        "from clear (a guess) to dark (sure)."
    )


def lane_picture(
    shares: NDArray[np.float64], reliability: NDArray[np.float64], classes: tuple[str, ...], rows: int
) -> NDArray[np.uint8]:
    """(rows, bins, 4) RGBA, the first class at the bottom, the strip beneath.

    Args:
        shares: (bins, C) mean probabilities, NaN where the person was not seen.
        reliability: (bins,) mean probabilities of the labels.
        classes: their names.
        rows: height of the picture.
    """
    strip = max(rows // _STRIP, 2)
    stacked = _stacked(shares, classes, rows - strip - 1)
    line = np.zeros((strip + 1, len(shares), 4), np.uint8)  # one row stays clear
    ink = QColor(theme().text)
    line[1:, :, :3] = ink.red(), ink.green(), ink.blue()
    chance = 1 / len(classes)
    line[1:, :, 3] = 255 * np.clip((np.nan_to_num(reliability) - chance) / (1 - chance), 0, 1)
    return np.ascontiguousarray(np.concatenate([stacked, line]))


def _stacked(shares: NDArray[np.float64], classes: tuple[str, ...], rows: int) -> NDArray[np.uint8]:
    seen = ~np.isnan(shares[:, 0])
    edges = np.cumsum(np.nan_to_num(shares), axis=1)
    heights = 1 - (np.arange(rows) + 0.5) / rows
    which = np.zeros((rows, len(shares)), np.uint8)
    for i in range(len(classes) - 1):
        which += heights[:, None] > edges[None, :, i]
    inks = np.array([colour(name, i).getRgb() for i, name in enumerate(classes)], np.uint8)
    picture = inks[which]
    picture[:, ~seen] = 0
    return picture
