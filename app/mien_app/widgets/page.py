"""What the window asks of a page."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from mien_app.widgets.message_bar import MessageBar


class Page:
    """Stands beside a widget's class, as in `class LivePage(QMainWindow, Page)`.

    A page has a message bar, and overrides what it has an answer to.
    """

    messages: MessageBar

    def key_actions(self) -> list[QAction]:
        """The actions for the sheet of keys; it leaves out those without a key."""
        return []

    def space_action(self) -> QAction | None:
        """What Space does where no button has taken it; no shortcut, so that a focused button can have it."""
        return None

    def show_failure(self, text: str) -> None:
        """Show what went wrong in the page's message bar."""
        self.messages.fail(text)

    def show_alone(self, alone: bool) -> None:
        """Show the picture and nothing else, for full screen, or everything as it was."""

    def keep_layout(self) -> None:
        """Store the layout: the window is about to close."""

    def closing(self) -> str:
        """What closing the window ends, and what becomes of it, in a sentence; empty while nothing goes on."""
        return ""

    def shut(self) -> None:
        """Stop everything; threads may still be ending."""

    def wait(self) -> None:
        """Wait until every thread of the page has ended."""


class VisibleTimer(QTimer):
    """Ticks while a widget is shown, or one of several, for nothing is drawn where nobody looks."""

    switched = Signal()
    """It began or stopped."""

    def __init__(self, widget: QWidget, interval_ms: int, tick: Callable[[], None]) -> None:
        super().__init__(widget, interval=interval_ms, timerType=Qt.TimerType.PreciseTimer)
        self.timeout.connect(tick)
        self._widgets: list[QWidget] = []
        self.also_for(widget)

    def also_for(self, widget: QWidget) -> None:
        """Tick while this one is shown, too."""
        self._widgets.append(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start with the first of the widgets, and stop with the last."""
        if event.type() == QEvent.Type.Show:
            self.start()
            self.switched.emit()
        elif event.type() == QEvent.Type.Hide:
            if not any(widget.isVisible() for widget in self._widgets):
                self.stop()
            self.switched.emit()
        return False
