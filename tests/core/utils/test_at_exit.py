import gc
import threading

import pytest

from mien.analysis.queue import AnalysisQueue
from mien.expressions import EXPRESSIONS
from mien.live.pipeline import LivePipeline
from mien.recognition.recognizer import Recognizer
from mien.sending.message import Message
from mien.sending.sending import Sending
from mien.utils import at_exit


class Work:
    def __init__(self, ended: list[str], name: str, fails: bool = False) -> None:
        self.ended, self.name, self.fails = ended, name, fails
        at_exit.at_exit(self.end)

    def end(self) -> None:
        self.ended.append(self.name)
        if self.fails:
            raise RuntimeError(self.name)


def test_what_still_works_is_ended_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_exit, "_ends", [])
    ended: list[str] = []
    kept = [Work(ended, "first"), Work(ended, "second", fails=True)]
    Work(ended, "gone")
    gc.collect()
    assert len(at_exit._ends) == len(kept)
    with pytest.raises(RuntimeError, match="second"):
        at_exit._end_all()
    assert ended == ["second", "first"]
    assert at_exit._ends == []


class Quiet:
    where = "nowhere"

    def send(self, message: Message) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.mark.parametrize("kind", ["pipeline", "queue", "sending"])
def test_ctrl_c_while_threads_are_started_leaves_none(
    monkeypatch: pytest.MonkeyPatch, model_path: str, kind: str
) -> None:
    make = {
        "pipeline": lambda: LivePipeline("demo", lambda: Recognizer(model_path)),
        "queue": AnalysisQueue,
        "sending": lambda: Sending(Quiet(), EXPRESSIONS),
    }[kind]

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    start, before = threading.Thread.start, set(threading.enumerate())
    monkeypatch.setattr(at_exit, "_ends", [])
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make()
    at_exit._end_all()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("mien-")]
