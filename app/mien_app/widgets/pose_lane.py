"""A person's head over time as a picture: three lines for its angles, ticks for blinks."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from mien import language
from mien.colours import AXIS_COLOURS
from mien_app.widgets.theme import theme

_MOST_DEG = 45.0  # at the upper and the lower edge
_TICK = 6  # part of the height


def explained() -> str:
    """Explain the picture, in a tooltip."""
    return language.tr(
        "Where the head points, from -45° below to 45° above: yaw orange (up is towards "
        "the picture's left), pitch green (up is down), roll blue (up is clockwise). Ticks at the top: blinks."
    )


def pose_image(angles: NDArray[np.float64], blinks: NDArray[np.bool_], rows: int) -> NDArray[np.uint8]:
    """Draw one person's head.

    Args:
        angles: (bins, 3) yaw, pitch, roll in degrees; NaN where they were not measured.
        blinks: (bins,)
        rows: height of the picture.

    Returns:
        (rows, bins, 4) RGBA.
    """
    picture = np.zeros((rows, len(angles), 4), np.uint8)
    picture[rows // 2, :] = 128, 128, 128, 90
    for values, ink in zip(angles.T[::-1], AXIS_COLOURS[::-1], strict=True):  # yaw is drawn last, over the others
        _line(picture, values, QColor(ink))
    text = QColor(theme().text)
    picture[: max(rows // _TICK, 2), blinks] = text.red(), text.green(), text.blue(), 255
    return picture


def _line(picture: NDArray[np.uint8], values: NDArray[np.float64], ink: QColor) -> None:
    """Each bin is drawn from its own value to the one before, two rows at least."""
    rows = len(picture)
    at = np.rint((0.5 - np.nan_to_num(values) / (2 * _MOST_DEG)) * (rows - 1)).clip(0, rows - 2)
    before = np.concatenate([at[:1], at[:-1]])
    seen = ~np.isnan(values)
    before = np.where(np.concatenate([seen[:1], seen[:-1]]), before, at)
    height = np.arange(rows)[:, None]
    drawn = seen & (height >= np.minimum(at, before)) & (height <= np.maximum(at, before) + 1)
    picture[drawn] = ink.red(), ink.green(), ink.blue(), 255
