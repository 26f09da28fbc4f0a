"""A narrow column in the middle of the page, for when nothing is open."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mien_app.widgets.basics import label
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, px

WIDTH = 460
_MOST = 1000  # of the stretch: all the room up to its width


class ChoiceButton(QPushButton):
    """Large, with a second line; its texts begin a new line where there is no room, which a button's own never do."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAccessibleName(text)
        self._tip = label(tip, "choice", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 14)
        column.setSpacing(2)
        for line in (label(text, "choice", wrap=True), self._tip):
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(line)
        self.show_tip(tip)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tip(self, tip: str) -> None:
        """Say something else in the second line, or nothing."""
        self._tip.setText(tip)
        self._tip.setVisible(bool(tip))
        self.setAccessibleDescription(tip)

    def _column(self) -> QLayout:
        column = self.layout()
        assert column is not None
        return column

    def sizeHint(self) -> QSize:
        """Of the texts; the column forgets what it was told when a button's text changes."""
        return self._column().totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word."""
        return self._column().totalMinimumSize()


class NarrowPage(QWidget):
    """A few lines of text and large buttons, one below the other."""

    def __init__(self) -> None:
        super().__init__()
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

    def add_choice(self, text: str, tip: str) -> ChoiceButton:
        """Add a large button with a second line that says more."""
        button = ChoiceButton(text, tip)
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
