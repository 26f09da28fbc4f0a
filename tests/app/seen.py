"""What a person finds in a window, or has read out: texts, controls by their names, actions by their words."""

from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QWidget

W = TypeVar("W", bound=QWidget)

PATIENCE_MS = 90_000  # that is waited for what comes in an instant, unless others keep the machine busy


def texts(widget: QWidget) -> list[str]:
    """The lines that stand in a widget, from the first that was made."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return [label.text() for label in labels if label.text()]


def says(widget: QWidget, text: str) -> bool:
    """Whether a text stands somewhere in a widget."""
    return any(text in line for line in texts(widget))


def named(widget: QWidget, kind: type[W], name: str) -> W:
    """The one control of a kind that has a name, as a screen reader says it."""
    found = [child for child in widget.findChildren(kind) if child.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} controls are called '{name}'"
    return found[0]


def button(widget: QWidget, text: str) -> QAbstractButton:
    """The one button on which a text stands."""
    found = [child for child in widget.findChildren(QAbstractButton) if child.text() == text]
    assert len(found) == 1, f"{len(found)} buttons say '{text}'"
    return found[0]


def answer(widget: QWidget, text: str) -> None:
    """Press a button of the question that a page asks."""
    (box,) = [child for child in widget.findChildren(QMessageBox) if child.isVisible()]
    button(box, text).click()


def action(widget: QWidget, text: str) -> QAction:
    """The one action of a page or window that has these words."""
    found = [one for one in widget.actions() if one.text() == text]
    assert len(found) == 1, f"{len(found)} actions are called '{text}'"
    return found[0]
