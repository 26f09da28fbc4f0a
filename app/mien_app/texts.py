"""Small labelled widgets that every page uses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mien_app.style import GAP, MARGIN


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the look's roles: muted, value, headline, picture; or plain."""
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class Card(QFrame):
    """A quiet rounded panel with its contents one under another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(GAP)
