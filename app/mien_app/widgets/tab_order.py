"""Puts controls that were made later where Tab should reach them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(anchor: QWidget, controls: Iterable[QWidget]) -> None:
    """Let Tab go from `anchor` through the controls; all lie in one window."""
    for control in controls:
        QWidget.setTabOrder(anchor, control)
        anchor = control


def put_before(anchor: QWidget, controls: Iterable[QWidget]) -> None:
    """Let Tab go through the controls before it reaches `anchor`; those in another window are left out."""
    before = anchor.previousInFocusChain()
    while before not in (anchor, None) and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before is not None:
        put_after(before, [control for control in controls if control.window() is anchor.window()])
