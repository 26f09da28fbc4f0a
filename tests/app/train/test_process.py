import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien.curation.split import Split
from mien.training.runs import Plan, create
from mien.utils import own_process, paths
from mien_app.train.process import TrainingProcess, command, complaint, prepare

_WAIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from mien.curation.split import Split
from mien_app.train.estimate import Estimate
from mien_app.train.process import TrainingProcess

application, loop = QCoreApplication([]), QEventLoop()
{}
loop.exec()
del worker
application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print("It lives.")
"""
_TRAINING = """
worker = TrainingProcess()
worker.ended.connect(lambda *_: loop.quit())
worker.start([sys.executable, "-c", ""], Path("events.jsonl"), {})
"""
_ESTIMATE = """
worker = Estimate()
worker.made.connect(lambda *_: loop.quit())
worker.start(Path("no folder"), "", Split({}, {}, "picture"), {})
"""


@pytest.mark.parametrize(
    "work", [pytest.param(_TRAINING, id="training"), pytest.param(_ESTIMATE, id="estimate", marks=pytest.mark.slow)]
)
def test_what_ran_a_process_may_go_before_the_process_is_deleted(work: str) -> None:
    """In a process of its own, which is what a crash ends."""
    run = subprocess.run([sys.executable, "-c", _WAIT.format(work)], capture_output=True, text=True, timeout=120)
    assert run.stdout == "It lives.\n", run.stderr
    assert run.returncode == 0


@pytest.mark.parametrize("finished", [True, False])
def test_who_is_asked_to_stop_may_have_come_to_the_end(qtbot: QtBot, tmp_path: Path, finished: bool) -> None:
    process = TrainingProcess()
    process.start([sys.executable, "-c", "input()"], tmp_path / "events.jsonl", {})
    if finished:
        (tmp_path / "result.json").write_text("{}")
    with qtbot.waitSignal(process.ended, timeout=PATIENCE_MS) as ended:
        process.stop()
    assert ended.args == [finished, ""]


@pytest.mark.usefixtures("german")
def test_a_process_says_what_goes_wrong_as_the_window_speaks() -> None:
    """Without options of the command line, of which the window has none."""
    process = QProcess()
    prepare(process, own_process.command("mien_app", "models", "n\u00fcchtern"), {})
    process.start()
    assert process.waitForFinished(60_000)
    why = complaint(process)
    assert why.startswith("Kein Modell hei\u00dft \u201en\u00fcchtern\u201c. Eines davon w\u00e4hlen: "), why


@pytest.mark.slow
@pytest.mark.usefixtures("german")
def test_so_does_a_training(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_trainings", lambda: tmp_path / "trainings")
    run = create(Plan(str(tmp_path / "gone"), "light"), "", Split({"a": "train"}, {}, "picture"))
    process = TrainingProcess()
    with qtbot.waitSignal(process.ended, timeout=PATIENCE_MS) as ended:
        process.start(command(run), run.events, {})
    why = ended.args[1]
    assert why == f"{tmp_path / 'gone'} gibt es nicht."
