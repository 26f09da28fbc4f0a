"""Work that would hold up the window, done on another thread."""

import logging
from collections.abc import Callable
from typing import Any

from mien.errors import MienError
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

log = logging.getLogger(__name__)


class _Messenger(QObject):
    done = Signal(object)
    failed = Signal(str)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.messenger = _Messenger()
        self._work = work

    def run(self) -> None:
        try:
            result = self._work()
        except MienError as error:
            self._tell(self.messenger.failed, str(error))
        except Exception as error:  # becomes a message; the window goes on
            log.exception("background work failed")
            self._tell(self.messenger.failed, f"{type(error).__name__}: {error}")
        else:
            self._tell(self.messenger.done, result)

    def _tell(self, signal: Any, value: object) -> None:
        try:
            signal.emit(value)
        except RuntimeError:  # the window has gone meanwhile
            log.debug("nobody was left to hear of a result")


class Background(QObject):
    """Runs work on threads of its own and hands results back on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._messengers: set[_Messenger] = set()

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None] = lambda _: None
    ) -> None:
        """Do `work` elsewhere, then call `done` with its result, or `failed` with a sentence, here."""
        job = _Job(work)
        messenger = job.messenger
        self._messengers.add(messenger)  # lives until it has spoken
        messenger.done.connect(done)
        messenger.failed.connect(failed)
        for signal in (messenger.done, messenger.failed):
            signal.connect(lambda _: self._messengers.discard(messenger))
        self._pool.start(job)

    def wait(self) -> None:
        """Until all work is done."""
        self._pool.waitForDone()
