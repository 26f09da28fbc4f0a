"""A narrow column in the middle of the page, for when nothing is open."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, px

WIDTH = 460
_MOST = 1000  # of the stretch: all the room up to its width


class NarrowPage(QWidget):
    """A few lines of text and large buttons, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside = QWidget()
        inside.setMaximumWidth(px(WIDTH))
        middle = QHBoxLayout()  # stretches: with an alignment, wrapped text would get too little height
        middle.addStretch(1)
        middle.addWidget(inside, _MOST)
        middle.addStretch(1)
        room = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(VerticalScroll(room))
        outer = QVBoxLayout(room)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP + 4)

    def add_choice(self, text: str, tip: str) -> QPushButton:
        """Add a large button with a second line that says more."""
        button = QPushButton(f"{text}\n{tip}".replace("&", "&&"))
        button.setProperty("role", "choice")
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        self.column.addWidget(button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Be as much wider as texts are larger."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_inside"):
            self._inside.setMaximumWidth(px(WIDTH))
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the page's focus proxy as soon as it is seen."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()
