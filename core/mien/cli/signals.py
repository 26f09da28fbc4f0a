"""Being told to end, by Ctrl+C or by the system: a KeyboardInterrupt that is not lost on its way."""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import CodeType, FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last one is Windows' own
ENDING = tuple(number for name in _NAMES if (number := getattr(signal, name, None)) is not None)
"""By which a program is told to end, as far as the system has them."""
_AGAIN_S, _PATIENCE_S = 0.05, 10.0
_IMPORT, _STARTING, _PAINTING = "<frozen importlib._bootstrap", "Popen.__init__", "paintEvent"


class Interrupt:
    """Handles signals by raising KeyboardInterrupt, but not within an import, nor while a process is started.

    Nor while Qt has a widget painted, which would leave the painter open: Qt complains of that in many lines.

    A library that tries whether another is there would take it for a sign that it is not: the program would go on as if
    nobody had said anything, or end with an error about that library. And of the process nobody would know, to end it.
    So it waits until that is done, for 10 s, and says so at once. What was raised then may be lost, and is raised
    again.
    """

    def __init__(self) -> None:
        self._told_s: float | None = None
        self._number, self._over = signal.SIGINT, False
        self._raised_within = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise it, now or soon.

        Raises:
            KeyboardInterrupt: nothing of that is under way, or it takes too long.
        """
        first = self._told_s is None
        self._number, self._told_s = signal.Signals(number), self._told_s or time.monotonic()
        if self._raised_within and _is_under_way():
            self._raised_within, self._told_s = False, None
            return
        busy = _is_busy(frame)
        if not busy or time.monotonic() - self._told_s > _PATIENCE_S:
            self._raised_within, self._told_s = busy, None
            if busy:  # which may lose it
                self.again()
            raise KeyboardInterrupt
        if first and not _is_painting(frame):
            say_stopping()
        self.again()

    def again(self) -> None:
        """Handle the last signal once more, soon: what it raised was lost."""
        waiting = threading.Timer(_AGAIN_S, self._now)
        waiting.daemon = True
        waiting.start()

    def _now(self) -> None:
        if self._over:
            return
        if sys.platform == "win32":
            _thread.interrupt_main(self._number)
        else:  # also wakes what waits for a lock or a process, for which the other may be too late
            signal.pthread_kill(threading.main_thread().ident or 0, self._number)

    def end(self) -> None:
        """Raise nothing any more that waits."""
        self._over = True


def say_stopping() -> None:
    """Say at once that the signal was heard; within its handler, where a line may be half printed, past all buffers."""
    with suppress(AttributeError, OSError, ValueError):  # nobody listens
        os.write(sys.stderr.fileno(), b"mien: stopping, as soon as what is being loaded is there.\n")


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within this, being told to end is a KeyboardInterrupt: files are closed, temporary ones removed, processes ended.

    A signal that is ignored, as in what a shell started in the background, stays so.
    """
    stop, hooks = Interrupt(), (sys.excepthook, sys.unraisablehook)
    try:
        heard = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        before = [(number, signal.signal(number, stop)) for number in heard]
    except ValueError:  # not on the main thread, which alone hears signals
        yield
        return
    # Where Qt or the collector of garbage has called, there is nobody to raise it to: Python would print it and go on.
    sys.excepthook = lambda kind, *rest: stop.again() if _is_interrupt(kind) else hooks[0](kind, *rest)
    sys.unraisablehook = lambda lost: stop.again() if _is_interrupt(lost.exc_type) else hooks[1](lost)
    try:
        yield
    finally:
        stop.end()
        sys.excepthook, sys.unraisablehook = hooks
        for number, handler in before:
            signal.signal(number, handler)


def _is_busy(frame: FrameType | None) -> bool:
    loading = (code.co_filename.startswith(_IMPORT) or code.co_qualname == _STARTING for code in _running(frame))
    return any(loading) or _is_painting(frame)


def _is_painting(frame: FrameType | None) -> bool:
    return any(code.co_name == _PAINTING for code in _running(frame))


def _running(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def _is_under_way() -> bool:
    """Whether what runs now does so since a KeyboardInterrupt was raised: it closes files, and ends processes."""
    error = sys.exception()
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _is_interrupt(kind: type[BaseException]) -> bool:
    return issubclass(kind, KeyboardInterrupt)
