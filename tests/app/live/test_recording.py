import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import PATIENCE_MS, answer, button, named
from tests.conftest import write_demo

from mien.live.state import State
from mien.session.folder import RECORDED_VIDEO
from mien.session.session import Session
from mien_app.shell.window import MainWindow


def lasts(window: MainWindow, seconds: int) -> bool:
    """Whether the button says that at least so much is recorded, and something of it is classified."""
    recording = window.live.recording
    clock = re.search(r"(\d+):(\d\d)", recording.action.text())
    long_enough = clock is not None and 60 * int(clock[1]) + int(clock[2]) >= seconds
    return long_enough and recording._recorder is not None and recording._recorder.rows > 0


def red_dot(button: QToolButton) -> bool:
    """Whether a button shows that something is recorded."""
    image = button.grab().toImage()
    return any(image.pixelColor(x, y).name() == "#d64545" for x in range(image.width()) for y in range(image.height()))


def test_a_recording_is_made_and_reviewed(qtbot: QtBot, window: MainWindow) -> None:
    recording, rail = window.live.recording, named(window.rail, QToolButton, "Live")
    assert recording.action.toolTip().endswith("Open a camera or the demo first.")
    window.open_source("demo:2")
    assert not recording.action.isEnabled()
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: recording.runs and "Stop" in recording.action.text(), timeout=PATIENCE_MS)
    assert not window.live.top.models.isEnabled()
    assert "stop it first" in window.live.top.models.toolTip()
    assert red_dot(rail)
    assert rail.accessibleDescription().endswith("It is recording")
    qtbot.waitUntil(lambda: lasts(window, 1), timeout=PATIENCE_MS)
    window.close()
    answer(window, "Stay")
    assert "recording ends and is saved" in window.live.closing()
    assert recording.runs
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert recording.action.text() == "Record"
    assert not red_dot(rail)
    assert "recording" not in rail.accessibleDescription()
    qtbot.waitUntil(lambda: "Recorded" in window.live.messages.text, timeout=PATIENCE_MS)
    folders = list(Path(window.preferences.sessions_folder).iterdir())
    assert len(folders) == 1
    assert Session(folders[0]).manifest.recorded
    button(window.live.messages, "Review").click()
    assert window.pages.currentWidget() is window.review
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    window.close_now()
    assert mien_threads() == []


def test_another_model_ends_a_recording(qtbot: QtBot, window: MainWindow, model_path: str) -> None:
    """Its rows are one model's."""
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: lasts(window, 1), timeout=PATIENCE_MS)
    with qtbot.waitSignal(recording.changed, timeout=PATIENCE_MS) as changed:
        window.use_model(model_path)
    assert changed.args == [False]
    window.close_now()
    assert Session(next(Path(window.preferences.sessions_folder).iterdir())).manifest.recorded


def test_a_recording_that_begins_behind_another_page_has_pictures(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    window.show_page(window.review)  # before the recorder is there
    assert not recording.runs
    qtbot.waitUntil(lambda: recording._recorder is not None and recording._recorder.rows > 0, timeout=PATIENCE_MS)
    window.live.messages.fail("Something else failed.")
    recording.stop()
    assert window.live.host.pipeline is not None
    assert window.live.host.pipeline.transport.rests
    qtbot.waitUntil(lambda: not any(recorder.alive for recorder in recording._ending), timeout=PATIENCE_MS)
    recording.poll()
    assert window.live.messages.text.startswith("Recorded")
    window.close_now()


def test_a_recording_that_is_being_started_leaves_nothing_when_the_window_closes(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    window.close_now()
    assert not any(Path(window.preferences.sessions_folder).iterdir())
    assert mien_threads() == []


def test_why_a_source_was_lost_is_read_before_what_was_recorded(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    recording, messages, pipeline = window.live.recording, window.live.messages, window.live.host.pipeline
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: recording._recorder is not None and recording._recorder.rows > 0, timeout=PATIENCE_MS)
    assert pipeline is not None
    pipeline._tell(State.FAILED, "It refuses the password.")
    qtbot.waitUntil(lambda: messages.text == "It refuses the password.", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not any(recorder.alive for recorder in recording._ending), timeout=PATIENCE_MS)
    recording.poll()
    assert messages.text == "It refuses the password."
    messages.hide()
    recording.poll()
    assert messages.text.startswith("Recorded")


def test_nothing_else_is_recorded_while_a_recording_is_being_started(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    recording.poll()
    assert not recording.action.isEnabled()
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)  # to stop it
    assert recording.runs
    assert len(list(Path(window.preferences.sessions_folder).iterdir())) == 1
    window.close_now()


def test_a_recording_that_cannot_be_started_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    (tmp_path / "file").touch()
    window.preferences.sessions_folder = str(tmp_path / "file")
    recording.action.trigger()
    qtbot.waitUntil(lambda: "cannot be written" in window.live.messages.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    assert not recording.runs
    window.close_now()


def test_another_model_chosen_while_a_recording_is_being_started_gives_it_up(
    qtbot: QtBot, window: MainWindow, model_path: str
) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    window.use_model(model_path)
    recording.action.trigger()  # too early: the new model is not loaded
    window.background.wait()
    qtbot.wait(100)  # the recorder is handed over
    assert not recording.runs
    window.close_now()
    assert mien_threads() == []


def test_closing_the_window_finishes_the_recording(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: lasts(window, 1), timeout=PATIENCE_MS)
    window.close_now()
    assert mien_threads() == []
    (folder,) = Path(window.preferences.sessions_folder).iterdir()
    assert (folder / RECORDED_VIDEO).is_file()
    assert Session(folder).frame_times[-1] > 0.5


def test_a_file_cannot_be_recorded(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    write_demo(tmp_path / "a.mp4", 30)
    window.open_source(str(tmp_path / "a.mp4"))
    qtbot.waitUntil(lambda: window.live.presenter.newest is not None, timeout=PATIENCE_MS)
    window.live.recording.poll()
    assert not window.live.recording.action.isEnabled()
    assert "the Analyse page makes a session" in window.live.recording.action.toolTip()
    window.close_now()
