"""A person's head over time as a picture: three lines for its angles, ticks for blinks."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mien import language
from mien.colours import AXIS_COLOURS
from mien_app.widgets.theme import GAP, theme

MOST_DEG = 45
"""At the upper edge; as much below 0 at the lower one."""
_TICK = 6  # part of the height
_SWATCH_PX = (14, 3)


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
    at = np.rint((0.5 - np.nan_to_num(values) / (2 * MOST_DEG)) * (rows - 1)).clip(0, rows - 2)
    before = np.concatenate([at[:1], at[:-1]])
    seen = ~np.isnan(values)
    before = np.where(np.concatenate([seen[:1], seen[:-1]]), before, at)
    height = np.arange(rows)[:, None]
    drawn = seen & (height >= np.minimum(at, before)) & (height <= np.maximum(at, before) + 1)
    picture[drawn] = ink.red(), ink.green(), ink.blue(), 255


class PoseLegend(QWidget):
    """Which line is which angle; an arrow says what its rising means."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What the lines mean"))
        self.setAccessibleDescription(explained())
        self.setToolTip(explained())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._entries = (
            (self.tr("yaw") + " \N{LEFTWARDS ARROW}", AXIS_COLOURS[0]),
            (self.tr("pitch") + " \N{DOWNWARDS ARROW}", AXIS_COLOURS[1]),
            (self.tr("roll") + " \N{CLOCKWISE OPEN CIRCLE ARROW}", AXIS_COLOURS[2]),
            (self.tr("blinks"), ""),
        )

    def _widths(self) -> list[int]:
        return [_SWATCH_PX[0] + GAP // 2 + self.fontMetrics().horizontalAdvance(text) for text, _ in self._entries]

    def _places(self, room: int) -> list[tuple[int, int]]:
        """Where each entry stands in so much width: px from the left, and in which line."""
        places: list[tuple[int, int]] = []
        left, line = GAP, 0
        for width in self._widths():
            if left + width > room and left > GAP:
                left, line = GAP, line + 1
            places.append((left, line))
            left += width + 2 * GAP
        return places

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All of them."""
        return (self._places(width)[-1][1] + 1) * self.fontMetrics().height()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(sum(self._widths()) + 2 * GAP * len(self._entries), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Of any width: it makes no lane wider."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a piece of each line, with its word."""
        high = self.fontMetrics().height()
        with QPainter(self) as painter:
            wide, thick = _SWATCH_PX
            for (text, ink), (left, line) in zip(self._entries, self._places(self.width()), strict=True):
                middle = line * high + high // 2
                if ink:
                    painter.fillRect(left, middle - thick // 2, wide, thick, QColor(ink))
                else:  # a tick
                    painter.fillRect(left + wide // 2, middle - 4, thick, 8, QColor(theme().text))
                painter.setPen(QColor(theme().muted))
                place = QRect(left + wide + GAP // 2, line * high, self.width(), high)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
