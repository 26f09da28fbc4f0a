"""Turns OpenCV's pictures into Qt's."""

import cv2
import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from mien.types import Image


def to_qimage(picture: Image) -> QImage:
    """Convert a BGR (h, w, 3) or grey (h, w) picture; the QImage owns its pixels."""
    grey = picture.ndim == 2
    # With a fourth byte the pixels are in the order in which Qt paints; else Qt converts them each time.
    picture = np.ascontiguousarray(picture if grey else cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA))
    height, width = picture.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
    return QImage(picture.data, width, height, picture.strides[0], kind).copy()


def scaled(picture: Image, size: QSize, *, mirror: bool = False) -> QImage:
    """Scale the picture to exactly `size`; OpenCV does this several times faster than Qt."""
    width, height = max(size.width(), 1), max(size.height(), 1)
    method = cv2.INTER_AREA if width < picture.shape[1] / 2 else cv2.INTER_LINEAR
    resized = cv2.resize(picture, (width, height), interpolation=method)
    return to_qimage(np.asarray(cv2.flip(resized, 1) if mirror else resized, np.uint8))
