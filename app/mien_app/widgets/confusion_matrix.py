"""A small confusion matrix."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mien import language
from mien.evaluation.confusion import percent
from mien_app.widgets.class_colours import readable_on
from mien_app.widgets.class_names import shown
from mien_app.widgets.theme import tabular, theme

_CELL, _LEAST_CELL = 44, 24
_NUMBER = 0.5  # of a cell, at most


class ConfusionMatrix(QWidget):
    """Rows are labels, columns predictions, in percent of the row; the darker, the more."""

    def __init__(self) -> None:
        super().__init__()
        self._classes: tuple[str, ...] = ()
        self._counts: list[list[int]] = []
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setProperty("role", "figure")
        self.setFont(tabular(self.font()))

    def show_counts(self, classes: Sequence[str], counts: list[list[int]]) -> None:
        """Draw (C, C) counts."""
        self._classes, self._counts = tuple(map(shown, classes)), counts
        shares = percent(counts)
        parts = [
            f"{name} {language.percent(share[i] / 100)}"
            for i, (name, share) in enumerate(zip(self._classes, shares, strict=True))
        ]
        self.setAccessibleDescription(self.tr("Classified as labelled: {}").format(", ".join(parts)))
        self.setToolTip(self.tr("Rows: the label. Columns: the prediction, in percent of the row."))
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Draw nothing."""
        self._classes, self._counts = (), []
        self.update()

    def _names_px(self) -> int:
        metrics = QFontMetrics(self.font())
        return max((metrics.horizontalAdvance(name) for name in self._classes), default=0) + 10

    def sizeHint(self) -> QSize:
        """Leave room for every cell."""
        side = _CELL * len(self._classes) + self._names_px()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Keep the numbers legible."""
        side = _LEAST_CELL * len(self._classes) + self._names_px()
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and cells."""
        if not self._classes:
            return
        t, count, names = theme(), len(self._classes), self._names_px()
        ground, full = QColor(t.card), QColor(t.accent)
        cell = min((self.width() - names) / count, (self.height() - names) / count, _CELL)
        with QPainter(self) as painter:
            letters = QFontInfo(self.font()).pixelSize()
            numbers = QFont(self.font())
            numbers.setPixelSize(max(min(letters, int(_NUMBER * cell)), 1))
            shares = percent(self._counts)
            for row, name in enumerate(self._classes):
                painter.setPen(QColor(t.muted))
                place = QRectF(0, row * cell, names - 6, cell)
                painter.setFont(self.font())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
                painter.setFont(numbers)
                for column in range(count):
                    share = float(shares[row, column])
                    mix = [round(a + (b - a) * share / 100) for a, b in zip(_rgb(ground), _rgb(full), strict=True)]
                    colour, box = QColor(*mix), QRectF(names + column * cell, row * cell, cell - 1, cell - 1)
                    painter.fillRect(box, colour)
                    if share >= 0.5:
                        painter.setPen(readable_on(colour))
                        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{share:.0f}")
            painter.setPen(QColor(t.muted))
            painter.setFont(self.font())
            for column, name in enumerate(self._classes):  # written upwards below the columns
                painter.save()
                painter.translate(QPointF(names + (column + 0.5) * cell, count * cell + 4))
                painter.rotate(90)
                painter.drawText(QPointF(0, letters / 3), name)
                painter.restore()


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
