import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.mjpeg import MjpegServer

from mien.live.pipeline import State
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow

PATIENCE_MS = 60_000


def wait_for_a_face(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: "px" in window.live.face._who.text(), timeout=PATIENCE_MS)


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


def test_the_demo_by_its_key_and_closing_leaves_no_thread(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_D)
    wait_for_a_face(qtbot, window)
    assert window.live.stack.currentWidget() is window.live.video
    assert window.live.sources.name == "Demo"
    assert window.live.resizer._pictures[1].pixmap().width() > 0
    qtbot.waitUntil(
        lambda: "fps" in window.live.figures.text and "CPU" in window.live.figures.text, timeout=PATIENCE_MS
    )
    window.close()
    assert mien_threads() == []


def test_the_first_start_says_what_mien_is(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "new.ini")
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    assert window.live.stack.currentWidget() is window.live.welcome
    window.live.welcome.accepted.emit()
    assert window.live.stack.currentWidget() is window.live.start
    window.close()
    again = MainWindow(model_path, Preferences(tmp_path / "new.ini"))
    qtbot.addWidget(again)
    assert again.live.stack.currentWidget() is again.live.start
    again.close()


def test_source_and_model_are_switched_while_running(qtbot: QtBot, window: MainWindow, model_path: str) -> None:
    window.open_source("demo:6")
    qtbot.waitUntil(lambda: "6 in view" in window.live.face._who.text(), timeout=PATIENCE_MS)
    first = window.live.player.pipeline
    window.open_source("demo")
    second = window.live.player.pipeline
    assert second is not first
    wait_for_a_face(qtbot, window)
    assert "in view" not in window.live.face._who.text()
    window.live.top.models.setCurrentText("light")
    window.live.top.models.activated.emit(0)
    reading = window.live.reading
    qtbot.waitUntil(lambda: reading.newest is not None and reading.newest.model == "light", timeout=PATIENCE_MS)
    assert window.live.player.pipeline is second
    assert window.preferences.model == "light"
    window.close()
    assert mien_threads() == []


def test_a_person_is_selected_by_click_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo:6")
    qtbot.waitUntil(lambda: "6 in view" in window.live.face._who.text(), timeout=PATIENCE_MS)
    window.live.freeze.trigger()
    result = window.live.reading.newest.recognition
    other = next(p for p in result.predictions if p.track_id != window.live.reading.selection.track)
    view = window.live.video
    middle = view._box(other.face, view._frame, view._place(view._frame)).center().toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: window.live.face._who.text().startswith(f"Person {other.track_id} "), timeout=5000)
    tracks = sorted(p.track_id for p in result.predictions)
    expected = tracks[(tracks.index(other.track_id) + 1) % len(tracks)]
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    qtbot.waitUntil(lambda: window.live.face._who.text().startswith(f"Person {expected} "), timeout=5000)


def test_freezing_holds_the_picture(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.live.freeze.isChecked()
    held = window.live._shown_frame
    assert window.live.video._frame is window.live.reading.newest.captured.frame
    pipeline = window.live.player.pipeline
    qtbot.waitUntil(lambda: pipeline.frames.peek().frame.index > held + 10, timeout=PATIENCE_MS)
    assert window.live._shown_frame == held
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.live._shown_frame > held, timeout=PATIENCE_MS)


def test_a_network_camera_is_cut_and_comes_back(qtbot: QtBot, window: MainWindow, mjpeg_server: MjpegServer) -> None:
    window.open_source(mjpeg_server.address)
    wait_for_a_face(qtbot, window)
    mjpeg_server.stop()
    qtbot.waitUntil(lambda: window.live.player.pipeline.status.state is State.WAITING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "127.0.0.1" in window.live.video._text, timeout=5000)
    mjpeg_server.start()
    qtbot.waitUntil(lambda: window.live.player.pipeline.status.state is State.RUNNING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.live.video._text == "", timeout=PATIENCE_MS)
    assert window.preferences.recent == [mjpeg_server.address]


def test_a_broken_file_that_is_dropped_is_told_and_costs_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    broken = tmp_path / "not a video.mp4"
    broken.write_text("text")
    drop(window, broken)
    qtbot.waitUntil(lambda: "no video or picture" in window.live.banner.text, timeout=PATIENCE_MS)
    assert window.live.stack.currentWidget() is window.live.start
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    assert window.live.banner.text == ""


