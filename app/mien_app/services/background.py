"""Work that would hold up the window, done on another thread; and unexpected errors, shown in the window."""

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal

from mien.errors import MienError
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)


class Background(QObject):
    """Runs work on threads of its own and hands results back on the window's thread."""

    failed = Signal(str)
    """A sentence for the message bar, about an error that nothing else shows."""
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._reported = ""
        self._finished.connect(self._hand_over)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None] | None = None
    ) -> None:
        """Do work elsewhere.

        Args:
            work: called on another thread.
            done: called here with its result.
            failed: called here with a sentence where it raised; None emits the signal `failed` instead.
        """
        show = failed or self.failed.emit

        def job() -> None:
            receiver: Callable[[Any], None]
            try:
                receiver, value = done, work()
            except MienError as error:
                receiver, value = show, str(error)
            except Exception as error:  # becomes a message; the window goes on
                log.exception("background work failed")
                receiver, value = show, unexpected(error)
            try:
                self._finished.emit(receiver, value)
            except RuntimeError:  # the window has gone meanwhile
                log.debug("nobody was left to hear of a result")

        self._pool.start(job)

    def _hand_over(self, receiver: Callable[[Any], None], value: Any) -> None:
        try:
            receiver(value)
        except Exception as error:  # as above
            self.report(error)

    def report(self, error: Exception) -> None:
        """Log an unexpected error with its traceback, and emit `failed`. Any thread may call this."""
        text = unexpected(error)
        if text != self._reported:  # once, where a timer or a picture runs into it again and again
            self._reported = text
            log.error("unexpected error", exc_info=error)
        try:
            self.failed.emit(text)
        except RuntimeError:  # the window has gone
            log.debug("nobody was left to hear of an error")

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Report what slots and threads raise meanwhile; else Python prints it, and the person sees nothing."""
        hooks = sys.excepthook, threading.excepthook

        def report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
            if isinstance(error, Exception):
                self.report(error)
            elif error is not None and not issubclass(kind, SystemExit):
                sys.__excepthook__(kind, error, trace)

        sys.excepthook = report
        threading.excepthook = lambda of: report(of.exc_type, of.exc_value, of.exc_traceback)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = hooks

    def wait(self) -> None:
        """Wait until all work is done."""
        self._pool.waitForDone()

    def deliver(self) -> None:
        """Hand over what is done, without waiting for the event loop's next turn."""
        QCoreApplication.sendPostedEvents(self)


class SerialQueue:
    """Does one piece of work after another, each with what the one before it has left."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: deque[tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None]]] = deque()
        self._busy = False

    def run(
        self,
        prepare: Callable[[], Callable[[], Any] | None],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Do a piece of work when its turn comes.

        Args:
            prepare: called here at that moment; returns the work to do elsewhere, or None where there is none.
            done: as in `Background.run`.
            failed: as in `Background.run`.
        """
        self._waiting.append((prepare, done, failed or self._background.failed.emit))
        self._next()

    def forget(self) -> None:
        """Drop what waits."""
        self._waiting.clear()

    def finish(self) -> None:
        """Do all that waits, and wait for it."""
        while self._busy:
            self._background.wait()
            self._background.deliver()

    def _next(self) -> None:
        while self._waiting and not self._busy:
            prepare, done, failed = self._waiting.popleft()
            if (work := prepare()) is not None:
                self._busy = True
                self._background.run(work, partial(self._over, done), partial(self._over, failed))

    def _over(self, receiver: Callable[[Any], None], value: Any) -> None:
        self._busy = False
        try:
            receiver(value)
        finally:
            self._next()
