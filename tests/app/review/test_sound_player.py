"""The sound in step with the playhead, without a loudspeaker: the test asks for it as one would."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS
from tests.core.video.clips import clock_sound

from mien.errors import MienError
from mien.video.sound import RATE
from mien_app.review.sound_player import Fill, Loudspeaker, SoundPlayer

COUNT, AHEAD_S = 480, 0.05


class Recorder:
    """In place of a loudspeaker."""

    def __init__(self, fill: Fill) -> None:
        self.fill, self.closed = fill, False

    def close(self) -> None:
        self.closed = True


def test_the_sound_is_cut_to_the_playhead(qtbot: QtBot, tmp_path: Path) -> None:
    path = clock_sound(tmp_path / "clock.mov", 6, 44_100)
    now, outputs = [1.0], []
    player = SoundPlayer(path, lambda: now[0], pytest.fail, lambda fill: outputs.append(Recorder(fill)) or outputs[0])
    qtbot.waitUntil(lambda: bool(outputs), timeout=PATIENCE_MS)

    def heard() -> np.ndarray:
        """The times that are heard at the playhead, s."""
        return outputs[0].fill(COUNT, AHEAD_S)[:, 0].astype(float) * 10

    def off() -> float:
        return float(heard()[0]) - (now[0] + AHEAD_S)

    qtbot.waitUntil(lambda: abs(off()) < 0.041, timeout=PATIENCE_MS)
    before = heard()
    for _ in range(100):
        now[0] += COUNT / RATE
        after = heard()
        assert after[0] - before[-1] == pytest.approx(1 / RATE, abs=0.004), "a gap between two pieces"
        assert np.diff(after) == pytest.approx(1 / RATE, abs=0.004)
        before = after
        qtbot.wait(1)
    now[0] += 0.035  # the clocks of picture and sound differ
    assert heard()[0] - before[-1] == pytest.approx(1 / RATE, abs=0.004)
    now[0] += 0.035
    assert abs(off()) < 0.041, "it jumps after the picture"
    for place in (4.0, 0.5):
        now[0] = place
        qtbot.waitUntil(lambda: abs(off()) < 0.041, timeout=PATIENCE_MS)
    now[0] = 5.99
    qtbot.waitUntil(lambda: not heard().any(), timeout=PATIENCE_MS)
    now[0] = 3.0
    qtbot.waitUntil(lambda: abs(off()) < 0.041, timeout=PATIENCE_MS)
    player.stop()
    assert not heard().any(), "silent at once"
    player.wait()
    assert outputs[0].closed


def test_what_cannot_be_played_is_one_line(tmp_path: Path) -> None:
    path, told = tmp_path / "text.mp4", []
    path.write_text("no video")
    SoundPlayer(path, lambda: 0.0, told.append, Recorder).wait()
    assert told == [f"{path} cannot be read as a video or picture."]


def test_a_loudspeaker_that_does_not_start_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        open = False

        def __init__(self, **_: object) -> None:
            Stream.open = True

        def start(self) -> None:
            raise OSError("Device unavailable")

        def close(self) -> None:
            Stream.open = False

    card = SimpleNamespace(OutputStream=Stream, PortAudioError=OSError)
    monkeypatch.setitem(sys.modules, "sounddevice", card)
    with pytest.raises(MienError, match="Device unavailable"):
        Loudspeaker(lambda count, _: np.zeros((count, 2), np.float32))
    assert not Stream.open
