"""One expression and how sure it is, for eyes at the back of a room."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mien import language
from mien_app.widgets.theme import STAGE, tabular

_INK, _QUIET = QColor("#FFFFFF"), QColor("#AEB6C2")
_WORD, _VALUE, _NOTE = 0.52, 0.4, 0.17  # heights of texts, of the widget's
_BAR, _EDGE = 0.12, 0.12  # the same of the bar, and of the space around everything


class BigReading(QWidget):
    """Paints a word with its colour, the reliability as figure and bar, and a note below. All grow with the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Expression"))
        self._value: float | None = None
        self._word, self._note, self._ink = "", "", _QUIET

    def show_reading(self, word: str, value: float | None = None, note: str = "", ink: QColor = _QUIET) -> None:
        """Show something else.

        Args:
            word: the expression, or why there is none.
            value: how likely it is right, 0..1; None where nothing is sure.
            note: a smaller text below.
            ink: the expression's colour.
        """
        self._word, self._value, self._note, self._ink = word, value, note, ink
        self.setAccessibleDescription(
            " ".join(filter(None, (word, "" if value is None else language.number(value), note)))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(STAGE))
            if self._word:
                self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        height = self.height()
        edge = _EDGE * height
        room = QRectF(self.rect()).adjusted(2 * edge, edge, -2 * edge, -edge)
        swatch = QRectF(room.left(), room.top(), edge, room.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink)
        painter.drawRoundedRect(swatch, edge / 3, edge / 3)
        room.setLeft(swatch.right() + edge)
        upper = QRectF(room.left(), room.top(), room.width(), 0.68 * room.height())
        if self._value is not None:
            figure = language.number(self._value)
            wide = self._text(painter, figure, upper, _VALUE, _INK, Qt.AlignmentFlag.AlignRight)
            upper.setRight(upper.right() - wide - edge)
            bar = QRectF(room.left(), room.bottom() - _BAR * height, room.width(), _BAR * height)
            for part, ink in ((1.0, QColor("#2A2F38")), (self._value, self._ink)):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                filled = bar.adjusted(0, 0, (part - 1) * bar.width(), 0)
                painter.drawRoundedRect(filled, bar.height() / 2, bar.height() / 2)
        elif self._note:
            lower = QRectF(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
            self._text(painter, self._note, lower, _NOTE, _QUIET, Qt.AlignmentFlag.AlignLeft)
        self._text(painter, self._word, upper, _WORD, _INK, Qt.AlignmentFlag.AlignLeft)

    def _text(
        self, painter: QPainter, text: str, room: QRectF, share: float, ink: QColor, side: Qt.AlignmentFlag
    ) -> float:
        """Draw a line of text, smaller where it has no room; its width, px."""
        font = tabular(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(max(round(share * self.height()), 1))
        wide = QFontMetricsF(font).horizontalAdvance(text)
        if wide > room.width() > 0:
            font.setPixelSize(max(int(font.pixelSize() * room.width() / wide), 1))
            wide = QFontMetricsF(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
        return wide
