"""A line above a page: what went wrong and what to do, or what was done."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP, MARGIN


class MessageBar(QFrame):
    """Shows one message until it is closed, or for some seconds. Screen readers are alerted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setAccessibleName(self.tr("Message"))
        self._text = label(wrap=True)
        self._button = QToolButton()
        self._button.clicked.connect(self._take)
        self._button.hide()
        self._offered: Callable[[], object] = lambda: None
        close = QToolButton()
        close.setText("\N{MULTIPLICATION SIGN}")
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GAP // 2, GAP // 2, GAP // 2)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown; empty while there is none."""
        return "" if self.isHidden() else self._text.text()

    def offer(self, text: str, name: str, work: Callable[[], object]) -> None:
        """Show a message with a button that acts on it."""
        self.say(text)
        self._offered = work
        self._button.setText(name)
        self._button.setAccessibleName(name)
        self._button.show()

    def _take(self) -> None:
        self.hide()
        self._offered()

    def say(self, text: str, seconds: float | None = None) -> None:
        """Show a message, for some seconds or until it is closed."""
        self._button.hide()
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if seconds is not None:
            self._timer.start(round(1000 * seconds))
