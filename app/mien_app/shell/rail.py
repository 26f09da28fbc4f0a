"""The rail on the left: a button for each page."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QToolButton, QVBoxLayout, QWidget

from mien_app.widgets import icons
from mien_app.widgets.actions import key_name
from mien_app.widgets.theme import GAP, theme

_WIDTH, _NARROW, _ICON = 84, 52, 24  # px; wider where a text needs it


class Rail(QWidget):
    """Shows each page's icon and name, and marks the current one."""

    chosen = Signal(int)
    """The page's index."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Pages"))
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QActionGroup(self)
        self._drawn: list[tuple[QAction, icons.Draw]] = []
        self._recording: QAction | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP // 2, GAP, GAP // 2, GAP)
        self._column.setSpacing(GAP // 2)
        self._strut = QSpacerItem(_WIDTH - GAP, 0)
        self._column.addSpacerItem(self._strut)
        self._column.addStretch(1)

    def add(self, name: str, draw: icons.Draw, place: int, key: str) -> QAction:
        """Add a button for a page.

        Args:
            name: on the button.
            draw: its icon.
            place: the page's index, for `chosen`.
            key: its shortcut; buttons stand in the order of their keys.
        """
        action = QAction(name, self, checkable=True)
        action.triggered.connect(lambda: self.chosen.emit(place))
        self._group.addAction(action)
        keys = [shown.shortcut().toString() for shown in self._group.actions()[:-1]]
        self._put(action, draw, key, sum(other < key for other in keys))
        return action

    def add_below(self, action: QAction, draw: icons.Draw) -> None:
        """Add a button at the foot of the rail, for something that is no page."""
        self._put(action, draw, action.shortcut().toString(), self._column.count())

    def order_tabs(self) -> None:
        """Let Tab go from the top to the foot, however the buttons came."""
        items = [item for place in range(self._column.count()) if (item := self._column.itemAt(place)) is not None]
        self.last: QWidget = items[-1].widget() or self
        """The button at the foot."""
        for button, following in pairwise(widget for item in items if (widget := item.widget()) is not None):
            self.setTabOrder(button, following)

    def show_names(self, names: bool) -> None:
        """Show the names below the icons, or icons alone, which leave the page more room."""
        style = Qt.ToolButtonStyle.ToolButtonTextUnderIcon if names else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.findChildren(QToolButton):
            button.setToolButtonStyle(style)
        self._strut.changeSize((_WIDTH if names else _NARROW) - GAP, 0)
        self._column.invalidate()

    def mark_recording(self, action: QAction, on: bool) -> None:
        """Put a red dot on a page's button while something is recorded there, and say so."""
        self._recording = action if on else None
        tip = f"{action.text()} ({key_name(action.shortcut().toString())})"
        action.setToolTip(self.tr("{}. It is recording").format(tip) if on else tip)
        self._draw_icons()

    def _put(self, action: QAction, draw: icons.Draw, key: str, row: int) -> None:
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{action.text()} ({key_name(key)})")
        button = QToolButton()
        button.setProperty("role", "rail")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, the keys belong to the page
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        action.changed.connect(lambda: button.setAccessibleDescription(action.toolTip()))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column.insertWidget(row, button)
        self._drawn.append((action, draw))
        self._draw_icons()

    def _draw_icons(self) -> None:
        t = theme()
        for action, draw in self._drawn:
            dot = action is self._recording
            action.setIcon(icons.icon(draw, t.muted, t.accent, _ICON, dot=dot))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
        super().changeEvent(event)
