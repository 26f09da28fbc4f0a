from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import drop
from tests.app.seen import PATIENCE_MS, action, button, named, says
from tests.app.watching import person, video, wait_for, wait_for_a_face
from tests.mjpeg import MjpegServer

from mien.errors import MienError
from mien.live.state import State
from mien.models import cards
from mien.runtimes import registry
from mien.sources import DemoSource
from mien.utils import paths
from mien.utils.images import rotated
from mien_app.live.last_minute import LastMinute
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def test_the_demo_by_its_key_and_closing_leaves_no_thread(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_D)
    wait_for_a_face(qtbot, window)
    assert video(window).isVisible()
    assert named(window, QToolButton, "Source").text().startswith("Demo")
    assert named(window, QLabel, "Learned").pixmap().width() > 0
    status = window.live.status_bar
    qtbot.waitUntil(lambda: says(status, "fps") and says(status, "CPU"), timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_source_and_model_are_switched_while_running(qtbot: QtBot, window: MainWindow, model_path: str) -> None:
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    first = window.live.host.pipeline
    window.open_source("demo")
    second = window.live.host.pipeline
    assert second is not first
    wait_for_a_face(qtbot, window)
    assert not says(person(window), "in view")
    models = named(window.live, QComboBox, "Model")
    models.setCurrentText("light")
    models.activated.emit(0)
    shown = window.live.presenter
    qtbot.waitUntil(lambda: shown.newest is not None and shown.newest.model == "light", timeout=PATIENCE_MS)
    assert window.live.host.pipeline is second
    assert window.preferences.model == "light"
    window.close()
    assert mien_threads() == []


def test_a_first_start_says_that_the_model_is_prepared(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "new")
    window.open_source("demo")
    text = "Preparing the model for this machine"
    qtbot.waitUntil(lambda: video(window).accessibleDescription().startswith(text), timeout=PATIENCE_MS)
    wait_for_a_face(qtbot, window)
    assert video(window).accessibleDescription() == ""


def test_a_faster_runtime_that_fails_is_told_in_the_page(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = registry._Backend("broken", "no_such_backend", lambda: True)
    monkeypatch.setattr(registry, "_BACKENDS", (broken, *registry._BACKENDS))
    window.live.host.open("demo", "Demo", window.live.model, "auto")
    text = "The faster runtime 'broken' failed: No module named 'no_such_backend'. OpenVINO, CPU is used"
    qtbot.waitUntil(lambda: window.live.messages.text.startswith(text), timeout=PATIENCE_MS)
    assert "choose the runtime again in Settings" in window.live.messages.text
    monkeypatch.undo()
    window.live.settings_dialog.runtime.activated.emit(0)  # the same one
    pipeline = window.live.host.pipeline
    qtbot.waitUntil(lambda: bool(pipeline.runs_on) and not pipeline.passed_over, timeout=PATIENCE_MS)


def test_a_photo_has_nothing_of_time(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    photo, live = tmp_path / "photo.png", window.live
    cv2.imwrite(str(photo), DemoSource(1).draw(0.0))
    window.open_source(str(photo))
    wait_for_a_face(qtbot, window)
    qtbot.waitUntil(lambda: says(live.status_bar, "640x480"), timeout=PATIENCE_MS)
    assert not any(says(live.status_bar, word) for word in ("fps", "latency", "dropped"))
    assert named(live, LastMinute, "Last minute").lanes() == []
    assert not live.playback.isVisible()
    baseline = button(person(window), "Set baseline")
    assert not baseline.isEnabled()
    assert baseline.toolTip().endswith("A baseline takes 5 s of a face at rest, and this is a picture.")


def test_a_folder_says_what_else_lies_in_it(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes((paths.assets() / "astronaut.png").read_bytes())
    (folder / "notes.txt").write_text("no picture")
    window.open_source(str(folder))
    wait_for_a_face(qtbot, window)
    assert window.live.messages.text == "1 file is no picture, and passed over (1 .txt): notes.txt"
    window.live.messages.hide()
    window.open_source(str(folder / "a.png"))
    wait_for_a_face(qtbot, window)
    assert window.live.messages.text == ""


def test_a_person_is_selected_by_click_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    action(window.live, "Freeze").trigger()
    result = window.live.presenter.newest.recognition
    other = next(p for p in result.predictions if not says(person(window), f"Person {p.track_id} "))
    view = video(window)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box(other.face).center().toPoint())
    wait_for(qtbot, window, f"Person {other.track_id} ")
    tracks = sorted(p.track_id for p in result.predictions)
    expected = tracks[(tracks.index(other.track_id) + 1) % len(tracks)]
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    wait_for(qtbot, window, f"Person {expected} ")


def test_freezing_holds_the_picture(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert action(window.live, "Freeze").isChecked()
    held, picture = window.live.presenter.newest.captured.frame, video(window).grab().toImage()
    pipeline = window.live.host.pipeline
    qtbot.waitUntil(lambda: pipeline.frames.peek().frame.index > held.index + 10, timeout=PATIENCE_MS)
    assert window.live.presenter.newest.captured.frame is held
    assert video(window).grab().toImage() == picture
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: video(window).grab().toImage() != picture, timeout=PATIENCE_MS)


def test_a_network_camera_is_cut_and_comes_back(qtbot: QtBot, window: MainWindow, mjpeg_server: MjpegServer) -> None:
    window.open_source(mjpeg_server.address)
    wait_for_a_face(qtbot, window)
    mjpeg_server.stop()
    qtbot.waitUntil(lambda: window.live.host.pipeline.status.state is State.WAITING, timeout=PATIENCE_MS)
    said = video(window).accessibleDescription
    qtbot.waitUntil(lambda: "127.0.0.1" in said(), timeout=PATIENCE_MS)
    mjpeg_server.start()
    qtbot.waitUntil(lambda: window.live.host.pipeline.status.state is State.RUNNING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: said() == "", timeout=PATIENCE_MS)
    assert window.preferences.recent == [mjpeg_server.address]


def test_a_broken_file_that_is_dropped_is_told_and_costs_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    broken = tmp_path / "not a video.mp4"
    broken.write_text("text")
    drop(window, broken)
    qtbot.waitUntil(lambda: "as a video or picture" in window.live.messages.text, timeout=PATIENCE_MS)
    assert says(window, "What should Mien look at?")
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    assert window.live.messages.text == ""


def test_a_source_that_a_broken_model_does_not_open_is_not_shown_as_open(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_source("demo")
    qtbot.waitUntil(lambda: window.live.host.pipeline is not None, timeout=PATIENCE_MS)

    def broken(name: str) -> cards.Card:
        raise MienError(f"The card of {name} is damaged.")

    monkeypatch.setattr(cards, "read_card", broken)
    window.open_source("demo:6")
    live = window.live
    assert "is damaged" in live.messages.text
    assert (live.sources.name, live.stack.currentWidget(), window.windowTitle()) == ("", live.start, "Mien")
    assert live.host.pipeline is None


def test_an_absent_camera_is_waited_for(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("97")
    said = video(window).accessibleDescription
    qtbot.waitUntil(lambda: "Camera 97 cannot be opened" in said(), timeout=PATIENCE_MS)


def test_snapshots_are_saved_and_copied(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mien_app.face_actions.snapshots.folder", lambda: tmp_path / "pictures")
    action(window.live, "Snapshot").trigger()
    assert "no face to save" in window.live.messages.text
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    action(window.live, "Snapshot").trigger()
    qtbot.waitUntil(lambda: window.live.messages.text.startswith("Saved"), timeout=PATIENCE_MS)
    saved = list((tmp_path / "pictures").glob("mien-*.png"))
    assert len(saved) == 1
    assert str(saved[0]) in window.live.messages.text
    button(window, "Copy").click()
    qtbot.waitUntil(lambda: window.live.messages.text == "Copied.", timeout=PATIENCE_MS)
    assert QGuiApplication.clipboard().image().width() > 1000


def test_settings_count_at_once_and_are_kept(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    dialog = window.live.settings_dialog
    named(dialog, QSpinBox, "Faces at most").setValue(2)
    wait_for(qtbot, window, "2 in view")
    named(dialog, QSlider, "Coverage").setValue(95)
    wait_for(qtbot, window, "Not sure")
    assert says(person(window), " or ")
    window.close()
    kept = Preferences(tmp_path / "settings.ini").settings()
    assert (kept.max_faces, kept.coverage) == (2, pytest.approx(0.95))


def test_the_limit_of_faces_is_said_and_counts_for_a_picture_that_is_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    picture = tmp_path / "six.png"
    cv2.imwrite(str(picture), DemoSource(6).draw(0.0))
    window.open_source(str(picture))
    wait_for(qtbot, window, "6 in view")
    field = named(window.live.settings_dialog, QSpinBox, "Faces at most")
    field.setValue(4)
    wait_for(qtbot, window, "4 in view")
    qtbot.waitUntil(lambda: says(window.live.status_bar, "4 of 6 faces"), timeout=PATIENCE_MS)
    assert says(window.live.status_bar, "640x480")
    field.setValue(7)
    wait_for(qtbot, window, "6 in view")
    qtbot.waitUntil(lambda: not says(window.live.status_bar, " of 6 faces"), timeout=PATIENCE_MS)


def test_mirroring_moves_picture_and_boxes(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    action(window.live, "Freeze").trigger()
    view, face = video(window), window.live.presenter.newest.recognition.predictions[0].face
    plain, picture = view.box(face), view.grab().toImage()
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert view.box(face).center().x() == pytest.approx(view.width() - plain.center().x(), abs=1.5)
    assert view.grab().toImage() != picture
    assert Preferences(tmp_path / "settings.ini").mirror


def test_another_runtime_goes_on_with_the_same_source(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    box = named(window.live.settings_dialog, QComboBox, "Compute with")
    box.setCurrentIndex(box.findData("torch"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: says(window.live.status_bar, "PyTorch"), timeout=PATIENCE_MS)
    assert named(window, QToolButton, "Source").text().startswith("Demo")


def test_a_picture_is_turned_while_it_is_open(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "lying.png"
    cv2.imwrite(str(picture), rotated(DemoSource(1).draw(0.0), 90))
    window.open_source(str(picture))
    wait_for_a_face(qtbot, window)
    named(window.live.settings_dialog, QComboBox, "Turn the picture").setCurrentText("270° clockwise")
    pipeline = window.live.host.pipeline
    assert pipeline is not None

    def upright() -> bool:
        result = pipeline.results.peek()
        return result is not None and result.captured.frame.image.shape == (480, 640, 3)

    qtbot.waitUntil(upright, timeout=PATIENCE_MS)
    wait_for_a_face(qtbot, window)
    window.close()
