"""The two rows of controls of the Review page: which session is open, and where in it the playhead is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from mien_app.review.model import ReviewModel
from mien_app.services.preferences import Preferences
from mien_app.widgets import icons
from mien_app.widgets.action_row import ActionRow
from mien_app.widgets.actions import action_button, key_name
from mien_app.widgets.basics import ComboField, label, plain_tip
from mien_app.widgets.elided_label import ElidedLabel
from mien_app.widgets.flow import Flow
from mien_app.widgets.theme import ARROW, GAP, theme
from mien_app.widgets.time_span import clock

_ICON_PX, _NAME_PX = 14, 260  # of a long name its middle is left out, else the page would be as wide as it
_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    return row


class SessionBar(QWidget):
    """The session's name, which opens a list of others, what it was made of, undo and redo."""

    chosen = Signal(str)
    """Folder of a session to open."""
    beside = Signal(str)
    """Folder of a session to open beside the one that is open."""

    def __init__(
        self,
        preferences: Preferences,
        review: ReviewModel,
        actions: list[QAction],
        ask: Callable[[], object],
        ask_beside: Callable[[], object],
        show_library: Callable[[], object],
    ) -> None:
        super().__init__()
        self._preferences, self._review, self._ask = preferences, review, ask
        self._ask_beside, self._show_library = ask_beside, show_library
        self.name = QToolButton()
        self.name.setAccessibleName(self.tr("Session"))
        self._tip = self.tr("Open another session ({})").format(key_name("Ctrl+O"))
        self.name.setToolTip(self._tip)
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu, self._beside_menu = QMenu(self), QMenu(self.tr("Open beside"), self)
        self._menu.aboutToShow.connect(self._fill)
        self.name.setMenu(self._menu)
        self._about = ElidedLabel("muted")
        self._about.setAccessibleName(self.tr("About the session"))
        row = _row(self)
        row.addWidget(self.name)
        row.addWidget(self._about, 1)
        for action in actions:
            row.addWidget(action_button(action))
        review.opened.connect(self.show_session)
        review.changed.connect(self.show_session)

    def _fill(self) -> None:
        beside = self._beside_menu  # the menu would keep one that was made anew each time
        self._menu.clear()
        beside.clear()
        self._menu.addAction(self.tr("All sessions"), self._show_library)
        self._menu.addAction(self.tr("Open a session folder..."), self._ask)
        self._menu.addMenu(beside)
        beside.addAction(self.tr("Open a session folder..."), self._ask_beside)
        recent = self._preferences.recent_sessions
        if recent:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("Recent")).setEnabled(False)
            beside.addSeparator()
        for folder in recent:
            name = Path(folder).name.replace("&", "&&")
            for menu, signal in ((self._menu, self.chosen), (beside, self.beside)):
                menu.addAction(name, partial(signal.emit, folder)).setToolTip(plain_tip(folder))

    def show_opening(self, name: str) -> None:
        """Say that a session is being opened."""
        self._about.setText(self.tr("Opening {}...").format(name))

    def show_session(self) -> None:
        """Say which session is open; nothing changes if none is."""
        now = self._review.now
        if now is None:
            return
        made = now.session.manifest
        name = self.name.fontMetrics().elidedText(now.session.name, Qt.TextElideMode.ElideMiddle, _NAME_PX)
        self.name.setText(f"{name.replace('&', '&&')}  {ARROW}")
        self.name.setToolTip(plain_tip(f"{now.session.folder}\n{self._tip}"))
        parts = [
            Path(made.input.path).name,
            clock(now.whole.length_s),
            self.tr("%n person(s)", "", len(now.people)),
            self.tr("model {}").format(made.model),
        ]
        self._about.setText(" \N{MIDDLE DOT} ".join(filter(None, parts)))


class TransportBar(QWidget):
    """Play, the time, and buttons to go on from there. Those that find no room go into a menu at the end."""

    def __init__(
        self,
        review: ReviewModel,
        play: QAction,
        sound: QAction,
        set_speed: Callable[[float], object],
        actions: list[QAction],
    ) -> None:
        super().__init__()
        self._review = review
        button, self._sound = action_button(play), action_button(sound)
        self._sound.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._sound.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._sound.setProperty("role", "icon")
        sound.toggled.connect(self._draw_icon)
        sound.enabledChanged.connect(self._draw_icon)
        self._draw_icon()
        self.time = label(figures=True)
        self.time.setAccessibleName(self.tr("Position"))
        self.time.setToolTip(self.tr("Time, length, and the frame's number in the file"))
        self.speed = ComboField()
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("How fast it plays"))
        self.speed.setSizeAdjustPolicy(ComboField.SizeAdjustPolicy.AdjustToContents)
        for speed in _SPEEDS:
            self.speed.addItem(f"{speed:g}\N{MULTIPLICATION SIGN}".replace(".", QLocale().decimalPoint()), speed)
        self.speed.setCurrentIndex(_SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(lambda place: set_speed(_SPEEDS[place]))
        row = Flow(self)
        for widget in (button, self._sound, self.time, self.speed, ActionRow(actions)):
            row.addWidget(widget)
        for signal in (review.moved, review.opened):
            signal.connect(self._show)

    def _show(self) -> None:
        now = self._review.now
        if now is None:
            return
        number = int(now.session.frame_numbers[self._review.place])
        self.time.setText(f"{clock(self._review.time_s, 2)} / {clock(now.whole.end_s)}  #{number}")

    def _draw_icon(self) -> None:
        action, t = self._sound.defaultAction(), theme()
        heard = action.isChecked() and action.isEnabled()
        ink = t.text if action.isEnabled() else t.muted
        made = icons.icon(icons.sound if heard else icons.silence, ink, ink, _ICON_PX)
        grey = made.pixmap(self._sound.iconSize(), 2.0)
        for state in QIcon.State:
            made.addPixmap(grey, QIcon.Mode.Disabled, state)  # Qt's own is too pale
        action.setIcon(made)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)
