"""OpenCV's pictures as Qt's."""

import numpy as np
from mien.types import Image
from PySide6.QtGui import QImage


def to_qimage(picture: Image) -> QImage:
    """A BGR (h, w, 3) or grey (h, w) picture; the QImage owns its pixels."""
    picture = np.ascontiguousarray(picture)
    height, width = picture.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if picture.ndim == 2 else QImage.Format.Format_BGR888
    return QImage(picture.data, width, height, picture.strides[0], kind).copy()
