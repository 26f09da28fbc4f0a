"""Puts controls that were made later where Tab should reach them."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def put_after(anchor: QWidget, controls: Iterable[QWidget]) -> None:
    """Let Tab go from `anchor` through the controls; all lie in one window."""
    for control in controls:
        QWidget.setTabOrder(anchor, control)
        anchor = control
