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

from PySide6.QtCore import QObject, QThreadPool, Signal

from mien.errors import MienError
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)


class Job:
    """A piece of work, and what it came to until that is handed over."""

    def __init__(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        self._work, self._done, self._failed = work, done, failed
        self._ended = threading.Event()
        self._over: Callable[[], None] | None = None

    def do(self) -> None:
        """Do it, on any thread."""
        receiver: Callable[[Any], None]
        try:
            receiver, value = self._done, self._work()
        except MienError as error:
            receiver, value = self._failed, str(error)
        except Exception as error:  # becomes a message; the window goes on
            log.exception("background work failed")
            receiver, value = self._failed, unexpected(error)
        self._over = partial(receiver, value)
        self._ended.set()

    def wait(self) -> None:
        """Wait until it is done."""
        self._ended.wait()

    def take(self) -> Callable[[], None] | None:
        """What tells who asked of it; None where somebody has taken it before."""
        over, self._over = self._over, None
        return over


class Background(QObject):
    """Runs work on threads of its own and hands results back on the window's thread."""

    failed = Signal(str)
    """A sentence for the message bar, about an error that nothing else shows."""
    saved = Signal()
    """Nothing is being saved any more."""
    lost = Signal()
    """Something could not be saved."""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._saving = 0
        self._reported = ""
        self._ended = False
        self._finished.connect(self._tell)

    @property
    def saving(self) -> bool:
        """Whether something is being saved that a person must hear of if it cannot be."""
        return self._saving > 0

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
        *,
        saves: bool = False,
    ) -> Job:
        """Do work elsewhere.

        Args:
            work: called on another thread.
            done: called here with its result.
            failed: called here with a sentence where it raised; None emits the signal `failed` instead.
            saves: whether it saves something of the person's: the window does not close before it has.
        """
        failed = failed or self.failed.emit
        if saves:
            self.begin_saving()
            done, failed = self._then(done, True), self._then(failed, False)
        job = Job(work, done, failed)

        def run() -> None:
            job.do()
            try:
                self._finished.emit(job)
            except RuntimeError:  # the window has gone meanwhile
                log.debug("nobody was left to hear of a result")

        self._pool.start(run)
        return job

    def begin_saving(self) -> None:
        """Count something that is to be saved."""
        self._saving += 1

    def end_saving(self, saved: bool = True) -> None:
        """Count it no longer; `saved` is whether it could be, or need not be."""
        self._saving -= 1
        if not saved:
            self.lost.emit()
        if not self._saving:
            self.saved.emit()

    def _then(self, receiver: Callable[[Any], None], saved: bool) -> Callable[[Any], None]:
        def tell(value: Any) -> None:
            try:
                receiver(value)
            finally:
                self.end_saving(saved)

        return tell

    def _tell(self, job: Job) -> None:
        if not self._ended:
            self.hand_over(job)

    def hand_over(self, job: Job) -> None:
        """Tell who asked what a piece of work that is done has come to, unless they know."""
        if (over := job.take()) is None:
            return
        try:
            over()
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

    def end(self) -> None:
        """Wait until all work is done, and tell nobody any more: who heard of it could ask for more work.

        That would outlive the window, and end while this object is being taken down.
        """
        self._ended = True
        self.wait()


class SerialQueue:
    """Does one piece of work after another, each with what the one before it has left."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._waiting: deque[tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None], bool]] = deque()
        self._job: Job | None = None

    def run(
        self,
        prepare: Callable[[], Callable[[], Any] | None],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
        *,
        saves: bool = False,
    ) -> None:
        """Do a piece of work when its turn comes.

        Args:
            prepare: called here at that moment; returns the work to do elsewhere, or None where there is none.
            done: as in `Background.run`.
            failed: as in `Background.run`.
            saves: as in `Background.run`, from now on.
        """
        if saves:
            self._background.begin_saving()
        self._waiting.append((prepare, done, failed or self._background.failed.emit, saves))
        self._next()

    def forget(self) -> None:
        """Drop what waits."""
        while self._waiting:
            if self._waiting.popleft()[-1]:
                self._background.end_saving()

    def finish(self) -> None:
        """Do all that waits, and wait for it. What others have asked for is not handed over meanwhile."""
        while (job := self._job) is not None:
            job.wait()
            self._background.hand_over(job)

    def _next(self) -> None:
        while self._waiting and self._job is None:
            prepare, done, failed, saves = self._waiting.popleft()
            try:
                work = prepare()
            except Exception as error:  # is told as one of the work's own, and what waits has its turn
                work = partial(_fail, error)
            if work is not None:
                over = partial(self._over, done), partial(self._over, failed)
                self._job = self._background.run(work, *over, saves=saves)
            if saves:  # the work itself is counted by now
                self._background.end_saving()

    def _over(self, receiver: Callable[[Any], None], value: Any) -> None:
        self._job = None
        try:
            receiver(value)
        finally:
            self._next()


def _fail(error: Exception) -> None:
    raise error
