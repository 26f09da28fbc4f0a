"""What can be done on a page, by key and by button."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget


def add_action(page: QWidget, text: str, key: str, work: Callable[[], object], tip: str = "") -> QAction:
    """An action that works wherever the focus is on the page."""
    made = QAction(text, page)
    made.setShortcut(QKeySequence(key))
    shown = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{tip or text} ({shown})" if shown else tip)
    made.triggered.connect(lambda: work())
    page.addAction(made)
    return made


def tool_button(text: str, tip: str, work: Callable[[], object]) -> QToolButton:
    """A small button that does something; what it does is read out too."""
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(lambda: work())
    return made
