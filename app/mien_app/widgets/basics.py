"""Small widgets that every page uses."""

import html

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
)

from mien_app.widgets.theme import ARROW, GAP, MARGIN, tabular

_MARGIN_PX = 9  # of a text field, as in the style sheet
_TYPED_PX = 6  # beside a text that one types: Qt's margins of 2 px on both sides, and the cursor


def label(text: str = "", role: str = "", *, wrap: bool = False, figures: bool = False) -> QLabel:
    """Make a label in one of the style sheet's roles: muted, value, headline, picture; or plain.

    With `figures` all digits have one width, so that changing numbers do not jump about.
    """
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if figures:
        made.setFont(tabular(made.font()))
    return made


def plain_tip(text: str) -> str:
    """A tool tip that shows a text from outside as it is. Qt would take `<img src=...>` in it for a picture to load."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>"


class ComboField(QComboBox):
    """A list to choose from. It draws its own arrow, since Qt has none beside rounded corners."""

    def sizeHint(self) -> QSize:
        """Wide enough for its texts."""
        return self._with_cursor(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._with_cursor(super().minimumSizeHint())

    def _with_cursor(self, size: QSize) -> QSize:
        """Where one can type, Qt forgets the room around the text: a letter of the longest would be cut."""
        return size + QSize(_TYPED_PX if self.isEditable() else 0, 0)

    def setAccessibleName(self, name: str) -> None:
        """Name it; the name stands in its description too, since on Linux Qt reads out the choice in its place."""
        super().setAccessibleName(name)
        self._describe()

    def setToolTip(self, tip: str) -> None:
        """Explain it."""
        super().setToolTip(tip)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(". ".join(filter(None, (self.accessibleName(), self.toolTip()))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page: a notch of the wheel over a closed list chooses nothing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the arrow. A text without room loses its middle; Qt would cut it."""
        if self.isEditable():
            super().paintEvent(event)
        else:
            self._draw()
        place = self.rect().adjusted(0, 0, -GAP - 2, 0)
        with QPainter(self) as painter:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, ARROW)

    def _draw(self) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        complex_, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(complex_, option, field, self).width()
        option.currentText = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)
        painter.drawComplexControl(complex_, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class NumberField(QSpinBox):
    """A whole number: typed, or changed with the arrow keys and the wheel."""

    def __init__(self, *, least: int, most: int, value: int) -> None:
        super().__init__(minimum=least, maximum=most, value=value)
        # The style sheet makes the buttons 0 px wide, since with buttons switched off Qt leaves no room for the number.
        # Qt also leaves out the margin that the style sheet gives to other fields.
        self.lineEdit().setTextMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change it only where it has the keyboard; else the page scrolls."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LineField(QLineEdit):
    """A text field of one line. Esc leaves it, before the window gets the key."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Esc."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            event.accept()
            return True
        return super().event(event)


class Card(QFrame):
    """A quiet rounded panel with its contents one under another."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(GAP)
