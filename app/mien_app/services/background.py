"""Work that would hold up the window, done on another thread."""

import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from mien.errors import MienError, unexpected

log = logging.getLogger(__name__)


class Background(QObject):
    """Runs work on threads of its own and hands results back on the window's thread."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._finished.connect(lambda receiver, value: receiver(value))

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None] = lambda _: None
    ) -> None:
        """Do `work` elsewhere, then call `done` with its result, or `failed` with a sentence, here."""

        def job() -> None:
            receiver: Callable[[Any], None]
            try:
                receiver, value = done, work()
            except MienError as error:
                receiver, value = failed, str(error)
            except Exception as error:  # becomes a message; the window goes on
                log.exception("background work failed")
                receiver, value = failed, unexpected(error)
            try:
                self._finished.emit(receiver, value)
            except RuntimeError:  # the window has gone meanwhile
                log.debug("nobody was left to hear of a result")

        self._pool.start(job)

    def wait(self) -> None:
        """Until all work is done."""
        self._pool.waitForDone()


class SerialQueue:
    """Work of which each piece begins with what the one before has left."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: deque[tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None]]] = deque()
        self._busy = False

    def run(
        self,
        prepare: Callable[[], Callable[[], Any] | None],
        done: Callable[[Any], None],
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """When its turn comes, call `prepare` here for the work to do elsewhere; None is nothing to do."""
        self._waiting.append((prepare, done, failed))
        self._next()

    def forget(self) -> None:
        """What waits is not done any more."""
        self._waiting.clear()

    def _next(self) -> None:
        while self._waiting and not self._busy:
            prepare, done, failed = self._waiting.popleft()
            if (work := prepare()) is not None:
                self._busy = True
                self._background.run(work, partial(self._over, done), partial(self._over, failed))

    def _over(self, receiver: Callable[[Any], None], value: Any) -> None:
        self._busy = False
        receiver(value)
        self._next()
