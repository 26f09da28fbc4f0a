"""A video file in Live: pause, position, loop; and what costs nothing while nobody looks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSlider, QToolButton
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import PATIENCE_MS, action, button, named, says
from tests.app.watching import wait_for_a_face
from tests.core.live.test_live import write_video

from mien.live.state import State
from mien_app.shell.window import MainWindow


def shown_index(window: MainWindow) -> int:
    captured = window.live.host.pipeline.frames.peek()
    return -1 if captured is None else captured.frame.index


def test_a_video_is_paused_moved_and_played_again(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_source(str(write_video(tmp_path / "clip.avi", frames=60, fps=10)))
    bar = window.live.playback
    qtbot.waitUntil(bar.isVisible, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not action(window.live, "Freeze").isEnabled(), timeout=PATIENCE_MS)
    pipeline = window.live.host.pipeline
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert pipeline.transport.paused
    qtbot.waitUntil(lambda: button(window.live, "Play").isVisible(), timeout=PATIENCE_MS)
    named(window.live, QSlider, "Position").setValue(4 * 20)
    qtbot.waitUntil(lambda: shown_index(window) == 40, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: says(bar, "0:04 / 0:06"), timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pipeline.status.state is State.ENDED, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: button(window.live, "Play").isVisible(), timeout=PATIENCE_MS)
    next(box for box in bar.findChildren(QCheckBox) if box.text() == "Loop").click()
    qtbot.mouseClick(button(window.live, "Play"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_index(window) < 40, timeout=PATIENCE_MS)
    assert pipeline.transport.loop


def test_only_a_video_file_has_a_position(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    assert not window.live.playback.isVisible()
    assert action(window.live, "Freeze").isEnabled()


def test_a_source_is_closed_and_leaves_no_thread(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    action(window.live.sources, "Close the source").trigger()
    qtbot.waitUntil(lambda: mien_threads() == [], timeout=PATIENCE_MS)
    assert window.live.start.isVisible()
    assert named(window, QToolButton, "Source").text().startswith("Choose a source")


def test_nothing_is_recognised_on_a_page_that_nobody_sees(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    window.show_page(window.review)
    qtbot.wait(300)  # a frame may have been on its way
    index = shown_index(window)
    qtbot.wait(500)
    assert shown_index(window) == index
    window.show_page(window.live)
    qtbot.waitUntil(lambda: shown_index(window) > index, timeout=PATIENCE_MS)