def test_an_absent_camera_is_waited_for(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("97")
    qtbot.waitUntil(lambda: "Camera 97 cannot be opened" in window.live.video._text, timeout=PATIENCE_MS)


def test_closing_while_the_model_is_loading(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    window.close()
    assert mien_threads() == []


def test_snapshots_are_saved_and_copied(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mien_app.face_actions.snapshots.folder", lambda: tmp_path / "pictures")
    window.live.snapshot.trigger()
    assert "no face to save" in window.live.banner.text
    window.open_source("demo:6")
    qtbot.waitUntil(lambda: "6 in view" in window.live.face._who.text(), timeout=PATIENCE_MS)
    window.live.snapshot.trigger()
    qtbot.waitUntil(lambda: window.live.banner.text.startswith("Saved"), timeout=PATIENCE_MS)
    saved = list((tmp_path / "pictures").glob("mien-*.png"))
    assert len(saved) == 1
    assert str(saved[0]) in window.live.banner.text
    window.live.resizer.copy.emit()
    qtbot.waitUntil(lambda: window.live.banner.text == "Copied.", timeout=PATIENCE_MS)
    assert QGuiApplication.clipboard().image().width() > 1000


def test_settings_count_at_once_and_are_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo:6")
    qtbot.waitUntil(lambda: "6 in view" in window.live.face._who.text(), timeout=PATIENCE_MS)
    panel = window.live.panel
    panel.faces.setValue(2)
    qtbot.waitUntil(lambda: "2 in view" in window.live.face._who.text(), timeout=PATIENCE_MS)
    panel.coverage.value = 0.95
    qtbot.waitUntil(lambda: window.live.face._expression.text() == "Not sure", timeout=PATIENCE_MS)
    assert " or " in window.live.face._hint.text()
    window.close()
    kept = Preferences(Path(window.preferences._store.fileName())).settings()
    assert (kept.max_faces, kept.coverage) == (2, pytest.approx(0.95))


def test_mirroring_moves_picture_and_boxes(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    window.live.freeze.trigger()
    view = window.live.video
    face, frame = window.live.reading.newest.recognition.predictions[0].face, view._frame
    place = view._place(frame)
    plain = view._box(face, frame, place)
    window.live.panel.mirror.setChecked(True)
    mirrored = view._box(face, frame, place)
    assert mirrored.center().x() == pytest.approx(2 * place.center().x() - plain.center().x(), abs=1.5)
    assert Preferences(Path(window.preferences._store.fileName())).mirror


def test_another_runtime_goes_on_with_the_same_source(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    box = window.live.panel.runtime
    box.setCurrentIndex(box.findData("torch"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: "PyTorch" in window.live.figures.text, timeout=PATIENCE_MS)
    assert window.live.sources.name == "Demo"


def test_about_the_model_and_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtWidgets import QLabel

    from mien_app.widgets.dialogs import AboutModel, KeySheet

    window.live.top.models.setCurrentText("light")
    window.live._about()
    sheet = window.live.findChild(AboutModel)
    texts = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "FER2013Valid" in texts
    assert "AI Act" in texts
    window._show_keys()
    keys = [label.text() for label in window.findChild(KeySheet).findChildren(QLabel)]
    assert {"Space", "F", "[", "]", "D", "?"} <= set(keys)


def test_every_control_has_a_name_and_a_tip(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    controls = [*window.live.top.findChildren(QAbstractButton), *window.live.top.findChildren(QComboBox)]
    assert len(controls) >= 6
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()


def test_the_layout_is_kept(qtbot: QtBot, model_path: str, preferences: Preferences) -> None:
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    window.live.docks[2].close()
    window.close()
    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    assert not again.live.docks[2].isVisible()
    assert again.live.docks[0].isVisible()
    again.close()


def test_light_and_dark_are_chosen_and_kept(window: MainWindow) -> None:
    box = window.live.panel.appearance
    shades = {}
    for name in ("dark", "light"):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        shades[name] = window.palette().window().color().lightness()
        assert window.live.grab().toImage().pixelColor(3, 3).lightness() == shades[name]
    assert shades["dark"] < 60 < 200 < shades["light"]
    assert window.preferences.appearance == "light"


def test_full_screen_is_the_video_alone(window: MainWindow) -> None:
    window.open_source("demo")
    window.live.docks[2].close()
    window._toggle_full_screen()
    assert not any(widget.isVisible() for widget in (*window.live.docks, window.live.top, window.live.figures))
    window._show_full_screen(False)
    assert [dock.isVisible() for dock in window.live.docks] == [True, True, False]
    assert window.live.top.isVisible()


def test_a_model_whose_card_is_gone_is_told(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), tmp_path / f"mine{suffix}")
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.welcomed, preferences.model = True, str(tmp_path / "mine.json")
    window = MainWindow("", preferences)
    qtbot.addWidget(window)
    assert window.live.model == str(tmp_path / "mine.json")
    (tmp_path / "mine.json").unlink()
    window.open_source("demo")
    assert "no card" in window.live.banner.text
    window.close()
    again = MainWindow("", preferences)
    qtbot.addWidget(again)
    assert again.live.model == "light"
    again.close()


def test_passwords_of_cameras_are_not_kept(preferences: Preferences) -> None:
    preferences.add_recent("rtsp://me:secret@camera/1")
    preferences.add_recent("/films/a.mp4")
    preferences.add_recent("/films/b.mp4")
    preferences.add_recent("/films/a.mp4")
    assert preferences.recent == ["/films/a.mp4", "/films/b.mp4"]


def test_the_window_needs_no_pytorch_before_a_model_does() -> None:
    # It takes seconds to import, and 300 MB.
    said = "import sys, mien_app.shell.window; print([name for name in ('torch', 'timm') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
