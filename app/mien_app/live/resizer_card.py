"""The same face three times: enlarged bilinearly, by the learned resizer, and the difference."""

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from mien.faces.alignment import size_in_words
from mien.types import Image, Prediction, ResizerViews
from mien.utils.images import difference, full_colour
from mien_app.live.actions import LiveActions
from mien_app.live.face_pictures import FacePictures
from mien_app.live.panel import Docked, Shown
from mien_app.widgets.actions import allow, key_name
from mien_app.widgets.basics import Card, label
from mien_app.widgets.flow import Flow
from mien_app.widgets.qt_images import to_qimage


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
        names = (self.tr("Bilinear"), self.tr("Learned"), self.tr("Difference"))
        self.pictures = FacePictures(names)
        self._size = label("", "muted", wrap=True)
        self._buttons = [
            _button(self.tr("Add to dataset"), self.tr("Save this face under a label (L)"), actions.collect),
            _button(self.tr("Copy"), self.tr("Copy these pictures ({})").format(key_name("Ctrl+C")), actions.copy),
            _button(self.tr("Save"), self.tr("Save these pictures as a PNG file (S)"), actions.save),
        ]
        row = Flow()
        for button in self._buttons:
            row.addWidget(button)
        self.column.addWidget(self.pictures, 1)
        self.column.addWidget(self._size)
        self.column.addLayout(row)
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

    def _show_nobody(self) -> None:
        self.pictures.show_images([])
        self._size.setText("")
        self._allow(False)

    def _show_views(self, prediction: Prediction, views: ResizerViews) -> None:
        tint, limit = tinted(views)
        self.pictures.show_images([to_qimage(picture) for picture in (views.bilinear, views.learned, tint)])
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
    button.setAccessibleName(text)
    button.clicked.connect(action.trigger)
    return button
