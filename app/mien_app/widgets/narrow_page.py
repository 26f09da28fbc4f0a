"""A narrow column in the middle of a page, for what is shown while nothing is open."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mien_app.widgets.theme import GAP

WIDTH = 460


class NarrowPage(QWidget):
    """A narrow column in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setFixedWidth(WIDTH)
        middle = QHBoxLayout()  # stretches, since an alignment would forget that wrapped text needs height
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
        """A large button with a line that says more."""
        button = QPushButton(f"{text}\n{tip}".replace("&", "&&"))
        button.setProperty("role", "choice")
        button.setMinimumWidth(WIDTH)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        self.column.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Its button has the keys as soon as it is seen."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()
