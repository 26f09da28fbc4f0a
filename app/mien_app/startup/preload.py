"""Loads the large libraries before the window opens; a small sign is shown meanwhile.

An import on another thread holds Python's lock, and with it the window, for up to 200 ms at a time. Imported here they
take less time in all, and the first result comes sooner.
"""

import contextlib
import gc
import importlib
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel

from mien.errors import MienError
from mien.runtimes import load_library
from mien_app.widgets.basics import label

_WIDTH, _HEIGHT = 320, 140
_PATIENCE_S = 0.5  # with a display that is slow to show it


def load_libraries(application: QApplication, runtime: str) -> None:
    """Load what a live pipeline with this runtime needs."""
    sign = _sign(application)
    sign.show()
    deadline = time.monotonic() + _PATIENCE_S
    while not sign.windowHandle().isExposed() and time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.005)
    application.processEvents()  # paints it
    with contextlib.suppress(MienError, ImportError, OSError, RuntimeError):  # opening a source reports it
        importlib.import_module("mien.recognition.recognizer")
        from mien.faces.detector import FaceDetector

        FaceDetector().close()  # its network is made with the first one
        load_library(runtime)
    gc.freeze()  # else collecting garbage looks through all of it, and stops the window for 50 ms
    sign.close()


def _sign(application: QApplication) -> QLabel:
    text = QCoreApplication.translate("load_libraries", "Mien is starting...")
    sign = label(text, "value")  # not QSplashScreen, whose `show` takes a second
    sign.setWindowFlags(Qt.WindowType.SplashScreen)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.resize(_WIDTH, _HEIGHT)
    sign.move(application.primaryScreen().availableGeometry().center() - sign.rect().center())
    return sign
