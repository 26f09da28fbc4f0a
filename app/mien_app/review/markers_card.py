"""The list of a session's markers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from mien_app.review.menus import add_menu
from mien_app.review.model import ReviewModel
from mien_app.widgets.basics import Card, label, plain_tip
from mien_app.widgets.theme import tabular
from mien_app.widgets.time_span import clock

_SHOWN, _ROW_PX = 6, 24


class MarkersCard(Card):
    """A row a marker, in the order of time; a click goes there, Enter opens the note, Delete removes it."""

    chosen = Signal(float)
    """The time of a marker whose note is to be opened."""

    def __init__(self, review: ReviewModel) -> None:
        super().__init__()
        self._review = review
        self.column.addWidget(label(self.tr("Markers"), "muted"))
        self.list = _List(self)
        self.list.setAccessibleName(self.tr("Markers"))
        self.list.setToolTip(self.tr("A click goes there, Enter opens the note, Delete removes it"))
        self.list.itemClicked.connect(lambda row: review.go_to(row.data(0, Qt.ItemDataRole.UserRole)))
        self.list.itemActivated.connect(lambda row: self.chosen.emit(row.data(0, Qt.ItemDataRole.UserRole)))
        note, remove = QAction(self.tr("Note..."), self), QAction(self.tr("Remove"), self)
        note.triggered.connect(self._open_current)
        remove.triggered.connect(self.remove_current)
        add_menu(self.list, (note, remove), lambda place: self.list.setCurrentIndex(self.list.indexAt(place)))
        self.column.addWidget(self.list)
        review.opened.connect(self._fill)
        review.changed.connect(self._fill)
        self.hide()

    def _fill(self) -> None:
        markers = self._review.now.session.edits.markers if self._review.now is not None else ()
        self.setVisible(bool(markers))
        self.list.clear()
        for marker in sorted(markers, key=lambda marker: marker.time_s):
            row = QTreeWidgetItem([clock(marker.time_s, 2), marker.note])
            row.setFont(0, tabular(self.font()))
            row.setToolTip(1, plain_tip(marker.note))
            row.setData(0, Qt.ItemDataRole.UserRole, marker.time_s)
            self.list.addTopLevelItem(row)
        self.list.setFixedHeight(min(max(len(markers), 1), _SHOWN) * _ROW_PX + 4)
        self.list.resizeColumnToContents(0)

    def _open_current(self) -> None:
        if (row := self.list.currentItem()) is not None:
            self.chosen.emit(row.data(0, Qt.ItemDataRole.UserRole))

    def remove_current(self) -> None:
        """Remove the marker of the current row; that can be undone."""
        if (row := self.list.currentItem()) is not None:
            time_s = row.data(0, Qt.ItemDataRole.UserRole)
            self._review.change(lambda edits: edits.unmarked(time_s))


class _List(QTreeWidget):
    def __init__(self, card: MarkersCard) -> None:
        super().__init__(card)
        self._card = card
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._card.remove_current()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # the page plays and pauses with it
        else:
            super().keyPressEvent(event)
