"""The list of sessions on the Review page's start."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem

from mien.session.library import SessionEntry, SessionState, list_sessions
from mien_app.widgets.basics import plain_tip
from mien_app.widgets.show_in_folder import show_in_folder
from mien_app.widgets.time_span import clock

PICTURE_PX = 40
_ENTRY, _SORTED_BY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class ListedSession:
    """A session with its picture, prepared in the background."""

    entry: SessionEntry
    picture: QImage


def listed_sessions(folders: Iterable[Path]) -> list[ListedSession]:
    """List the sessions in folders. Any thread may do so."""
    made = []
    for entry in list_sessions(folders):
        picture = QImage(str(entry.picture)) if entry.picture else QImage()
        if not picture.isNull():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(2 * PICTURE_PX, 2 * PICTURE_PX, keep, smooth)
        made.append(ListedSession(entry, picture))
    return made


class _Row(QTreeWidgetItem):
    """Sorted by what its columns mean, not by their letters."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else 0
        return bool(self.data(column, _SORTED_BY) < other.data(column, _SORTED_BY))


class SessionList(QTreeWidget):
    """A row a session; a double click or Enter opens it, a click on a column's head sorts by it."""

    chosen = Signal(object)
    """The SessionEntry of a row that was opened."""
    beside = Signal(object)
    """The SessionEntry of a row that is to be opened beside the open session."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sessions"))
        self._shown: list[SessionEntry] = []
        heads = (
            self.tr("Session"),
            self.tr("Date"),
            self.tr("Length"),
            self.tr("People"),
            self.tr("Model"),
            self.tr("State"),
        )
        self.setHeaderLabels(heads)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self.setSortingEnabled(True)
        self.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        head = self.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(heads)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemActivated.connect(lambda row: self.chosen.emit(row.data(0, _ENTRY)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, which then means nothing else to the window."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def fill(self, sessions: Iterable[ListedSession]) -> None:
        """Show these sessions in place of those before; the selected one stays selected."""
        sessions = list(sessions)
        if self._shown == (shown := [one.entry for one in sessions]):
            return  # else the list would jump under the pointer
        self._shown = shown
        current = self.currentItem()
        before = current.data(0, _ENTRY).folder if current is not None else None
        self.clear()
        rows = [self._row(one) for one in sessions]
        self.addTopLevelItems(rows)
        kept = [row for row in rows if row.data(0, _ENTRY).folder == before]
        if first := (kept or rows)[:1]:
            self.setCurrentItem(first[0])

    def _row(self, one: ListedSession) -> QTreeWidgetItem:
        entry = one.entry
        date = QDateTime.fromSecsSinceEpoch(int(entry.changed_s))
        people = ", ".join(entry.names) or (str(entry.people) if entry.state is SessionState.FINISHED else "")
        columns: tuple[tuple[str, str | float], ...] = (
            (entry.folder.name, entry.folder.name.casefold()),
            (QLocale().toString(date, QLocale.FormatType.ShortFormat), entry.changed_s),
            (clock(entry.length_s) if entry.length_s else "", entry.length_s),
            (people, entry.people),
            (entry.model, entry.model.casefold()),
            (self._state(entry), entry.state.value),
        )
        row = _Row([text for text, _ in columns])
        for column, (_, value) in enumerate(columns):
            row.setData(column, _SORTED_BY, value)
            row.setToolTip(column, plain_tip(f"{entry.folder}\n{entry.source}".strip()))
        row.setData(0, _ENTRY, entry)
        picture = QPixmap(PICTURE_PX, PICTURE_PX)
        picture.fill(Qt.GlobalColor.transparent)  # names begin below one another also without a picture
        row.setIcon(0, QIcon(picture if one.picture.isNull() else QPixmap.fromImage(one.picture)))
        return row

    def _state(self, entry: SessionEntry) -> str:
        if entry.state is SessionState.RECORDING:
            return self.tr("Recording, not finished: open it to finish it")
        if entry.state is SessionState.ANALYSIS:
            return self.tr("Analysis, not finished: open it to go on")
        if entry.state is SessionState.DAMAGED:
            return self.tr("Damaged")
        return self.tr("Recorded") if entry.recorded else self.tr("Analysed")

    def _show_menu(self, place: QPoint) -> None:
        row = self.itemAt(place)
        if row is None:
            return
        entry = row.data(0, _ENTRY)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        going_on = entry.state is SessionState.ANALYSIS
        menu.addAction(self.tr("Go on") if going_on else self.tr("Open"), partial(self.chosen.emit, entry))
        if not going_on:
            menu.addAction(self.tr("Open beside"), partial(self.beside.emit, entry))
        menu.addAction(self.tr("Show in folder"), partial(show_in_folder, entry.folder))
        menu.popup(self.viewport().mapToGlobal(place))
