import subprocess
import sys

import pytest

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
