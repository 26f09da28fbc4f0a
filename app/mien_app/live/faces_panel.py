"""Everybody in view: each face with its expression, to click."""

import time
from typing import ClassVar

import cv2
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mien.live.state import LiveResult
from mien.types import Face, Image, Prediction
from mien_app.live.actions import LiveActions
from mien_app.live.panel import Docked, Shown
from mien_app.widgets.class_colours import UNSURE, colour
from mien_app.widgets.class_names import in_words
from mien_app.widgets.qt_images import to_qimage
from mien_app.widgets.theme import GAP

_SIDE, _STRIPE = 48, 4  # px, of a face's picture and of its colour below it
_LEAST_PX = 120  # across
_AROUND = 0.15  # of a face's size, that is shown around it
_APART_S = 0.2  # between two paintings: nobody reads faster
_TRACK = Qt.ItemDataRole.UserRole


def cut_out(image: Image, face: Face) -> Image:
    """A face with a little around it, (h, w, 3) BGR, as far as it lies in the picture."""
    left, top, width, height = face.box
    more = _AROUND * face.size
    rows = slice(max(round(top - more), 0), max(round(top + height + more), 1))
    columns = slice(max(round(left - more), 0), max(round(left + width + more), 1))
    return image[rows, columns]


class FacesPanel(QWidget):
    """A row a person; the selected one is marked."""

    docked: ClassVar = Docked("faces", Qt.DockWidgetArea.LeftDockWidgetArea, QSize(210, 400), shown=False)

    def __init__(self, actions: LiveActions) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Everybody in view"))
        self.setMinimumWidth(_LEAST_PX)
        self._classes: tuple[str, ...] = ()
        self._shown: LiveResult | None = None
        self._painted_s = 0.0
        self.list = QListWidget()
        self.list.setProperty("role", "faces")
        self.list.setAccessibleName(self.accessibleName())
        self.list.setToolTip(self.tr("A click selects a person; [ and ] go to the previous and next one"))
        self.list.setIconSize(QSize(_SIDE, _SIDE + _STRIPE))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for signal in (self.list.itemClicked, self.list.itemActivated):
            signal.connect(lambda item: actions.chosen.emit(item.data(_TRACK)))
        # The arrow keys select, too: the next result would put back a row that is only the current one.
        self.list.currentItemChanged.connect(lambda item: actions.chosen.emit(item.data(_TRACK)) if item else None)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, 0, GAP)
        column.addWidget(self.list)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Take the names of another model's classes; nobody is in view yet."""
        self._classes = classes
        self._show(())

    def show_result(self, shown: Shown | None) -> None:
        """Show everybody in a result, a few times a second."""
        if shown is None:
            self._show(())
            return
        now = time.monotonic()
        result, people = shown.result, shown.result.recognition.predictions
        fresh = result is not self._shown and now - self._painted_s >= _APART_S
        if fresh or {one.track_id for one in people} != set(self._rows()):
            self._shown, self._painted_s = result, now
            self._show(people, result.captured.frame.image)
        with QSignalBlocker(self.list):
            self._mark(shown.track)

    def _rows(self) -> dict[int, QListWidgetItem]:
        return {(item := self.list.item(row)).data(_TRACK): item for row in range(self.list.count())}

    def _show(self, people: tuple[Prediction, ...], image: Image | None = None) -> None:
        rows, seen = self._rows(), {one.track_id for one in people}
        with QSignalBlocker(self.list):  # nobody chooses
            for track in rows.keys() - seen:
                self.list.takeItem(self.list.row(rows[track]))
            for place, one in enumerate(sorted(people, key=lambda one: one.track_id)):
                item = rows.get(one.track_id)
                if item is None:
                    item = QListWidgetItem()
                    item.setData(_TRACK, one.track_id)
                    self.list.insertItem(place, item)
                said = in_words(one, self._classes)
                item.setText("\n".join((self.tr("Person {}").format(one.track_id), said)))
                if image is not None:
                    icon, picture = QIcon(), self._picture(one, image)
                    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else Qt tints the selected row's picture
                        icon.addPixmap(picture, mode)
                    item.setIcon(icon)

    def _picture(self, one: Prediction, image: Image) -> QPixmap:
        made = QPixmap(_SIDE, _SIDE + _STRIPE)
        ink = colour(one.label, self._classes.index(one.label)) if one.sure else UNSURE
        made.fill(ink)
        face = cut_out(image, one.face)
        if face.size:
            small = cv2.resize(face, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
            with QPainter(made) as painter:
                painter.drawImage(0, 0, to_qimage(small.astype(face.dtype)))
        return made

    def _mark(self, track: int) -> None:
        item = self._rows().get(track)
        if item is not None and item is not self.list.currentItem():
            self.list.setCurrentItem(item)
