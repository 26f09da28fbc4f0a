"""What the Review page shows while no session is open: the library of sessions."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mien.session.library import SessionEntry, SessionState
from mien_app.review.session_list import ListedSession, SessionList, listed_sessions
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import key_name, tool_button
from mien_app.widgets.basics import label
from mien_app.widgets.coming_back import ComingBack
from mien_app.widgets.theme import GAP


class ReviewStart(QWidget):
    """Lists the sessions in the folders where analyses and recordings went, and those that were opened last."""

    chosen = Signal(str)
    """Folder of a session to open."""
    beside = Signal(str)
    """Folder of a session to open beside the one that is open."""
    going_on = Signal(object)
    """SessionEntry of an interrupted analysis to go on with."""

    def __init__(
        self,
        preferences: Preferences,
        background: Background,
        ask: Callable[[], object],
    ) -> None:
        super().__init__()
        self._preferences, self._work = preferences, SerialQueue(background)
        self.list = SessionList()
        self.list.chosen.connect(self._choose)
        self.list.beside.connect(lambda entry: self.beside.emit(str(entry.folder)))
        tip = self.tr("Open a session folder that is not in the list ({})").format(key_name("Ctrl+O"))
        self.button = tool_button(self.tr("Open a session folder..."), tip, ask)
        self._about = label(role="muted", wrap=True)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("What should be reviewed?"), "headline", wrap=True), 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.list, 1)
        ComingBack(self, self.refresh)

    def refresh(self) -> None:
        """List the sessions as they are now."""
        own = self._preferences
        folders = [Path(folder) for folder in (*own.session_folders, *own.recent_sessions)]
        self._work.forget()
        self._work.run(lambda: lambda: listed_sessions(folders), self._show)

    def _show(self, sessions: list[ListedSession]) -> None:
        self.list.fill(sessions)
        unfinished = sum(one.entry.state in (SessionState.RECORDING, SessionState.ANALYSIS) for one in sessions)
        parts = [self.tr("Sessions are looked for in {}.").format(", ".join(self._preferences.session_folders))]
        if not sessions:
            parts.append(self.tr("There is none yet: analyse a file, or record on the Live page."))
        if unfinished:
            parts.append(self.tr("%n of them not finished.", "", unfinished))
        self._about.setText(" ".join(parts))

    def _choose(self, entry: SessionEntry) -> None:
        if entry.state is SessionState.ANALYSIS:
            self.going_on.emit(entry)
        else:
            self.chosen.emit(str(entry.folder))

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the list: a focus proxy would keep Tab from the button in front of it."""
        super().showEvent(event)
        self.list.setFocus()
