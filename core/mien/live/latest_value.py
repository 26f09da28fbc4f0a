"""What threads share that must not wait for each other: the newest item, and how often one came."""

import threading
import time
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")

_RATE_WINDOW_S = 2.0


class LatestValue(Generic[T]):
    """Keeps the newest item only."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._item: T | None = None
        self._unread = False
        self._closed = False
        self.dropped = 0
        """How many items were replaced before `wait` took them."""

    def put(self, item: T) -> None:
        """Replace the item."""
        with self._condition:
            self.dropped += self._unread
            self._item, self._unread = item, True
            self._condition.notify_all()

    def peek(self) -> T | None:
        """The newest item, whether it was taken or not."""
        with self._condition:
            return self._item

    def wait(self) -> T | None:
        """Wait for an item that was not taken yet; None once it is closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._unread or self._closed)
            if self._closed:
                return None
            self._unread = False
            return self._item

    def close(self) -> None:
        """Let every `wait` return None."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class RateMeter:
    """How many events there were a second, over the last two seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def tick(self) -> None:
        """Count an event."""
        now = time.monotonic()
        with self._lock:
            self._times.append(now)
            while self._times and now - self._times[0] > _RATE_WINDOW_S:
                self._times.popleft()

    @property
    def per_second(self) -> float:
        """Events a second; 0 when there was none in the last two seconds."""
        with self._lock:
            times = list(self._times)
        if len(times) < 2 or time.monotonic() - times[-1] > _RATE_WINDOW_S:
            return 0.0
        return (len(times) - 1) / max(times[-1] - times[0], 1e-6)
