"""What can be done on a page, by key and by button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget


def add_action(page: QWidget, text: str, key: str, work: Callable[[], object] | None = None, tip: str = "") -> QAction:
    """Add an action that works wherever the focus is on the page.

    Args:
        page: gets the action.
        text: of its button and menu entry.
        key: such as `Ctrl+E`; empty for none.
        work: what it does; None where that is connected later.
        tip: says more than `text`; the key is added to it.
    """
    made = QAction(text, page)
    made.setShortcut(QKeySequence(key))
    shown = key_name(key)
    made.setToolTip(f"{tip or text} ({shown})" if shown else tip)
    if work is not None:
        made.triggered.connect(lambda: work())
    page.addAction(made)
    return made


def key_name(key: str) -> str:
    """A key such as `Ctrl+E` as this system writes it: in the window's language, and on macOS with its own signs."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def control_name() -> str:
    """The key with which one more is selected."""
    return key_name("Ctrl+A").removesuffix("A").rstrip("+")


def allow(control: QAction | QWidget, possible: bool, why: str) -> None:
    """Enable an action or a control, or disable it and say in its tip why it cannot be used now."""
    if control.property("tip") is None:
        control.setProperty("tip", control.toolTip())
    tip = control.property("tip")
    said = tip if possible else f"{tip}. {why}" if tip else why
    control.setEnabled(possible)
    if control.toolTip() != said:
        control.setToolTip(said)


def change_tip(control: QAction | QWidget, tip: str) -> None:
    """Give a control that `allow` disables another tip."""
    control.setProperty("tip", tip)
    control.setToolTip(tip)


def says_why(control: QWidget) -> bool:
    """Whether a control that is disabled says why, as `allow` makes it."""
    action = control.defaultAction() if isinstance(control, QToolButton) else None
    source = action or control
    return source.property("tip") is not None and source.property("tip") != source.toolTip()


def tool_button(text: str, tip: str, work: Callable[[], object], name: str = "") -> QToolButton:
    """Make a small button.

    Args:
        text: stands on it.
        tip: says more; a screen reader reads it as the button's description, as Qt does with all tips.
        work: what it does.
        name: what a screen reader calls it, where the text is a sign, or where several buttons have the same one.
    """
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(name or text)
    made.clicked.connect(lambda: work())
    return made


def action_button(action: QAction) -> QToolButton:
    """Make a button for an action; a screen reader calls it by its text, or by what `speak_as` has given it."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)  # the text alone where there is no icon
    made.setAccessibleName(_spoken(action))
    action.changed.connect(lambda: made.setAccessibleName(_spoken(action)))
    return made


def speak_as(action: QAction, name: str) -> None:
    """Let a screen reader call an action's buttons otherwise than by its text; by that again where `name` is empty."""
    action.setProperty("spoken", name)


def _spoken(action: QAction) -> str:
    return str(action.property("spoken") or action.text())
