"""The scale beside a map of evidence."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mien.evidence.overlay import AGAINST, FOR, STRONGEST
from mien_app.widgets.theme import GAP, px, tabular, theme

_BAR_PX, _WIDTH_PX = 12, 116


class EvidenceScale(QWidget):
    """From orange, which speaks for the expression, to blue, which speaks against it, in percentage points."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setProperty("role", "figure")
        self.setFixedSize(px(_WIDTH_PX), height)
        self.setAccessibleName(self.tr("Scale"))
        self.setToolTip(self.tr("By how many percentage points covering a part lowers or raises the probability"))
        self.setFont(tabular(self.font()))
        self._limit = 0.0

    def show_limit(self, limit: float) -> None:
        """Set the change of probability that has the full colour; 0 draws nothing."""
        self._limit = limit
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Be as much wider as texts are larger."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(px(_WIDTH_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and what its ends and its middle mean."""
        if not self._limit:
            return
        height = self.height()
        colours = QLinearGradient(0, 0, 0, height)
        for place, ink, opaque in ((0, FOR, STRONGEST), (0.5, FOR, 0), (0.5001, AGAINST, 0), (1, AGAINST, STRONGEST)):
            colour = QColor(ink)
            colour.setAlphaF(opaque)
            colours.setColorAt(place, colour)
        with QPainter(self) as painter:
            bar = QRectF(0, 0, _BAR_PX, height)
            painter.fillRect(bar, Qt.GlobalColor.white)  # else a dark window would show through, unlike in the picture
            painter.fillRect(bar, colours)
            painter.setPen(QColor(theme().line))
            painter.drawRect(QRectF(0.5, 0.5, _BAR_PX - 1, height - 1))
            painter.setPen(QColor(theme().muted))
            points = self.tr("%n point(s)", "", round(100 * self._limit))
            room = QRectF(_BAR_PX + GAP, 0, self.width() - _BAR_PX - GAP, height)
            left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, left | Qt.AlignmentFlag.AlignTop, self.tr("+{}\nfor it").format(points))
            painter.drawText(room, left | middle, "0")
            below = self.tr("against it\n\u2212{}").format(points)
            painter.drawText(room, left | Qt.AlignmentFlag.AlignBottom, below)
