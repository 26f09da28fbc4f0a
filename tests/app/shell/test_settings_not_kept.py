from pathlib import Path

from pytestqt.qtbot import QtBot

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def test_settings_that_cannot_be_written_are_told(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    preferences = Preferences(tmp_path / "file" / "settings.ini")
    preferences.welcomed = True
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    assert "holds until Mien is closed" in window.live.messages.text
    assert str(preferences.path) in window.live.messages.text
    window.live.messages.hide()
    window.live.settings_dialog.open()
    window.live.settings_dialog.close()
    assert window.live.messages.text
    window.close_now()


def test_settings_that_can_be_written_are_not_spoken_of(window: MainWindow) -> None:
    window.live.settings_dialog.open()
    window.live.settings_dialog.close()
    assert not window.live.messages.past
