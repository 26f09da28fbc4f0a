"""The Live page while a source is open, for several test modules."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, named, says

from mien_app.shell.window import MainWindow
from mien_app.widgets.video_view import VideoView


def person(window: MainWindow) -> QWidget:
    """The Live page's panel of the selected person."""
    return named(window.live, QWidget, "Selected person")


def wait_for(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Until it stands in the selected person's panel."""
    qtbot.waitUntil(lambda: says(person(window), text), timeout=PATIENCE_MS)


def wait_for_a_face(qtbot: QtBot, window: MainWindow) -> None:
    """Until a face is shown there."""
    wait_for(qtbot, window, "px")


def video(window: MainWindow) -> VideoView:
    """The Live page's picture."""
    return named(window.live, VideoView, "Video")
