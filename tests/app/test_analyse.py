from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import button
from tests.conftest import write_demo

from mien.analysis.queue import ItemState
from mien.session.journal import FOLDER
from mien.session.session import VIDEO, Session
from mien_app.shell.window import MainWindow

PATIENCE_MS = 90_000


def drop(window: MainWindow, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


def states(window: MainWindow) -> list[ItemState]:
    return [row.item.state for row in window.analyse.rows]


@pytest.fixture
def videos(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "my videos"
    folder.mkdir()
    write_demo(folder / "a.mp4", 30)
    (folder / "b.mp4").write_text("no video")
    write_demo(folder / "c.mp4", 20)
    return sorted(folder.iterdir())


def test_files_are_dropped_analysed_and_reviewed(qtbot: QtBot, window: MainWindow, videos: list[Path]) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert window.pages.currentWidget() is window.analyse
    drop(window, [videos[0].parent])
    qtbot.waitUntil(lambda: len(window.analyse.rows) == 3, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE, ItemState.FAILED, ItemState.DONE], timeout=PATIENCE_MS)
    good, bad, _ = window.analyse.rows
    qtbot.waitUntil(lambda: "30 frames" in good._state.text(), timeout=PATIENCE_MS)
    assert "no video or picture that can be read" in bad._state.text()
    assert [name for name, button in bad.buttons.items() if button.isVisible()] == ["retry", "remove"]
    bad.buttons["remove"].click()
    qtbot.waitUntil(lambda: len(window.analyse.rows) == 2, timeout=PATIENCE_MS)
    good.buttons["review"].click()
    assert window.pages.currentWidget() is window.review
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_pause_cancel_and_retry(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    write_demo(path, 600)
    window.show_page(window.analyse)
    window.analyse.add([path])
    qtbot.waitUntil(lambda: bool(window.analyse.rows), timeout=PATIENCE_MS)
    row = window.analyse.rows[0]
    qtbot.waitUntil(lambda: row.item.progress is not None, timeout=PATIENCE_MS)
    window.analyse.pause.trigger()
    qtbot.waitUntil(lambda: "paused" in row._state.text(), timeout=PATIENCE_MS)
    frames = row.item.progress.frames
    assert 0 < frames < 600
    qtbot.wait(300)
    assert row.item.progress.frames == frames
    window.analyse.pause.trigger()
    qtbot.waitUntil(lambda: row.item.progress.frames > frames, timeout=PATIENCE_MS)
    row.buttons["cancel"].click()
    qtbot.waitUntil(lambda: row._state.text() == "Cancelled", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not row.item.job.session.exists(), timeout=PATIENCE_MS)
    row.buttons["retry"].click()
    qtbot.waitUntil(lambda: row.item.progress is not None, timeout=PATIENCE_MS)
    window.close()  # in the middle
    assert mien_threads() == []
    assert (row.item.job.session / FOLDER).is_dir()  # it would go on there


def test_a_recording_is_made_and_reviewed(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo:2")
    recording = window.live.recording
    assert not recording.action.isEnabled()
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: recording.runs and "Stop" in recording.action.text(), timeout=PATIENCE_MS)
    assert not window.live.top.models.isEnabled()
    qtbot.waitUntil(lambda: "0:02" in recording.action.text(), timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert recording.action.text() == "Record"
    qtbot.waitUntil(lambda: "Recorded" in window.live.messages.text, timeout=PATIENCE_MS)
    folders = list(Path(window.preferences.sessions_folder).iterdir())
    assert len(folders) == 1
    assert Session(folders[0]).description.recorded
    button(window, "Review").click()
    assert window.pages.currentWidget() is window.review
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_another_model_ends_a_recording(qtbot: QtBot, window: MainWindow, model_path: str) -> None:
    """Its rows are one model's."""
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: "0:01" in recording.action.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(recording.changed, timeout=PATIENCE_MS) as changed:
        window.use_model(model_path)
    assert changed.args == [False]
    window.close()
    assert Session(next(Path(window.preferences.sessions_folder).iterdir())).description.recorded


def test_closing_the_window_finishes_the_recording(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: "0:01" in recording.action.text(), timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []
    (folder,) = Path(window.preferences.sessions_folder).iterdir()
    assert (folder / VIDEO).is_file()
    assert Session(folder).duration_s > 0.5


def test_a_file_cannot_be_recorded(qtbot: QtBot, window: MainWindow, videos: list[Path]) -> None:
    window.open_source(str(videos[0]))
    qtbot.waitUntil(lambda: window.live.presenter.newest is not None, timeout=PATIENCE_MS)
    window.live.recording.poll()
    assert not window.live.recording.action.isEnabled()
    window.close()
