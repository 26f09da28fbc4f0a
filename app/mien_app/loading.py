"""Loads the large libraries before the window opens, with a small sign in its place.

An import on another thread holds Python's lock, and with it the window, for up to 200 ms at a time. Imported here
they cost less in all, and the first result comes sooner.
"""

import gc
import importlib

from mien.runtimes import load_library
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QSplashScreen

from mien_app.style import VALUE_PX, theme

_WIDTH, _HEIGHT = 320, 140


def load_libraries(application: QApplication, runtime: str) -> None:
    """Load what a pipeline with this runtime needs."""
    sign = _sign()
    sign.show()
    application.processEvents()
    importlib.import_module("mien.recognizer")
    load_library(runtime)
    from mien.detection import FaceDetector

    with FaceDetector():  # MediaPipe loads its own library with the first one
        pass
    gc.freeze()  # else looking through all that was loaded takes 50 ms, in the middle of whatever the window does
    sign.close()


def _sign() -> QSplashScreen:
    ground = QPixmap(_WIDTH, _HEIGHT)
    ground.fill(QColor(theme().card))
    sign = QSplashScreen(ground)
    font = sign.font()
    font.setPixelSize(VALUE_PX)
    sign.setFont(font)
    text = QCoreApplication.translate("load_libraries", "Mien is starting...")
    sign.showMessage(text, Qt.AlignmentFlag.AlignCenter, QColor(theme().text))
    return sign
