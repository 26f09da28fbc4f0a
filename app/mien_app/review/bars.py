"""The two rows of controls on the review page: what is open, and where in it one is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from mien_app.review.model import ReviewModel
from mien_app.review.playback import Playback
from mien_app.services.preferences import Preferences
from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP, tabular
from mien_app.widgets.time_span import clock

_ARROW = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    return row


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.toolTip())
    return button


class SessionBar(QWidget):
    """The session's name, behind which others are opened, what it is of, and undo."""

    chosen = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        review: ReviewModel,
        actions: list[QAction],
        ask: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._review, self._ask = preferences, review, ask
        self.name = QToolButton()
        self.name.setAccessibleName(self.tr("Session"))
        self.name.setToolTip(self.tr("Open another session (Ctrl+O)"))
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.name.setMenu(self._menu)
        self._about = label(role="muted")
        row = _row(self)
        row.addWidget(self.name)
        row.addWidget(self._about, 1)
        for action in actions:
            row.addWidget(_button(action))
        review.opened.connect(self.show_session)
        review.changed.connect(self.show_session)

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.addAction(self.tr("Open a session folder..."), self._ask)
        recent = self._preferences.recent_sessions
        if recent:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("Recent")).setEnabled(False)
        for folder in recent:
            action = self._menu.addAction(Path(folder).name.replace("&", "&&"), partial(self.chosen.emit, folder))
            action.setToolTip(folder)

    def show_opening(self, name: str) -> None:
        """Say that a session is on its way."""
        self._about.setText(self.tr("Opening {}...").format(name))

    def show_session(self) -> None:
        """Say what is open."""
        now = self._review.now
        if now is None:
            return
        made = now.session.description
        self.name.setText(f"{now.session.name.replace('&', '&&')}  {_ARROW}")
        parts = [
            Path(made.input.path).name,
            clock(now.whole.length_s),
            self.tr("{} people").format(len(now.people)) if len(now.people) != 1 else self.tr("1 person"),
            self.tr("model {}").format(made.model),
        ]
        self._about.setText(" \N{MIDDLE DOT} ".join(parts))


class TransportBar(QWidget):
    """Play, the time, and where to go next."""

    def __init__(
        self,
        review: ReviewModel,
        playback: Playback,
        play: QAction,
        actions: list[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._review = review
        button = _button(play)
        button.setMinimumWidth(72)
        self.time = label()
        self.time.setFont(tabular(self.time.font()))
        self.time.setAccessibleName(self.tr("Position"))
        self.time.setToolTip(self.tr("Time, end, and the frame's number in the file"))
        row = _row(self)
        row.addWidget(button)
        row.addWidget(self.time)
        row.addStretch(1)
        for action in actions:
            row.addWidget(_button(action))
        for signal in (review.moved, review.opened):
            signal.connect(self._show)

    def _show(self) -> None:
        now = self._review.now
        if now is None:
            return
        number = int(now.session.frame_numbers[self._review.place])
        self.time.setText(f"{clock(self._review.time_s, 2)} / {clock(now.whole.end_s)}   #{number}")
