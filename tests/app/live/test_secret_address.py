import logging
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot
from tests.app.live.test_recording import lasts
from tests.app.seen import PATIENCE_MS, texts
from tests.app.watching import wait_for_a_face
from tests.mjpeg import MjpegServer

from mien.live.state import State
from mien_app.shell.window import MainWindow


def shown(window: MainWindow) -> str:
    """All that the window says, to eyes and to screen readers."""
    words = [window.windowTitle(), *texts(window), *window.preferences.recent]
    for widget in window.findChildren(QWidget):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        text = getattr(widget, "text", "")
        words.append(text() if callable(text) else text)
        words += [action.text() for action in widget.actions()]
    return "\n".join(words)


@pytest.mark.slow
def test_a_cameras_password_is_neither_shown_nor_written(
    qtbot: QtBot,
    window: MainWindow,
    mjpeg_server: MjpegServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    typed = mjpeg_server.address.replace("http://", "me:secret@") + "?pwd=secret"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (typed, True))
    window.live.sources.ask_address()
    wait_for_a_face(qtbot, window)
    recording = window.live.recording
    qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
    recording.action.trigger()
    qtbot.waitUntil(lambda: lasts(window, 1), timeout=PATIENCE_MS)
    mjpeg_server.stop()
    qtbot.waitUntil(lambda: window.live.host.pipeline.status.state is State.WAITING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "127.0.0.1" in shown(window), timeout=PATIENCE_MS)
    window.live.sources._fill()
    assert "secret" not in shown(window)
    window.close_now()
    window.preferences.write()
    assert list(tmp_path.glob("sessions/*/session.json"))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"secret" in path.read_bytes()] == []
    assert "secret" not in caplog.text
