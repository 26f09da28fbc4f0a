"""Commands that are told to end do, with all that they started; and sources without a frame are said."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import psutil
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.test_locales_and_homes import TRAINING

from mien.cli.main import main
from mien.cli.signals import ended_by_signals
from mien.training.folder import CHECKPOINT
from mien_app.__main__ import LIVE

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")

WINDOW = """
import os, signal, sys
from PySide6.QtCore import QTimer
from mien_app.startup import application
made = application.load_libraries
def load(*arguments):
    made(*arguments)
    QTimer.singleShot(300, lambda: os.kill(os.getpid(), getattr(signal, sys.argv[1])))
application.load_libraries = load
sys.exit(application.run_window("demo", sys.argv[2]))
"""


@pytest.mark.slow
@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_the_window(name: str, model_path: str, tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    words = [sys.executable, "-c", WINDOW, name, model_path]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr


HARD_MOMENTS = """
import os, signal, sys
from PySide6.QtCore import QTimer
from mien.live.pipeline import LivePipeline
from mien_app.services.background import Background
from mien_app.startup import application
def told(*_):
    os.kill(os.getpid(), signal.SIGINT)
def within_a_lock():
    with pipelines[0]._lock:  # as `status` has it, many times a second
        told()
pipelines, begin, reporting = [], LivePipeline.__init__, Background.reporting
def begun(self, *arguments, **options):
    begin(self, *arguments, **options)
    pipelines.append(self)
    if sys.argv[1] == "lock":
        QTimer.singleShot(300, within_a_lock)
def before_qt_waits(self):
    told()
    return reporting(self)
LivePipeline.__init__ = begun
if sys.argv[1] == "before":
    Background.reporting = before_qt_waits
sys.exit(application.run_window("demo", sys.argv[2]))
"""


@pytest.mark.slow
@posix
@pytest.mark.parametrize("moment", ["lock", "before"])
def test_the_window_at_a_hard_moment(moment: str, model_path: str, tmp_path: Path) -> None:
    words = [sys.executable, "-c", HARD_MOMENTS, moment, model_path]
    done = subprocess.run(
        words, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_a_signal_that_comes_while_qt_calls_is_not_lost(qapp: QApplication) -> None:
    def told() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.1)

    def wait() -> None:
        for _ in range(50):
            qapp.processEvents()
            time.sleep(0.02)

    QTimer.singleShot(0, told)
    with ended_by_signals(), pytest.raises(KeyboardInterrupt):
        wait()


@posix
def test_a_signal_that_comes_while_a_widget_is_painted_waits_for_that(
    qapp: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    painted = []

    class Told(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            os.kill(os.getpid(), signal.SIGTERM)
            painter.end()
            painted.append(True)

    def paint() -> None:
        Told().grab()
        for _ in range(50):
            time.sleep(0.02)

    with ended_by_signals(), pytest.raises(KeyboardInterrupt):
        paint()
    assert painted == [True]
    assert capfd.readouterr().err == ""


@pytest.mark.slow
@posix
def test_without_a_window_what_was_measured_is_kept(model_path: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mien_app", "live", "--headless", "--model", model_path, "--frames", "1000000"]
    with subprocess.Popen(
        [*words, "--out", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not (read := process.stdout.readline()).startswith("  1.00 s"):  # type: ignore[union-attr]
            assert read, process.communicate()[1]
        process.terminate()
        complaint = process.communicate()[1]
    assert (process.returncode, complaint) == (130, "mien: stopped.\n")
    assert len((tmp_path / "faces.csv").read_text().splitlines()) > 20
    assert [path.name for path in tmp_path.iterdir()] == ["faces.csv"]


@posix
def test_a_benchmark_takes_its_process_along(model_path: str) -> None:
    words = [sys.executable, "-m", "mien", "bench", "--model", model_path, "--repeats", "1000000"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        while not (children := watched.children()):
            assert process.poll() is None
            time.sleep(0.02)
        process.terminate()
        said = process.communicate()[1].splitlines()  # before the last that it is stopping, where it is told very early
    assert said[-1] == "mien: stopped."
    assert process.returncode == 130
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)


@pytest.mark.slow
@posix
def test_a_training_saves_first(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(TRAINING.replace("epochs = 1", "epochs = 100000"))
    out = tmp_path / "out"
    words = [sys.executable, "-m", "mien", "train", str(class_folder), "--config", str(tmp_path / "c.toml")]
    with subprocess.Popen([*words, "--out", str(out)], stderr=subprocess.PIPE, text=True) as process:
        while not (out / CHECKPOINT).is_file():
            assert process.poll() is None
            time.sleep(0.05)
        second = subprocess.run([*words, "--out", str(out)], capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert second.stderr.startswith(f"mien: {out} is in use by another training.")
        process.terminate()
        said = process.communicate()[1]
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@posix
def test_a_source_without_a_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str], model_path: str) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.png").write_bytes(cv2.imencode(".png", cv2.UMat(4, 4, cv2.CV_8UC3))[1].tobytes()[:30])
    (tmp_path / "text.mp4").write_text("hello")
    (tmp_path / "gone.mp4").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe.mp4")
    for name in ("broken", "text.mp4", "gone.mp4", "pipe.mp4", "not there.mp4", "~nobody/x.mp4"):
        words = ["live", "--headless", "--source", str(tmp_path / name), "--out", str(tmp_path / "out")]
        assert main([*words, "--model", model_path], extra=LIVE) == 2, name
        said = capsys.readouterr().err
        assert name in said
        assert said.count("\n") == 1
        assert not (tmp_path / "out" / "faces.csv").exists()
