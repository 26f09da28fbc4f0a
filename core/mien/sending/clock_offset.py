"""Between `time.perf_counter`, on which frames are captured, and another clock of this machine."""

import time
from collections.abc import Callable

_PAIRS = 16  # readings in turn; the quickest is the one that nothing came between
_AGAIN_S = 1.0  # clocks drift, and a computer's time of day is set


class ClockOffset:
    """Moments of `time.perf_counter` on another clock, some microseconds off where both are fine enough."""

    def __init__(self, other: Callable[[], float]) -> None:
        """Compare the clocks.

        Args:
            other: reads the other clock, in seconds.
        """
        self._other = other
        self._measure()

    def to_other(self, clock_s: float) -> float:
        """A moment of `time.perf_counter` on the other clock; they are compared again where that was a while ago."""
        if time.perf_counter() - self._measured_s > _AGAIN_S:
            self._measure()
        return clock_s + self._offset_s

    def from_other(self, other_s: float) -> float:
        """A moment of the other clock on `time.perf_counter`."""
        return other_s - self.to_other(0.0)

    def _measure(self) -> None:
        quickest_s = float("inf")
        for _ in range(_PAIRS):
            before, other, after = time.perf_counter(), self._other(), time.perf_counter()
            if after - before < quickest_s:
                quickest_s, self._offset_s = after - before, other - (before + after) / 2
        self._measured_s = after
