"""Places the panels around the video, at first or where the person left them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QByteArray, QEvent, QMargins, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QLayout, QMainWindow, QVBoxLayout, QWidget

from mien_app.live.panel import Docked, Panel
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, MARGIN

_NARROWEST_PX, _WIDEST_PX, _SHARE = 240, 480, 0.2  # of the docks at the right; of what a window becomes wider
_SETTLED_MS = 3000
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


def arrange(window: QMainWindow, panels: Sequence[Panel], stored: QByteArray, size: QSize) -> dict[str, QDockWidget]:
    """Dock the panels.

    Args:
        window: around the video.
        panels: in the order in which they stand in their area.
        stored: an earlier `window.saveState()`; empty at the first start.
        size: of the window at that time.

    Returns:
        The docks by the panels' names.
    """
    window.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
    docks = {panel.docked.name: _dock(panel) for panel in panels}
    if stored.isEmpty():
        put_as_at_first(window, panels, docks)
    else:
        for panel in panels:
            window.addDockWidget(panel.docked.area, docks[panel.docked.name])
            docks[panel.docked.name].setVisible(panel.docked.shown)
        window.restoreState(stored)
        _Restored(window, stored, size)
    _GrowingDocks(window, list(docks.values()))
    return docks


def put_as_at_first(window: QMainWindow, panels: Sequence[Panel], docks: Mapping[str, QDockWidget]) -> None:
    """Show the panels of the first start, each at its own place, in its own size."""
    for panel in panels:
        dock = docks[panel.docked.name]
        dock.setFloating(False)
        window.addDockWidget(panel.docked.area, dock)
        dock.setVisible(panel.docked.shown)
    QTimer.singleShot(0, window, lambda: _give_room(window, docks, [panel.docked for panel in panels]))


class _Restored(QObject):
    """Places the panels again once the window has the size in which they were: each other size changes theirs.

    That may be some resizes after it is shown, where it was maximised.
    """

    def __init__(self, window: QMainWindow, stored: QByteArray, size: QSize) -> None:
        super().__init__(window)
        self._window, self._stored, self._size = window, stored, size
        window.installEventFilter(self)
        QTimer.singleShot(0, self, self._restore)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the size, though not for ever: later it is the person who changes it."""
        if event.type() is QEvent.Type.Show:
            QTimer.singleShot(_SETTLED_MS, self, self._leave)
        elif isinstance(event, QResizeEvent) and event.size() == self._size:
            self._leave()
            QTimer.singleShot(0, self, self._restore)
        return False

    def _leave(self) -> None:
        self._window.removeEventFilter(self)

    def _restore(self) -> None:
        self._window.restoreState(self._stored)


class _GrowingDocks(QObject):
    """Gives the docks at the right a part of what a window becomes wider, and takes it from them again."""

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._owed_px = 0.0  # less than a pixel: a window that is dragged wider grows by one or two at a time
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's width."""
        if isinstance(event, QResizeEvent) and event.oldSize().isValid():
            self._grow(event.size().width() - event.oldSize().width())
        return False

    def _grow(self, more: int) -> None:
        right = Qt.DockWidgetArea.RightDockWidgetArea
        beside = [dock for dock in self._docks if dock.isVisible() and not dock.isFloating()]
        beside = [dock for dock in beside if self._window.dockWidgetArea(dock) is right]
        if beside and _NARROWEST_PX <= (now := beside[0].width()) <= _WIDEST_PX:  # else the person wants it so
            self._owed_px += _SHARE * more
            whole = round(self._owed_px)
            self._owed_px -= whole
            then = min(max(now + whole, _NARROWEST_PX), _WIDEST_PX)
            self._window.resizeDocks(beside[:1], [then], Qt.Orientation.Horizontal)


class PictureAlone:
    """Hides all that is around the picture, and shows again what was there."""

    def __init__(self, room: QLayout, around: Callable[[], Iterable[QWidget]]) -> None:
        """Take the layout with the picture in it, and what else there is."""
        self._room, self._margins, self._around = room, room.contentsMargins(), around
        self._hidden: list[QWidget] = []

    def show(self, alone: bool) -> None:
        """Show the picture alone, or everything as it was."""
        self._room.setContentsMargins(QMargins() if alone else self._margins)
        if alone:
            self._hidden = [widget for widget in self._around() if not widget.isHidden()]
        for widget in self._hidden:
            widget.setVisible(not alone)


def _give_room(window: QMainWindow, docks: Mapping[str, QDockWidget], places: Sequence[Docked]) -> None:
    beside = [place for place in places if place.area in _SIDES]
    below = [place for place in places if place.area not in _SIDES]
    for group in (beside, below):
        window.resizeDocks(
            [docks[place.name] for place in group], [place.size.height() for place in group], Qt.Orientation.Vertical
        )
    window.resizeDocks(
        [docks[place.name] for place in beside], [place.size.width() for place in beside], Qt.Orientation.Horizontal
    )


def _dock(panel: Panel) -> QDockWidget:
    """A dock that scrolls where the window is too low for its panel."""
    place, widget = panel.docked, cast(QWidget, panel)  # a Protocol cannot say that it is a widget
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, MARGIN if place.area is Qt.DockWidgetArea.RightDockWidgetArea else 0, GAP // 2)
    column.addWidget(widget)
    room = VerticalScroll(frame)
    room.setSizeAdjustPolicy(VerticalScroll.SizeAdjustPolicy.AdjustToContents)
    dock = QDockWidget(widget.accessibleName())
    dock.setObjectName(place.name)
    dock.setWidget(room)
    return dock
