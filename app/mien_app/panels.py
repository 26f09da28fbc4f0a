"""The movable panels around the video."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QVBoxLayout, QWidget

from mien_app.style import GAP, MARGIN


def panel(name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    """A dock that scrolls where the window is too low for it; `name` is what its place is kept under."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, MARGIN if area is Qt.DockWidgetArea.RightDockWidgetArea else 0, GAP // 2)
    column.addWidget(widget)
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    room.setWidget(frame)
    room.setMinimumWidth(frame.minimumSizeHint().width())
    room.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
    dock = QDockWidget(title)
    dock.setObjectName(name)
    dock.setWidget(room)
    return dock
