"""The same face three times: bilinear, as the learned resizer hands it on, and the difference."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from mien.faces.alignment import size_in_words
from mien.types import Image, Prediction, ResizerViews
from mien.utils.images import difference, full_colour
from mien_app.widgets.basics import Card, label
from mien_app.widgets.qt_images import to_qimage
from mien_app.widgets.theme import GAP

_SMALLEST, _LARGEST = 64, 160


def tinted(views: ResizerViews) -> tuple[Image, int]:
    """Learned less bilinear as a picture: red is brighter, blue is darker.

    Returns:
        (h, w, 3) BGR, and the difference in grey levels that has the full colour.
    """
    delta = difference(views)
    limit = full_colour(delta)
    share = (delta[..., None] / limit).clip(-1, 1)
    white, red, blue = (np.array(ink, np.float32) for ink in ((245, 245, 245), (38, 48, 200), (184, 102, 33)))
    mixed = np.where(share > 0, white + share * (red - white), white - share * (blue - white))
    return mixed.astype(np.uint8), limit


class ResizerCard(Card):
    """Live pictures of what the resizer does, to save or copy."""

    save = Signal()
    copy = Signal()
    collect = Signal()
    """The face itself is to be added to the data set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self._pictures: list[QLabel] = []
        self._images: list[QImage] = []
        names = (self.tr("Bilinear"), self.tr("Learned"), self.tr("Difference"))
        for column, name in enumerate(names):
            picture = label(role="picture")
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            picture.setAccessibleName(name)
            caption = label(name, "muted")
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(picture, 0, column)
            grid.addWidget(caption, 1, column)
            grid.setColumnStretch(column, 1)
            self._pictures.append(picture)
        self._size = label("", "muted")
        self._size.setWordWrap(True)
        self._save = QPushButton(self.tr("Save"))
        self._save.setToolTip(self.tr("Save these pictures as a PNG file (S)"))
        self._save.setAccessibleName(self.tr("Save the resizer's pictures"))
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy these pictures (Ctrl+C)"))
        self._copy.setAccessibleName(self.tr("Copy the resizer's pictures"))
        self._save.clicked.connect(self.save)
        self._copy.clicked.connect(self.copy)
        self._collect = QPushButton(self.tr("Add to data set"))
        self._collect.setToolTip(self.tr("Save this face under a label, to teach a model with (L)"))
        self._collect.setAccessibleName(self._collect.toolTip())
        self._collect.clicked.connect(self.collect)
        row = QHBoxLayout()
        row.addWidget(self._collect)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        self.column.addLayout(grid)
        self.column.addWidget(self._size)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.show_nobody()

    def _side(self) -> int:
        return max(_SMALLEST, min(_LARGEST, (self.width() - 2 * 12 - 2 * GAP) // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures grow with the panel."""
        for picture in self._pictures:
            picture.setFixedHeight(self._side())
        self._draw()
        super().resizeEvent(event)

    def _draw(self) -> None:
        side, ratio = round(self._side() * self.devicePixelRatioF()), self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        for target, image in zip(self._pictures, self._images, strict=False):
            pixmap = QPixmap.fromImage(image).scaled(side, side, keep, smooth)
            pixmap.setDevicePixelRatio(ratio)
            target.setPixmap(pixmap)

    def show_nobody(self) -> None:
        """There is no face."""
        self._images = []
        for picture in self._pictures:
            picture.clear()
        self._size.setText("")
        self._allow(False)

    def show_views(self, prediction: Prediction, views: ResizerViews) -> None:
        """Draw one face."""
        tint, limit = tinted(views)
        self._images = [to_qimage(picture) for picture in (views.bilinear, views.learned, tint)]
        self._draw()
        self._size.setText(
            self.tr("{}; full colour from a difference of {}").format(size_in_words(prediction.face, views), limit)
        )
        self._allow(True)

    def _allow(self, may: bool) -> None:
        for button in (self._collect, self._copy, self._save):
            button.setEnabled(may)
