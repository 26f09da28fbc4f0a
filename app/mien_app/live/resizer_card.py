"""The same face three times: enlarged bilinearly, by the learned resizer, and the difference."""

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from mien.faces.alignment import size_in_words
from mien.types import Image, Prediction, ResizerViews
from mien.utils.images import difference, full_colour
from mien_app.live.actions import LiveActions
from mien_app.live.panel import Docked, Shown
from mien_app.widgets.actions import allow
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

    docked: ClassVar = Docked("resizer", Qt.DockWidgetArea.RightDockWidgetArea, QSize(340, 240))

    def __init__(self, actions: LiveActions) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What the resizer does"))
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
        self._size = label("", "muted", wrap=True)
        self._buttons = [
            _button(self.tr("Add to dataset"), self.tr("Save this face under a label (L)"), actions.collect),
            _button(self.tr("Copy"), self.tr("Copy these pictures (Ctrl+C)"), actions.copy),
            _button(self.tr("Save"), self.tr("Save these pictures as a PNG file (S)"), actions.save),
        ]
        collect, copy, save = self._buttons
        row = QHBoxLayout()
        row.addWidget(collect)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(save)
        self.column.addLayout(grid)
        self.column.addWidget(self._size)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._show_nobody()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Nothing: its pictures know no classes."""

    def show_result(self, shown: Shown | None) -> None:
        """Show what the resizer made of the selected face."""
        prediction, views = (None, None) if shown is None else (shown.prediction, shown.views)
        if prediction is None or views is None:
            self._show_nobody()
        else:
            self._show_views(prediction, views)

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

    def _show_nobody(self) -> None:
        self._images = []
        for picture in self._pictures:
            picture.clear()
        self._size.setText("")
        self._allow(False)

    def _show_views(self, prediction: Prediction, views: ResizerViews) -> None:
        tint, limit = tinted(views)
        self._images = [to_qimage(picture) for picture in (views.bilinear, views.learned, tint)]
        self._draw()
        self._size.setText(
            self.tr("{}; full colour from a difference of {}").format(size_in_words(prediction.face, views), limit)
        )
        self._allow(True)

    def _allow(self, may: bool) -> None:
        for button in self._buttons:
            allow(button, may, self.tr("There is no face in view."))


def _button(text: str, tip: str, action: QAction) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(action.trigger)
    return button
