"""A small session on the Review page, for several test modules."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien.session.edits import Edits, read_edits
from mien_app.review.page import ReviewPage
from mien_app.shell.window import MainWindow

FRAMES, FPS, SIZE = 40, 25, (320, 240)  # of the video of the fixture `sessions`
MODIFIER = Qt.KeyboardModifier


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files or folders on a window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(place, copy, mime, Qt.MouseButton.LeftButton, MODIFIER.NoModifier))


def opened(qtbot: QtBot, window: MainWindow, folder: Path) -> ReviewPage:
    """Open a session by dropping its folder."""
    with qtbot.waitSignal(window.review.review.opened, timeout=PATIENCE_MS):
        drop(window, folder)
    return window.review


def saved(qtbot: QtBot, page: ReviewPage, folder: Path, wanted: Edits) -> None:
    """Wait until edits are shown, and see that they are on the disk."""
    qtbot.waitUntil(lambda: page.review.now.session.edits == wanted, timeout=PATIENCE_MS)
    assert read_edits(folder) == wanted


def shown_session(qtbot: QtBot, window: MainWindow, folder: Path) -> ReviewPage:
    """Open a session, and wait for its first picture."""
    page = opened(qtbot, window, folder)
    qtbot.waitUntil(lambda: page.frames.shown is not None, timeout=PATIENCE_MS)
    return page
