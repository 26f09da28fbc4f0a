"""What Windows refuses or lacks, as far as it can be tried elsewhere."""

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from tests.as_on_windows import refuse_open_files

from mien.cli.main import main
from mien.curation.report import examine
from mien.curation.split import split
from mien.data.readers.folder import load_divided
from mien.runtimes import open_runtime, openvino_backend
from mien.sending.clock_offset import ClockOffset
from mien.session.folder import UNFINISHED
from mien.session.recovery import recover
from mien.sources.clock import CameraClock
from mien.training.stdin_control import polled
from mien.utils import paths, renaming
from mien.utils.files import write_atomic
from mien.utils.images import encode_picture
from mien.video import trial

WINDOWS = SimpleNamespace(platform="win32")
CRASHED = Path(__file__).parents[1] / "data" / "sessions" / "unfinished-recording"


def refusing(times: int) -> Callable[[Any, Any], None]:
    """`os.replace` where another program has the file open at first."""
    replace, left = os.replace, iter(range(times))

    def refused(source: Any, target: Any) -> None:
        if next(left, None) is not None:
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    return refused


def test_nothing_is_left_of_a_recording_that_was_recovered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(CRASHED, tmp_path / "recording")
    refuse_open_files(monkeypatch)
    recover(folder)
    assert not (folder / UNFINISHED).exists()


def test_a_file_that_others_look_at_for_a_moment_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "session.json"
    write_atomic(path, b"first")
    monkeypatch.setattr(renaming, "_WINDOWS", True)
    monkeypatch.setattr(os, "replace", refusing(2))
    write_atomic(path, b"second")
    assert path.read_bytes() == b"second"
    monkeypatch.setattr(renaming, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(os, "replace", refusing(1000))
    with pytest.raises(PermissionError):
        write_atomic(path, b"third")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_elsewhere_nobody_waits_for_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "_WINDOWS", False)
    monkeypatch.setattr(os, "replace", refusing(1))
    with pytest.raises(PermissionError):
        write_atomic(tmp_path / "session.json", b"")


def test_python_that_a_small_program_starts_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_MOST_BYTES", 100 << 20)
    greedy = "import time; kept = b'x' * (150 << 20); time.sleep(0.4)"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.call([sys.executable, '-c', {greedy!r}])"]
    with subprocess.Popen(command) as process:
        assert trial._ends_well(process)  # what it starts is not looked at elsewhere
    monkeypatch.setattr(trial, "sys", WINDOWS)
    with subprocess.Popen(command) as process:
        assert not trial._ends_well(process)


def test_a_prepared_model_is_not_held_open(model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.CACHE, str(tmp_path))
    monkeypatch.setattr(openvino_backend, "sys", WINDOWS)
    runtime = open_runtime(model_path, "openvino")
    refuse_open_files(monkeypatch)
    kept = [path for path in tmp_path.iterdir() if path.suffix in (".xml", ".bin")]
    assert len(kept) == 2
    for path in kept:
        path.unlink()
    assert runtime.card.name


@pytest.mark.skipif(os.name != "posix", reason="Windows looks into sockets only")
def test_what_is_written_to_a_training_is_read_without_waiting() -> None:
    reading, writing = os.pipe()
    lines = polled(reading, lambda file: bool(select.select([file], [], [], 0)[0]))
    os.write(writing, b"pause\r\ngo on\nst")
    assert [next(lines).strip(), next(lines)] == ["pause", "go on"]
    os.write(writing, b"op\n")
    assert next(lines) == "stop"
    os.close(writing)
    assert list(lines) == []
    os.close(reading)


def test_patterns_are_matched_where_the_shell_does_not(
    session: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        shutil.copytree(session, tmp_path / "sessions" / name)
    (tmp_path / "sessions" / "notes.txt").touch()
    assert main(["export", str(tmp_path / "sessions" / "*"), "--out", str(tmp_path / "{}.csv")]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["a.csv", "b.csv"]
    assert main(["export", str(tmp_path / "x*"), "--out", str(tmp_path / "{}.csv")]) == 2
    assert "x*" in capsys.readouterr().err


def test_moments_of_a_camera_are_fine_where_a_clock_goes_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monotonic, picture = time.monotonic, np.zeros((2, 2, 3), np.uint8)
    monkeypatch.setattr(time, "monotonic", lambda: 1000 + monotonic() // 0.0156 * 0.0156)
    clock, times = CameraClock(), []
    for _ in range(5):
        before = time.perf_counter()
        frame = clock.frame(picture)
        times.append(frame.time_s)
        moment_s = clock.moment(frame.time_s)
        assert before <= moment_s <= time.perf_counter()
        time.sleep(0.001)
    assert times == sorted(set(times))
    other = ClockOffset(lambda: time.perf_counter() + 5)
    assert other.to_other(moment_s) == pytest.approx(moment_s + 5, abs=0.001)


def test_a_table_names_pictures_on_another_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{drive}/{label}-{number}.png" for drive in ("c", "d") for label in "ab" for number in range(8)]
    for i, name in enumerate(names):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        noise = np.random.default_rng(i).integers(0, 255, (10, 10), dtype=np.uint8)
        (tmp_path / name).write_bytes(encode_picture(cv2.resize(noise, (64, 64)), ".png"))
    table = tmp_path / "c" / "labels.csv"
    table.write_text("".join(f"../{name},{name[2]}\n" for name in names), encoding="utf-8")
    relative = os.path.relpath

    def of_one_drive(path: Any, start: Any) -> str:
        if "/d/" in str(path):
            raise ValueError("path is on mount 'D:', start on mount 'C:'")
        return relative(path, start)

    monkeypatch.setattr(os.path, "relpath", of_one_drive)
    made = split(examine(table))
    assert len(made.train) + len(made.judge) == len(names)
    made.save(tmp_path / "split.json")
    learned, judged = load_divided(table, tmp_path / "split.json", size=48, channels=1)
    assert (len(learned), len(judged)) == (len(made.train), len(made.judge))
