"""The people of a session, who can be renamed, merged and split."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from mien_app.review.model import ReviewModel
from mien_app.review.opened_session import PersonRow
from mien_app.widgets.actions import action_button, add_action, allow, control_name, key_name
from mien_app.widgets.basics import Card, label
from mien_app.widgets.flow import Flow
from mien_app.widgets.theme import GAP, tabular, theme
from mien_app.widgets.time_span import clock, tenths

_FACE_PX = 36
_SHOWN = 4  # rows that are never scrolled away


class _List(QTreeWidget):
    """Leaves Space to the page, which plays and pauses with it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Names(QStyledItemDelegate):
    """Lets only the name be edited. While it is, Esc belongs to the field."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        if index.column():
            return None  # type: ignore[return-value]
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name"))
        editor.setMaxLength(60)
        return editor

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().eventFilter(watched, event)


class PeopleCard(Card):
    """Lists face, name and time in view. Its actions belong to the page, where their keys work everywhere."""

    def __init__(self, review: ReviewModel) -> None:
        super().__init__()
        self._review = review
        self._filling = False
        self.column.addWidget(label(self.tr("People"), "muted"))
        self.list = _List()
        self.list.setAccessibleName(self.tr("People"))
        self.list.setToolTip(
            self.tr("Double click or F2 to rename; select two people with {} to merge them ({})").format(
                control_name(), key_name("Ctrl+J")
            )
        )
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.list.setIconSize(QSize(_FACE_PX, _FACE_PX))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Names(self.list))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemChanged.connect(self._renamed)
        self.list.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.list.itemSelectionChanged.connect(self._allow)
        self.column.addWidget(self.list)

        self.rename = add_action(self, self.tr("Rename"), "F2", tip=self.tr("Give the person a name"))
        tip = self.tr("Make one person of the selected ones")
        self.merge = add_action(self, self.tr("Merge"), "Ctrl+J", tip=tip)
        tip = self.tr("Make somebody else of this person from the playhead on")
        self.split = add_action(self, self.tr("Split here"), "Ctrl+B", tip=tip)
        row = Flow()
        for action in (self.rename, self.merge, self.split):
            row.addWidget(action_button(action))
        self.column.addLayout(row)
        self.rename.triggered.connect(self._edit)
        self.merge.triggered.connect(self._merge)
        self.split.triggered.connect(review.split)
        review.opened.connect(self._fill)
        review.changed.connect(self._fill)
        review.chosen.connect(self._mark)
        self._allow()

    def actions_with_keys(self) -> list[QAction]:
        """The actions, for the page to add."""
        return [self.rename, self.merge, self.split]

    def selected(self) -> list[int]:
        """The selected people, in the order of the list."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self._items() if item.isSelected()]

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _fill(self) -> None:
        people = self._review.now.people if self._review.now else ()
        self._filling = True
        self.list.clear()
        for person in people:
            item = QTreeWidgetItem([person.name, clock(person.seen_s, tenths(person.seen_s))])
            item.setData(0, Qt.ItemDataRole.UserRole, person.number)
            item.setIcon(0, _icon(person))
            item.setSizeHint(0, QSize(0, _FACE_PX + GAP))
            item.setFont(1, tabular(self.font()))
            item.setToolTip(1, self.tr("Time in view"))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addTopLevelItem(item)
        rows = max(len(people), 1)
        self.list.setMinimumHeight(min(rows, _SHOWN) * (_FACE_PX + GAP) + 4)
        self.list.setMaximumHeight(rows * (_FACE_PX + GAP) + 4)
        self._filling = False
        self._mark()

    def _mark(self) -> None:
        for item in self._items():
            if item.data(0, Qt.ItemDataRole.UserRole) == self._review.person and item is not self.list.currentItem():
                self._filling = True
                self.list.setCurrentItem(item)
                self._filling = False
        self._allow()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._review.choose(item.data(0, Qt.ItemDataRole.UserRole))

    def _allow(self) -> None:
        for action in (self.rename, self.split):
            allow(action, self.list.currentItem() is not None, self.tr("Select a person first."))
        why = self.tr("Select two people first, with {}.").format(control_name())
        allow(self.merge, len(self.selected()) > 1, why)

    def _edit(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.list.isVisible():  # not where the video is shown alone
            self.list.setFocus()
            self.list.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            number, name = item.data(0, Qt.ItemDataRole.UserRole), item.text(0).strip()
            before = "" if self._review.now is None else self._review.now.names.get(number, "")
            self._filling = True
            item.setText(0, before)  # until the new name is saved, which may fail
            self._filling = False
            if name != before:
                self._review.rename(number, name)

    def _merge(self) -> None:
        """Merge the selected people into the first of the list."""
        into, *others = self.selected()
        self._review.merge(others, into)


def _icon(person: PersonRow) -> QIcon:
    icon, picture = QIcon(), _rounded(person)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else Qt tints the selected row's picture
        icon.addPixmap(picture, mode)
    return icon


def _rounded(person: PersonRow) -> QPixmap:
    """The person's picture with round corners, or the name's first letter if there is no picture."""
    size = 2 * _FACE_PX
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(0, 0, size, size, 12, 12)
        painter.setClipPath(edge)
        if person.picture.isNull():
            painter.fillPath(edge, QColor(theme().line))
            font = painter.font()
            font.setPixelSize(size // 2)
            painter.setFont(font)
            painter.setPen(QColor(theme().muted))
            painter.drawText(made.rect(), Qt.AlignmentFlag.AlignCenter, person.name[:1])
        else:
            painter.drawImage(made.rect(), person.picture)
    made.setDevicePixelRatio(2)
    return made
