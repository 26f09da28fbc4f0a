import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QSlider, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import action, button, named, says, texts
from tests.mjpeg import MjpegServer

from mien.live.state import State
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets.dialogs import AboutModel, KeySheet
from mien_app.widgets.video_view import VideoView

PATIENCE_MS = 60_000


def person(window: MainWindow) -> QWidget:
    """The Live page's panel of the selected person."""
    return named(window.live, QWidget, "Selected person")


def wait_for(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Until it stands in the selected person's panel."""
    qtbot.waitUntil(lambda: says(person(window), text), timeout=PATIENCE_MS)


def wait_for_a_face(qtbot: QtBot, window: MainWindow) -> None:
    wait_for(qtbot, window, "px")


def video(window: MainWindow) -> VideoView:
    return named(window.live, VideoView, "Video")


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


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


def test_the_first_start_says_what_mien_is(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "new.ini")
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    assert says(window, "Welcome to Mien")
    button(window, "I understand").click()
    assert says(window, "What should Mien look at?")
    window.close()
    again = MainWindow(model_path, Preferences(tmp_path / "new.ini"))
    qtbot.addWidget(again)
    again.show()
    assert says(again, "What should Mien look at?")
    again.close()


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
    qtbot.waitUntil(lambda: "127.0.0.1" in said(), timeout=5000)
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


def test_an_absent_camera_is_waited_for(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("97")
    said = video(window).accessibleDescription
    qtbot.waitUntil(lambda: "Camera 97 cannot be opened" in said(), timeout=PATIENCE_MS)


def test_closing_while_the_model_is_loading(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    window.close()
    assert mien_threads() == []


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


def test_about_the_model_and_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    named(window.live, QComboBox, "Model").setCurrentText("light")
    qtbot.keyClick(window, Qt.Key.Key_A)
    sheet = window.live.findChild(AboutModel)
    assert says(sheet, "FER2013Valid")
    assert says(sheet, "AI Act")
    sheet.close()
    action(window, "Keys").trigger()
    assert {"Space", "F", "[", "]", "D", "?"} <= set(texts(window.findChild(KeySheet)))


def test_every_control_has_a_name_and_a_tip(window: MainWindow) -> None:
    kinds = (QAbstractButton, QComboBox, QSlider, QSpinBox)
    whole = (*window.rail.findChildren(QWidget), *window.live.findChildren(QWidget))  # with its dialogs
    controls = [widget for widget in whole if isinstance(widget, kinds) and not widget.isHidden()]
    assert len(controls) > 30
    for control in controls:
        read_out = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert read_out or control.objectName().startswith("qt_"), (control, control.toolTip())
    for control in (one for kind in kinds for one in window.live.top.findChildren(kind)):
        assert control.accessibleName()
        assert control.toolTip()
    assert [page.accessibleName() for page in (window.live, window.train)] == ["Live", "Train"]


def test_the_layout_is_kept(qtbot: QtBot, model_path: str, preferences: Preferences) -> None:
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    window.live.docks["timeline"].close()
    window.close()
    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    assert not again.live.docks["timeline"].isVisible()
    assert again.live.docks["person"].isVisible()
    again.close()


def test_light_and_dark_are_chosen_and_kept(window: MainWindow) -> None:
    box = named(window.live.settings_dialog, QComboBox, "Appearance")
    shades = {}
    for name in ("dark", "light"):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        shades[name] = window.palette().window().color().lightness()
        assert window.live.grab().toImage().pixelColor(3, 3).lightness() == shades[name]
    assert shades["dark"] < 60 < 200 < shades["light"]
    assert window.preferences.appearance == "light"


def test_two_windows_share_the_look_and_nothing_else(
    qtbot: QtBot, window: MainWindow, model_path: str, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "other.ini")
    preferences.welcomed = True
    other = MainWindow("light", preferences)
    qtbot.addWidget(other)
    other.show()
    window.open_source("demo:2")
    other.open_source("demo")
    wait_for(qtbot, window, "2 in view")
    wait_for_a_face(qtbot, other)
    assert not says(person(other), "in view")
    assert (window.live.presenter.newest.model, other.live.presenter.newest.model) == ("untrained", "light")
    box = named(other.live.settings_dialog, QComboBox, "Appearance")
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert max(one.palette().window().color().lightness() for one in (window, other)) < 60
    assert (window.preferences.appearance, preferences.appearance) == ("system", "dark")
    third = MainWindow(model_path, Preferences(tmp_path / "third.ini"))
    qtbot.addWidget(third)
    assert other.palette().window().color().lightness() < 60  # another window does not undo it
    other.close()
    shown = window.live.presenter
    before = shown.newest
    qtbot.waitUntil(lambda: shown.newest is not before, timeout=PATIENCE_MS)
    for one in (third, window):
        one.close()
    assert mien_threads() == []


def test_full_screen_is_the_video_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    docks = window.live.docks
    docks["timeline"].close()
    qtbot.keyClick(window, Qt.Key.Key_F)
    around = (*docks.values(), window.live.top, window.live.status_bar, window.rail)
    assert not any(widget.isVisible() for widget in around)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert [name for name, dock in docks.items() if dock.isVisible()] == ["person", "resizer"]
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
    assert "no card" in window.live.messages.text
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
