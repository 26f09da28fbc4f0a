import pytest
from pytestqt.qtbot import QtBot

from mien.sources import Camera
from mien_app.shell.window import MainWindow


def test_what_a_camera_is_asked_for_is_remembered_by_its_name(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, opened = window.live, []
    monkeypatch.setattr(live.host, "open", lambda address, *_: opened.append(address))
    size, rate = live.settings_dialog.camera_size, live.settings_dialog.camera_rate
    assert not size.isEnabled()
    assert size.toolTip().endswith("Open one first.")
    live.sources.cameras = [Camera(0, "Left/right"), Camera(1, "Other")]
    window.open_source("0")
    assert size.isEnabled()
    size.setCurrentText("1280x720")
    size.activated.emit(0)
    rate.setCurrentText("60 fps")
    rate.activated.emit(0)
    window.open_source("1")
    assert (size.currentText(), rate.currentText()) == ("Automatic", "Automatic")
    live.sources.cameras = [Camera(3, "Left/right")]  # in another socket
    window.open_source("3")
    assert (size.currentText(), rate.currentText()) == ("1280x720", "60 fps")
    window.open_source("3:800x600")  # for this once
    assert size.currentText() == "800x600"
    live.recording.changed.emit(True)
    assert not rate.isEnabled()
    assert not live.settings_dialog.rotation.isEnabled()  # it would end the recording
    live.recording.changed.emit(False)
    assert live.settings_dialog.rotation.isEnabled()
    window.open_source("demo")
    assert not rate.isEnabled()
    assert opened == ["0", "0:1280x720", "0:1280x720:60", "1", "3:1280x720:60", "3:800x600", "demo"]
