"""Loads the large libraries before the window opens; a small sign is shown meanwhile.

An import on another thread holds Python's lock, and with it the window, for up to 200 ms at a time. Imported here they
take less time in all, and the first result comes sooner.
"""

import contextlib
import gc
import importlib
import time
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from mien import language
from mien.errors import MienError
from mien.runtimes import load_library
from mien_app.widgets.basics import label

_WIDTH, _HEIGHT = 320, 140
_PATIENCE_S = 0.5  # with a display that is slow to show it


@contextlib.contextmanager
def starting_sign(application: QApplication) -> Iterator[None]:
    """Say meanwhile that Mien starts. Nothing large may be imported before, for it is the first that a person sees."""
    sign = _sign(application)
    sign.show()
    deadline = time.monotonic() + _PATIENCE_S
    while not sign.windowHandle().isExposed() and time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.005)
    application.processEvents()  # paints it
    try:
        yield
    finally:
        sign.close()


def load_libraries(runtime: str) -> None:
    """Load what the window and a live pipeline with this runtime need."""
    importlib.import_module("mien_app.shell.window")
    with contextlib.suppress(MienError, ImportError, OSError, RuntimeError):  # opening a source reports it
        importlib.import_module("mien.recognition.recognizer")
        from mien.faces.detector import FaceDetector

        FaceDetector().close()  # its network is made with the first one
        load_library(runtime)
    gc.freeze()  # else collecting garbage looks through all of it, and stops the window for 50 ms


def _sign(application: QApplication) -> QLabel:
    text = language.tr("Mien is starting...")
    sign = label(text, "value")  # not QSplashScreen, whose `show` takes a second
    sign.setWindowFlags(Qt.WindowType.SplashScreen)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.resize(_WIDTH, _HEIGHT)
    sign.move(application.primaryScreen().availableGeometry().center() - sign.rect().center())
    return sign
