"""The movable panels around the video."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from mien_app.widgets.theme import GAP, MARGIN


def arrange(
    window: QMainWindow, person: QWidget, resizer: QWidget, timeline: QWidget, kept: QByteArray
) -> list[QDockWidget]:
    """The live page's panels: two at the right, one below, or where they were left."""
    window.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
    right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
    window.setCorner(Qt.Corner.BottomRightCorner, right)
    docks = [
        panel("person", window.tr("Selected person"), person, right),
        panel("resizer", window.tr("What the resizer does"), resizer, right),
        panel("timeline", window.tr("Last minute"), timeline, bottom),
    ]
    for dock, area in zip(docks, (right, right, bottom), strict=True):
        window.addDockWidget(area, dock)
    if kept.isEmpty():
        # Sizes count only once the window has its own.
        QTimer.singleShot(0, window, lambda: _give_room(window, docks))
    else:
        window.restoreState(kept)
    return docks


def _give_room(window: QMainWindow, docks: list[QDockWidget]) -> None:
    window.resizeDocks(docks[:2], [340, 340], Qt.Orientation.Horizontal)
    window.resizeDocks(docks[:2], [340, 260], Qt.Orientation.Vertical)
    window.resizeDocks(docks[2:], [130], Qt.Orientation.Vertical)


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
