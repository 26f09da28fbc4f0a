"""The menus that a right click opens on the Review page."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget


def add_menu(
    widget: QWidget, actions: Iterable[QAction | None], first: Callable[[QPoint], object] = lambda place: None
) -> None:
    """Let a right click open a menu.

    Args:
        widget: what is clicked.
        actions: the entries; None is a line between them.
        first: called with the place before the menu opens, in the widget's coordinates.
    """
    entries = list(actions)
    target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget

    def show(place: QPoint) -> None:
        first(place)
        menu = QMenu(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in entries:
            menu.addSeparator() if entry is None else menu.addAction(entry)
        menu.popup(target.mapToGlobal(place))

    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(show)
