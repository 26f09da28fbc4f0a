"""Notices when a person comes back to something that shows files."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class ComingBack(QObject):
    """Calls when a widget is shown, or its window is the active one again: files may have come or gone meanwhile."""

    def __init__(self, widget: QWidget, work: Callable[[], object]) -> None:
        super().__init__(widget)
        self._work = work
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells every widget that is visible of its window's activation."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self._work()
        return False
