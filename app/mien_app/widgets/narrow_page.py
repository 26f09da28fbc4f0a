"""A narrow column in the middle of the page, for when nothing is open."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mien_app.widgets.theme import GAP

WIDTH = 460


class NarrowPage(QWidget):
    """A few lines of text and large buttons, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setFixedWidth(WIDTH)
        middle = QHBoxLayout()  # stretches: with an alignment, wrapped text would get too little height
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
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
        button.setMinimumWidth(WIDTH)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        self.column.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the page's focus proxy as soon as it is seen."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()
