import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mien.errors import MienError
from mien.utils.lock import NAME, locked

HOLD = "import sys, time, pathlib; from mien.utils.lock import locked\n"
HOLD += "with locked(pathlib.Path(sys.argv[1]), 'busy'): print('held', flush=True); time.sleep(60)"


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_refused_and_a_crash_leaves_nothing_held(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(MienError, match=r"^busy here$"), locked(tmp_path, "busy here"):
            pass
        process.kill()
        process.wait()
    for _ in range(2):
        with locked(tmp_path, "busy"):
            pass
        (tmp_path / NAME).touch()  # as a crash may leave it
    with locked(tmp_path, "busy"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_second_thread_is_refused_and_may_wait(tmp_path: Path) -> None:
    with locked(tmp_path, "busy"), pytest.raises(MienError, match="busy"), locked(tmp_path, "busy"):
        pass
    got = threading.Event()

    def wait() -> None:
        with locked(tmp_path, "busy", wait_s=60):
            got.set()

    with locked(tmp_path, "busy"):
        thread = threading.Thread(target=wait)
        thread.start()
        assert not got.wait(0.2)
    thread.join()
    assert got.is_set()


@pytest.mark.skipif(os.name != "posix", reason="Windows has locks on all disks")
def test_on_a_disk_without_locks_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))  # as Lustre does by default

    monkeypatch.setattr("fcntl.flock", flock)
    with locked(tmp_path / "new", "busy"):
        (tmp_path / "new" / "table").touch()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["table"]


def _count(folder: Path, times: int) -> None:
    for _ in range(times):
        with locked(folder, "busy", wait_s=60):
            number = int((folder / "number").read_text())
            time.sleep(0.0002)
            (folder / "number").write_text(str(number + 1))


def test_no_two_hold_it_at_once(tmp_path: Path) -> None:
    (tmp_path / "number").write_text("0")
    context = multiprocessing.get_context("spawn")
    many = [context.Process(target=_count, args=(tmp_path, 40)) for _ in range(3)]
    for process in many:
        process.start()
    for process in many:
        process.join()
    assert (tmp_path / "number").read_text() == "120"


def test_a_folder_that_cannot_be_is_told_and_one_made_for_nothing_is_removed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MienError, match="cannot be written"), locked(tmp_path / "file" / "x", "busy"):
        pass
    with locked(tmp_path / "new", "busy"):
        pass
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
def test_a_process_that_is_told_to_end(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGTERM)
    with locked(tmp_path, "busy"):
        pass
