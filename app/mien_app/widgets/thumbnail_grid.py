"""Small pictures of files, in rows, loaded without holding up the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidget, QListWidgetItem

from mien.errors import MienError
from mien.types import Image
from mien.utils.images import read_picture
from mien_app.services.background import Background
from mien_app.widgets.basics import plain_tip
from mien_app.widgets.qt_images import to_qimage

_MOST = 240  # pictures; nobody looks at more of one kind
_AT_ONCE = 24
_GAP = 6  # px


@dataclass(frozen=True)
class Thumbnail:
    """One picture, with a text below it and a tooltip."""

    path: Path
    text: str = ""
    tip: str = ""


class ThumbnailGrid(QListWidget):
    """Fills from the top. A new list replaces one that is still being loaded."""

    picked = Signal(object)
    """Path of a picture that was double clicked, where that means something."""

    def __init__(self, background: Background, side: int = 64) -> None:
        super().__init__()
        self._background, self._side, self._turn = background, side, 0
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(side, side))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Pictures"))

    def choose_with(self, tip: str) -> None:
        """Let pictures be picked; the tip says what that does."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setToolTip(tip)
        self.itemActivated.connect(lambda item: self.picked.emit(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick with Enter, which then means nothing else to the window."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def cross_out(self, crossed: Sequence[bool]) -> None:
        """Put a cross before the texts of some pictures, and take it from those of the others."""
        cross = "\N{MULTIPLICATION SIGN} "
        for place, yes in enumerate(crossed[: self.count()]):
            item = self.item(place)
            text = item.text().removeprefix(cross)
            item.setText(f"{cross}{text}" if yes else text)

    def show_pictures(self, shown: Sequence[Thumbnail]) -> None:
        """Show these pictures, but no more than anybody looks at."""
        self._turn += 1
        self.clear()
        blank = QPixmap(self._side, self._side)
        blank.fill(Qt.GlobalColor.transparent)
        lines = max((one.text.count("\n") + 1 for one in shown if one.text), default=0)
        self.setGridSize(QSize(self._side + _GAP, self._side + _GAP + lines * self.fontMetrics().lineSpacing()))
        for one in shown[:_MOST]:
            item = QListWidgetItem(QIcon(blank), one.text)
            item.setToolTip(plain_tip(one.tip or str(one.path)))
            item.setData(Qt.ItemDataRole.UserRole, one.path)
            self.addItem(item)
        self._load(list(shown[:_MOST]), 0, self._turn)

    def _load(self, shown: list[Thumbnail], first: int, turn: int) -> None:
        part = [one.path for one in shown[first : first + _AT_ONCE]]
        if not part or turn != self._turn:
            return

        def done(icons: list[Image | None]) -> None:
            if turn != self._turn:
                return
            for place, icon in enumerate(icons, first):
                if icon is not None:
                    self.item(place).setIcon(QIcon(QPixmap.fromImage(to_qimage(icon))))
            self._load(shown, first + _AT_ONCE, turn)

        self._background.run(lambda: [_small(path, self._side) for path in part], done)


def _small(path: Path, side: int) -> Image | None:
    """The picture within a square of `side` px, filled up with its own edge's grey."""
    try:
        image = read_picture(path)
    except MienError:
        return None
    scale = side / max(image.shape[:2])
    size = (max(round(image.shape[1] * scale), 1), max(round(image.shape[0] * scale), 1))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    square = np.full((side, side, 3), 128, np.uint8)
    top, left = (side - size[1]) // 2, (side - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    return square
