"""The same face twice: enlarged bilinearly, and as the learned resizer hands it to the recogniser."""

from mien.recognizer import CropViews
from mien.types import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mien_app.pictures import to_qimage

_SIDE = 132


class CropComparison(QWidget):
    """Bilinear beside learned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._pictures = []
        for column, name in enumerate((self.tr("Bilinear"), self.tr("Learned resizer"))):
            picture = QLabel()
            picture.setFixedSize(_SIDE, _SIDE)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setStyleSheet("background: #121417; border-radius: 6px;")
            picture.setAccessibleName(name)
            caption = QLabel(name)
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(picture, 0, column)
            layout.addWidget(caption, 1, column)
            self._pictures.append(picture)
        layout.setColumnStretch(2, 1)

    def show_views(self, views: CropViews | None) -> None:
        """Draw both, or nothing."""
        pair: tuple[Image | None, ...] = (views.bilinear, views.learned) if views else (None, None)
        for label, picture in zip(self._pictures, pair, strict=True):
            if picture is None:
                label.clear()
                continue
            pixmap = QPixmap.fromImage(to_qimage(picture))
            mode = Qt.TransformationMode.SmoothTransformation
            label.setPixmap(pixmap.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, mode))
