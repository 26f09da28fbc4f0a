import importlib
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from mien.cli import signals
from mien.cli.signals import ended_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")

# As libraries do that go by what else is there.
_OPTIONAL = """
import os, signal, time
try:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep({seconds})
    lost = False
except BaseException:
    lost = True
"""


def wait() -> None:
    for _ in range(200):
        time.sleep(0.01)


def optional(folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> bool:
    """Whether an import swallows the signal that comes within it."""
    (folder / "goes_by_what_is_there.py").write_text(_OPTIONAL.format(seconds=seconds))
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "goes_by_what_is_there", raising=False)
    return bool(importlib.import_module("goes_by_what_is_there").lost)


def test_a_signal_waits_for_the_end_of_an_import_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with ended_by_signals():
        assert not optional(tmp_path, monkeypatch, 0.2)
        assert capfd.readouterr().err == "mien: stopping, as soon as what is being loaded is there.\n"
        with pytest.raises(KeyboardInterrupt):
            wait()


def test_it_wakes_what_waits_for_others_after_the_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ended_by_signals():
        assert not optional(tmp_path, monkeypatch, 0.1)
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            threading.Event().wait(5)
    assert time.monotonic() - began < 4


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "_PATIENCE_S", 0.1)
    with ended_by_signals():
        assert optional(tmp_path, monkeypatch, 0.3)  # which loses it
        with pytest.raises(KeyboardInterrupt):
            wait()


def test_what_was_not_lost_is_not_raised_again_while_files_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "_PATIENCE_S", 0.1)
    (tmp_path / "takes_long.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(1)"
    )
    monkeypatch.syspath_prepend(tmp_path)
    closed = []

    def work() -> None:
        try:
            importlib.import_module("takes_long")
        finally:
            time.sleep(0.3)
            closed.append(True)

    with ended_by_signals():
        with pytest.raises(KeyboardInterrupt):
            work()
        time.sleep(0.1)
    assert closed


def test_a_signal_that_comes_while_garbage_is_collected_is_not_lost() -> None:
    class Dies:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.1)

    with ended_by_signals():
        made = Dies()
        del made
        with pytest.raises(KeyboardInterrupt):
            wait()


def test_what_is_ignored_stays_so_and_handlers_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    hooks = sys.excepthook, sys.unraisablehook
    try:
        handler = signal.getsignal(signal.SIGTERM)
        with ended_by_signals():
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGTERM) is not handler
        assert signal.getsignal(signal.SIGTERM) is handler
        assert (sys.excepthook, sys.unraisablehook) == hooks
    finally:
        signal.signal(signal.SIGHUP, before)
