"""The sound on the Review page. What stands in for the sound card is PortAudio's module; all else is the program's."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import shown_session
from tests.app.seen import PATIENCE_MS, named
from tests.core.video.clips import clock_sound

from mien_app.review.sound_player import why_silent
from mien_app.shell.window import MainWindow

COUNT, LATENCY_S = 480, 0.05


class SoundCard:
    """A module like sounddevice, whose card plays what it is given to nobody, and notes what was heard when."""

    PortAudioError = type("PortAudioError", (Exception,), {})

    def __init__(self) -> None:
        self.heard: list[tuple[float, float]] = []
        """The clock's time at which a block was heard, and the time that its first sample tells."""
        self.playing = 0

    def query_devices(self, kind: str) -> None:
        pass

    def OutputStream(self, *, samplerate: int, channels: int, dtype: str, callback: Callable) -> SimpleNamespace:
        ended = threading.Event()

        def run() -> None:
            samples = np.zeros((COUNT, channels), dtype)
            while not ended.wait(COUNT / samplerate):
                now = time.monotonic()
                callback(samples, COUNT, SimpleNamespace(currentTime=now, outputBufferDacTime=now + LATENCY_S), None)
                self.heard.append((now + LATENCY_S, 10 * float(samples[0, 0])))

        def start() -> None:
            self.playing += 1
            thread.start()

        def abort() -> None:
            ended.set()
            thread.join()
            self.playing -= 1

        thread = threading.Thread(target=run)
        return SimpleNamespace(start=start, abort=abort, close=lambda: None)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> SoundCard:
    made = SoundCard()
    monkeypatch.setitem(sys.modules, "sounddevice", made)
    return made


@pytest.mark.slow
def test_a_video_is_heard_in_step_with_its_picture(
    qtbot: QtBot, window: MainWindow, own_session: Path, sessions: Path, tmp_path: Path, card: SoundCard
) -> None:
    manifest, silent = own_session / "session.json", sessions / "two.mp4"
    spoken = clock_sound(tmp_path / "spoken.mov", 1.6, video=silent)
    manifest.write_text(manifest.read_text().replace(str(silent), str(spoken)))
    page = shown_session(qtbot, window, own_session)
    sound, playback = page.commands.sound, page.playback
    qtbot.waitUntil(sound.isEnabled, timeout=PATIENCE_MS)
    assert sound.isChecked()

    def off() -> list[float]:
        """How far the sound that was heard is from where the playhead then was, s; from the least."""
        began_s, at_s = playback._began
        return sorted(abs(began_s + clock_s - at_s - told_s) for clock_s, told_s in card.heard if told_s)

    def in_step() -> bool:  # but where the test's own thread was held up
        return len(off()) > 20 and off()[len(off()) * 9 // 10] < 0.08

    playback.toggle()
    qtbot.waitUntil(in_step, timeout=PATIENCE_MS)
    page.review.go(2)
    if not playback.playing:
        playback.toggle()
    card.heard.clear()
    qtbot.waitUntil(in_step, timeout=PATIENCE_MS)
    playback.pause()
    qtbot.waitUntil(lambda: card.playing == 0, timeout=PATIENCE_MS)
    speed = named(page.transport, QComboBox, "Speed")
    speed.setCurrentIndex(speed.findText("0.5\N{MULTIPLICATION SIGN}"))
    page.review.go(0)
    playback.toggle()
    qtbot.wait(100)
    assert card.playing == 0, "silent at other speeds"
    speed.setCurrentIndex(speed.findText("1\N{MULTIPLICATION SIGN}"))
    qtbot.waitUntil(lambda: card.playing == 1, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: card.playing == 0, timeout=PATIENCE_MS)
    assert not window.preferences.sound
    assert len(page.sound._ending) == 1, "what has ended keeps no sound in memory"
    shown_session(qtbot, window, sessions / "mp4")
    qtbot.waitUntil(lambda: "no sound" in sound.toolTip(), timeout=PATIENCE_MS)
    assert not sound.isEnabled()


def test_why_nothing_is_heard(tmp_path: Path, card: SoundCard, monkeypatch: pytest.MonkeyPatch) -> None:
    video = clock_sound(tmp_path / "clock.mov", 0.2)
    assert why_silent(video) == ""

    def none(kind: str) -> None:
        raise card.PortAudioError("Error querying device -1")

    monkeypatch.setattr(card, "query_devices", none)
    assert why_silent(video) == "This computer has no output for sound."
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    assert why_silent(video) == 'Sound needs a library that is not installed. In Mien\'s folder: pip install ".[sound]"'
    assert why_silent(None) == "This video has no sound."
