"""What nobody foresaw ends one file; two processes do not work in one folder."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from tests.core.session.tables import TABLES

from mien.analysis import analyse
from mien.analysis.batch import analyse_all
from mien.analysis.frame_selection import FrameSelection
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import AnalysisQueue, ItemState
from mien.cli.main import main
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer, TrackedFrame
from mien.session.folder import UNFINISHED
from mien.types import Frame
from mien.utils.lock import NAME, locked

# A program in which reading a file called `bad` meets an error that nobody foresaw.
BROKEN = """
import sys
from mien.analysis import frame_selection
from mien.cli.main import main
made = frame_selection.FrameSelection.__init__
def init(self, path, options):
    if path.stem == "bad":
        raise ZeroDivisionError("of the reader")
    made(self, path, options)
frame_selection.FrameSelection.__init__ = init
sys.exit(main(sys.argv[1:]))
"""


def test_the_next_file_is_analysed_and_the_traceback_is_in_the_log(
    demo_video: Path, model_path: str, tmp_path: Path
) -> None:
    for name in ("a", "bad", "c"):
        shutil.copy(demo_video, tmp_path / f"{name}.mp4")
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_STATE_HOME": str(tmp_path / "state")}
    words = ["analyze", *(str(tmp_path / f"{name}.mp4") for name in ("a", "bad", "c")), "--model", model_path]
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, *words, "--end", "0.3", "--out", str(tmp_path / "out")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if "bad" in line]
    assert len(lines) == 1
    assert lines[0].startswith("mien: bad.mp4: Something unexpected went wrong (ZeroDivisionError: of the reader).")
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "c"]
    log = next((tmp_path / "state").rglob("mien.log"), None)
    if sys.platform == "linux":
        assert log is not None
        assert "Traceback" in log.read_text()
        assert "ZeroDivisionError: of the reader" in log.read_text()
        assert str(log) in lines[0]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("decoding", KeyError("x")),
        ("tracking", RecursionError("deep")),
        ("finishing", MemoryError()),
        ("finishing", AssertionError("\x1b[2J")),
    ],
    ids=str,
)
def test_so_it_is_at_every_step(
    step: str,
    error: Exception,
    model_path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chunks, track, finish = FrameSelection.chunks, Recognizer.detect_and_track, analyse.finish

    def decoded(self: FrameSelection) -> Iterator[list[Frame]]:
        if (step, self.path.stem) == ("decoding", "bad"):
            raise error
        return chunks(self)

    def tracked(self: Recognizer, frame: Frame) -> TrackedFrame:
        if step == "tracking" and not frame.image.any():
            raise error
        return track(self, frame)

    def finished(folder: Path, *others: Any) -> None:
        if (step, folder.name) == ("finishing", "bad"):
            raise error
        finish(folder, *others)

    monkeypatch.setattr(FrameSelection, "chunks", decoded)
    monkeypatch.setattr(Recognizer, "detect_and_track", tracked)
    monkeypatch.setattr(analyse, "finish", finished)
    for name in ("a", "bad", "c"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((64, 64, 3), 90 * (name != "bad"), np.uint8))
    files = [str(tmp_path / f"{name}.png") for name in ("a", "bad", "c")]
    assert main(["analyze", *files, "--model", model_path, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"mien: bad.png: Something unexpected went wrong ({type(error).__name__}")
    assert said.count("\n") == 1
    finished_ones = [path.parent.name for path in (tmp_path / "out").glob("*/session.json")]
    assert sorted(finished_ones) == ["a", "c"]


@pytest.mark.slow
def test_a_second_process_is_refused_at_once(demo_video: Path, model_path: str, session: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mien", "analyze", str(demo_video), "--model", model_path, "--out", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        while not (tmp_path / demo_video.stem / UNFINISHED).is_dir():
            assert first.poll() is None
            time.sleep(0.01)
        second = subprocess.run([*words, "--replace"], capture_output=True, text=True, check=False)
        assert first.poll() is None
        assert second.returncode == 2
        assert second.stderr.startswith(f"mien: {tmp_path} is in use by another analysis.")
        assert second.stderr.count("\n") == 1
        assert first.wait() == 0
    for name in TABLES:
        assert (tmp_path / demo_video.stem / name).read_bytes() == (session / name).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [demo_video.stem]


def test_the_windows_queue_and_the_library_respect_it_too(demo_video: Path, model_path: str, tmp_path: Path) -> None:
    job, options = Job(demo_video, tmp_path / "s"), AnalysisOptions(model=model_path, end_s=0.2)
    queue = AnalysisQueue()
    try:
        with locked(tmp_path, "busy"):
            with pytest.raises(MienError, match="in use by another analysis"):
                list(analyse_all([job], options))
            queue.add([job], options)
            time.sleep(0.5)
            assert queue.items[0].goes_on  # until it is free
            assert not job.session.exists()
        while queue.items[0].goes_on:
            time.sleep(0.01)
        assert queue.items[0].state is ItemState.DONE
    finally:
        queue.stop()
        queue.join()
    assert not (tmp_path / NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize(
    "number", ["SIGTERM", *(pytest.param(n, marks=pytest.mark.slow) for n in ("SIGINT", "SIGHUP"))]
)
def test_being_told_to_end(number: str, demo_video: Path, model_path: str, tmp_path: Path) -> None:
    if signal.getsignal(getattr(signal, number)) == signal.SIG_IGN:
        pytest.skip("what nohup starts is not told, and stays deaf to it")
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    words = [sys.executable, "-m", "mien", "analyze", str(demo_video), "--model", model_path, "--out", str(out)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not (out / demo_video.stem / UNFINISHED / "progress.json").is_file():
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(getattr(signal, number))
        said = process.communicate()[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "mien: stopped."
    assert "Traceback" not in said
    assert sorted(path.name for path in out.iterdir()) == [demo_video.stem]
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".tmp"]
    assert list(temporary.iterdir()) == []
