import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.models.cards import read_card
from mien.recognition.recognizer import Recognizer
from mien.session.folder import RECORDED_VIDEO, UNFINISHED
from mien.session.recorder import Recorder
from mien.session.recovery import is_unfinished_recording, recover
from mien.session.session import Session
from mien.types import Frame, Recognition
from mien.video import VideoFile

HEEDS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""What a shell starts in the background ignores it, and so do its children."""
CRASH = """
import sys, time
from pathlib import Path
from mien.live.pipeline import LivePipeline
from mien.recognition.recognizer import Recognizer
from mien.session.recorder import Recorder
folder, model = sys.argv[1:]
pipeline = LivePipeline("demo:2", lambda: Recognizer(model))
while pipeline.card is None or pipeline.results.peek() is None:
    time.sleep(0.05)
pipeline.recorder = Recorder(Path(folder), pipeline.card, source="Demo", runs_on=pipeline.runs_on)
while True:
    print(pipeline.recorder.seconds if pipeline.recorder.classified > 1 else 0.0, flush=True)
    time.sleep(0.05)
"""


def wait_for(condition: Callable[[], object], patience_s: float = 60.0) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_recording_becomes_a_session(model_path: str, tmp_path: Path) -> None:
    pipeline = LivePipeline("demo:2", lambda: Recognizer(model_path))
    wait_for(lambda: pipeline.results.peek() is not None)
    assert pipeline.card is not None
    recorder = Recorder(tmp_path / "r", pipeline.card, source="Demo", runs_on=pipeline.runs_on)
    pipeline.recorder = recorder
    wait_for(lambda: recorder.seconds > 1.6 and recorder.faces > 10)
    with pytest.raises(MienError, match="still being recorded"):
        recover(tmp_path / "r")
    moment_s = time.perf_counter() - 1
    for note in ("bell", "light"):
        recorder.keep_marker(pipeline.source_time(moment_s) or 0.0, note)
    recorder.keep_marker(-1.0, "before the recording")
    pipeline.recorder = None
    recorder.stop()
    recorder.join(30)
    pipeline.stop()
    pipeline.join()
    assert not recorder.error
    assert not recorder.alive
    session = Session(tmp_path / "r")
    bell, light = session.edits.markers
    assert (bell.note, light.note) == ("bell", "light")
    assert 0 < bell.time_s < light.time_s < recorder.seconds
    counts = session.manifest.counts
    assert session.manifest.recorded
    assert counts["frames"] == recorder.frames > 20
    assert len(session.frame_times) == counts["read"] == recorder.classified
    assert session.people()
    assert (counts["left_out"], counts["most_faces"]) == (0, 2)
    with VideoFile(tmp_path / "r" / RECORDED_VIDEO) as video:
        assert session.manifest.input.codec == video.codec
        times = []
        while (frame := video.read()) is not None:
            times.append(frame.time_s)
    assert len(times) == counts["frames"]
    # Each row's time is that of its frame in the video.
    assert np.array(times)[session.frame_numbers] == pytest.approx(session.frame_times, abs=1e-3)
    assert not (tmp_path / "r" / UNFINISHED).exists()
    with pytest.raises(MienError, match="there already"):
        Recorder(tmp_path / "r", read_card(model_path), source="Demo", runs_on="")


def test_a_recordings_rate_and_counts_are_those_of_its_frames(model_path: str, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "r", read_card(model_path), source="Demo", runs_on="")
    for index in range(5):
        frame = Frame(index, 7 + index / 10, np.zeros((48, 64, 3), np.uint8))
        recorder.add_frame(frame)
        for _ in range(2):  # one that is recognised again has its rows already
            recorder.add_recognition(frame, Recognition(index, frame.time_s, (), (), low_score=2))
    recorder.stop()
    recorder.join(30)
    assert recorder.error == ""
    assert recorder.classified == 5
    made = Session(tmp_path / "r").manifest
    assert made.input.fps == pytest.approx(10)
    assert made.counts["low_score"] == 10


def test_a_recording_without_a_picture_leaves_nothing(model_path: str, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "r", read_card(model_path), source="Demo", runs_on="")
    recorder.stop()
    recorder.join(30)
    assert recorder.error == "Nothing was recorded: no picture came."
    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_ends_before_its_first_prediction_leaves_its_video(model_path: str, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "r", read_card(model_path), source="Demo", runs_on="")
    recorder.add_frame(Frame(0, 0.0, np.zeros((48, 64, 3), np.uint8)))
    wait_for(lambda: is_unfinished_recording(tmp_path / "r"))
    shutil.copytree(tmp_path / "r", tmp_path / "crashed")
    recorder.stop()
    recorder.join(30)
    assert "before anything was classified" in recorder.error
    with pytest.raises(MienError, match="Analyse its video"):
        recover(tmp_path / "crashed")
    for folder in (tmp_path / "r", tmp_path / "crashed"):
        assert [path.name for path in folder.iterdir()] == [RECORDED_VIDEO]


@pytest.mark.slow
def test_a_crash_loses_little_of_a_recording(model_path: str, tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    command = [sys.executable, "-c", CRASH, str(folder), model_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        recorded = 0.0
        while recorded < 6.0:
            recorded = float(process.stdout.readline())
        with pytest.raises(MienError, match="still being recorded"):
            recover(folder)  # from another process
        process.kill()
    assert is_unfinished_recording(folder)
    made = recover(folder)
    assert made.recorded
    session = Session(folder)
    most_s = 3.0  # half a second; more only where the disk or the cores are busy
    assert recorded - session.frame_times[-1] < most_s
    with VideoFile(folder / RECORDED_VIDEO) as video:
        last = 0.0
        while (frame := video.read()) is not None:
            last = frame.time_s
    assert recorded - last < most_s
    with pytest.raises(MienError, match="no unfinished recording"):
        recover(folder)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs a signal that one process sends to another")
def test_a_script_that_is_interrupted_ends_in_order(model_path: str, tmp_path: Path) -> None:
    folder = tmp_path / "interrupted"
    command = [sys.executable, "-c", HEEDS_CTRL_C + CRASH, str(folder), model_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while float(process.stdout.readline()) < 0.2:
            pass
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode in (1, -signal.SIGINT)  # nothing aborts it
    assert not is_unfinished_recording(folder)
    assert Session(folder).frame_times[-1] > 0


def test_a_full_disk_ends_the_recording_and_says_so(model_path: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        recorder = Recorder(disk / "r", read_card(model_path), source="Demo", runs_on="")
        noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)
        for i in range(2000):
            recorder.add_frame(Frame(i, i / 25, np.roll(noise, i, 1)))
            time.sleep(0.01)
            if not recorder.alive:
                break
        recorder.join(30)
        assert "No space left" in recorder.error
        assert f"What was written is in {disk / 'r'}" in recorder.error
        assert json.loads((disk / "r" / UNFINISHED / "progress.json").read_bytes())["counts"]["frames"] > 0
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_slow_disk_drops_frames_and_counts_them(
    model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mien.session import recorder as module

    written = module.VideoWriter.write

    def slow(self: module.VideoWriter, image: np.ndarray, time_s: float) -> None:  # type: ignore[type-arg]
        time.sleep(0.02)
        written(self, image, time_s)

    monkeypatch.setattr(module.VideoWriter, "write", slow)
    recorder = Recorder(tmp_path / "r", read_card(model_path), source="Demo", runs_on="")
    for i in range(100):
        recorder.add_frame(Frame(i, i / 25, np.zeros((120, 160, 3), np.uint8)))
    recorder.stop()
    recorder.join(30)
    assert recorder.frames + recorder.dropped == 100
    assert recorder.dropped > 50
    with av.open(str(tmp_path / "r" / RECORDED_VIDEO)) as container:
        assert sum(1 for _ in container.decode(video=0)) == recorder.frames
