"""The live pipeline: one thread captures, one recognises, and whoever draws takes the newest of both.

Nobody waits for anybody: a frame that is not taken in time is replaced by the next one.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from mien.errors import MienError
from mien.recognizer import Recognition, Recognizer
from mien.sources import Source, open_source
from mien.types import Frame

log = logging.getLogger(__name__)

T = TypeVar("T")

_RATE_WINDOW_S = 2.0
_FILE_FPS = 30.0  # of pictures and files without time stamps


class Latest(Generic[T]):
    """Holds the newest item only."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._item: T | None = None
        self._unread = False
        self._closed = False
        self.dropped = 0
        """Items that were replaced before anybody took them with `wait`."""

    def put(self, item: T) -> None:
        """Replace the item."""
        with self._condition:
            self.dropped += self._unread
            self._item, self._unread = item, True
            self._condition.notify_all()

    def peek(self) -> T | None:
        """The newest item, taken or not."""
        with self._condition:
            return self._item

    def wait(self) -> T | None:
        """Wait for an item that was not taken yet; None once closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._unread or self._closed)
            if self._closed:
                return None
            self._unread = False
            return self._item

    def close(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class Rate:
    """How often something happened per second, over the last two seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def tick(self) -> None:
        """It happened."""
        now = time.monotonic()
        with self._lock:
            self._times.append(now)
            while self._times and now - self._times[0] > _RATE_WINDOW_S:
                self._times.popleft()

    @property
    def per_second(self) -> float:
        """Events a second."""
        with self._lock:
            times = list(self._times)
        if len(times) < 2 or time.monotonic() - times[-1] > _RATE_WINDOW_S:
            return 0.0
        return (len(times) - 1) / max(times[-1] - times[0], 1e-6)


@dataclass(frozen=True)
class LiveResult:
    """The newest recognition, with the frame that it belongs to."""

    frame: Frame
    recognition: Recognition
    latency_s: float
    """From the frame's capture to its result."""


class LivePipeline:
    """Captures from one source and recognises on two threads of its own.

    Read `frames` and `results` at any rate. A failure is a sentence in `message`, and the threads end.
    """

    def __init__(self, address: str, recognizer: Callable[[], Recognizer]) -> None:
        """Start.

        Args:
            address: of `mien.sources.open_source`.
            recognizer: builds the recogniser; called on the recognition thread, since it takes a second or two.
        """
        self.address = address
        self.frames: Latest[tuple[Frame, float]] = Latest()
        """The newest frame, and the clock at its capture."""
        self.results: Latest[LiveResult] = Latest()
        self.camera_rate, self.recognition_rate = Rate(), Rate()
        self.message = ""
        """What a person should read: why nothing moves, or that a file has ended."""
        self.failed = False
        self.source_name = ""
        self._make_recognizer = recognizer
        self._stop = threading.Event()
        self._pending: Latest[tuple[Frame, float]] = Latest()
        self._threads = [
            threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)
            for name, work in (("mien-capture", self._capture), ("mien-recognition", self._recognise))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def dropped(self) -> int:
        """Frames that were never recognised, because newer ones had come."""
        return self._pending.dropped

    def stop(self, timeout_s: float = 10.0) -> None:
        """End both threads and wait for them."""
        self._stop.set()
        self._pending.close()
        for thread in self._threads:
            thread.join(timeout_s)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except MienError as error:
            self._fail(str(error))
        except Exception as error:  # a thread that fails becomes a message; the window goes on
            log.exception("a live thread failed")
            self._fail(f"{type(error).__name__}: {error}")

    def _fail(self, message: str) -> None:
        self.message, self.failed = message, True
        self._stop.set()
        self._pending.close()

    def _capture(self) -> None:
        source = open_source(self.address)
        self.source_name = source.name
        try:
            self._pump(source)
        finally:
            source.close()

    def _pump(self, source: Source) -> None:
        began, first_s, previous_s = time.monotonic(), None, 0.0
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                self.message = f"{source.name} has gone." if source.live else f"{source.name} has ended."
                self.failed = source.live
                return
            if not source.live:  # play it at its own speed
                first_s = frame.time_s if first_s is None else first_s
                due_s = frame.time_s - first_s
                if frame.index and frame.time_s <= previous_s:
                    due_s = frame.index / _FILE_FPS
                previous_s = frame.time_s
                self._stop.wait(max(0.0, began + due_s - time.monotonic()))
            item = (frame, time.monotonic())
            self.frames.put(item)
            self._pending.put(item)
            self.camera_rate.tick()

    def _recognise(self) -> None:
        with self._make_recognizer() as recognizer:
            while (item := self._pending.wait()) is not None:
                frame, captured = item
                recognition = recognizer.recognize(frame, views=True)
                self.results.put(LiveResult(frame, recognition, time.monotonic() - captured))
                self.recognition_rate.tick()
