"""Pictures of one face beside each other, or two over one where that makes them a good deal larger."""

from collections.abc import Sequence
from itertools import product

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP

_WORTH = 1.2  # times as large, pictures in two rows
_SMALLEST, _LARGEST = 64, 224  # px; the largest is that of a network's input, so that nothing is made up


class FacePictures(QWidget):
    """Square pictures with a name below each, as large as there is room for."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self.pictures: list[QLabel] = []
        self._names: list[QLabel] = []
        for name in names:
            picture, below = label(role="picture"), label(name, "muted")
            picture.setAccessibleName(name)
            for one in (picture, below):
                one.setParent(self)
                one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.pictures.append(picture)
            self._names.append(below)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_images(self, images: Sequence[QImage]) -> None:
        """Show an image over each name, or none at all."""
        self._images = list(images)
        for picture in self.pictures:
            picture.clear()
        self._draw()

    def _below(self) -> int:
        return max(name.sizeHint().height() for name in self._names)

    def _across(self, columns: int) -> int:
        """How wide so many columns are at least, px."""
        return columns * (max(_SMALLEST, *(name.sizeHint().width() for name in self._names)) + GAP) - GAP

    def minimumSizeHint(self) -> QSize:
        """Of two columns of small ones."""
        return QSize(self._across(2), _SMALLEST + self._below())

    def heightForWidth(self, width: int) -> int:
        """At least: small ones in a row, or two rows where their names have no room."""
        rows = 1 if width >= self._across(len(self.pictures)) else 2
        return rows * (_SMALLEST + self._below() + GAP) - GAP

    def _side(self, columns: int) -> int:
        """How large the pictures are in so many columns, px."""
        rows = -(-len(self.pictures) // columns)
        across = (self.width() - (columns - 1) * GAP) // columns
        down = (self.height() - (rows - 1) * GAP) // rows - self._below()
        return min(across, down, _LARGEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the arrangement with the largest pictures; a second row, half of it empty, has to be worth it."""
        super().resizeEvent(event)
        count = len(self.pictures)
        possible = (n for n in (count, 2) if n == 2 or self.width() >= self._across(n))
        columns = max(possible, key=lambda n: self._side(n) * (_WORTH if n == count else 1))
        side, width = max(self._side(columns), 1), (self.width() + GAP) // columns
        height = side + self._below() + GAP
        places = product(range(-(-count // columns)), range(columns))
        for (row, column), picture, name in zip(places, self.pictures, self._names, strict=False):
            left, top = column * width, row * height
            picture.setGeometry(QRect(left + (width - GAP - side) // 2, top, side, side))
            name.setGeometry(QRect(left, top + side, width - GAP, self._below()))
        self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        for picture, image in zip(self.pictures, self._images, strict=False):
            side = round(picture.width() * ratio)
            pixmap = QPixmap.fromImage(image).scaled(side, side, keep, smooth)
            pixmap.setDevicePixelRatio(ratio)
            picture.setPixmap(pixmap)
