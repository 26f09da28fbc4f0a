"""Markers of a stimulus program, from the field in Settings to the session that is recorded."""

import sys
import threading
from pathlib import Path
from typing import Any

import pylsl
import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.live.test_recording import lasts
from tests.app.seen import PATIENCE_MS, named
from tests.core.sending.stimuli import stimulus_program

from mien.errors import MienError
from mien.sending import markers
from mien.session.session import Session
from mien_app.shell.window import MainWindow


def enter(window: MainWindow, name: str) -> QLineEdit:
    field = named(window.live.settings_dialog, QLineEdit, "Markers")
    field.setText(name)
    field.editingFinished.emit()
    return field


@pytest.mark.slow
def test_they_are_received_from_when_a_stream_is_named_and_kept_while_it_records(
    qtbot: QtBot, window: MainWindow
) -> None:
    recording, messages = window.live.recording, window.live.messages
    window.open_source("demo")
    assert enter(window, " window-stimuli ").text() == "window-stimuli"
    with stimulus_program("window-stimuli") as push:
        qtbot.waitUntil(lambda: "Markers come from window-stimuli" in messages.text, timeout=PATIENCE_MS)
        qtbot.waitUntil(recording.action.isEnabled, timeout=PATIENCE_MS)
        push("before", pylsl.local_clock())
        began_s = pylsl.local_clock()
        recording.action.trigger()
        qtbot.waitUntil(lambda: lasts(window, 1), timeout=PATIENCE_MS)
        pushed_s = pylsl.local_clock()
        push("picture 1", pushed_s)
        qtbot.waitUntil(lambda: lasts(window, 2), timeout=PATIENCE_MS)
        recording.action.trigger()
        qtbot.waitUntil(lambda: "Recorded" in messages.text, timeout=PATIENCE_MS)
    (folder,) = Path(window.preferences.sessions_folder).iterdir()
    ((time_s, note),) = [(marker.time_s, marker.note) for marker in Session(folder).edits.markers]
    assert note == "picture 1"
    assert 0.9 < time_s < pushed_s - began_s + 0.1
    enter(window, "")
    qtbot.waitUntil(lambda: "mien-markers" not in mien_threads(), timeout=PATIENCE_MS)
    window.close_now()


def test_a_library_that_is_missing_is_said(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mien.sending.markers", None)
    field = enter(window, "stimuli")
    qtbot.waitUntil(lambda: 'pip install ".[lsl]"' in window.live.messages.text, timeout=PATIENCE_MS)
    assert field.text() == ""


def test_a_stream_that_fails_after_another_was_named_ends_nothing(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, may_fail = markers.MarkerInlet, threading.Event()

    def slow(name: str, *rest: Any) -> Any:
        if name != "first":
            return real(name, *rest)
        may_fail.wait()
        raise MienError("too late")

    monkeypatch.setattr(markers, "MarkerInlet", slow)
    enter(window, "first")
    field = enter(window, "second")
    may_fail.set()
    qtbot.waitUntil(lambda: "mien-markers" in mien_threads(), timeout=PATIENCE_MS)
    window.background.wait()
    assert field.text() == "second"
    assert window.live.messages.text == ""
