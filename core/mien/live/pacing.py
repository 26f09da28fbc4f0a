"""Plays a file at its own speed."""

import time
from dataclasses import replace

from mien.types import Frame

_STEP_S = 1 / 30  # to a frame whose time stamp is no later than that of the frame before
_BEHIND_S = 1.0  # what a slow reader is allowed to catch up with; more is lost for good


class Pacing:
    """When each frame of a file is due, and the frames with times that never go back.

    In joined files the time stamps start again, but tracking and smoothing need a clock that goes on.
    """

    def __init__(self) -> None:
        self._began_s = time.perf_counter()
        self._first_s: float | None = None
        self._last_s = 0.0
        self._shift_s = 0.0

    def hold(self, seconds: float) -> None:
        """Move everything that follows by a pause of so many seconds."""
        self._began_s += seconds

    def next(self, frame: Frame) -> tuple[Frame, float]:
        """The frame with the time at which it is played, and when it is due, on `time.perf_counter`."""
        if self._first_s is None:
            self._first_s = frame.time_s
        elif frame.time_s + self._shift_s <= self._last_s:
            self._shift_s = self._last_s + _STEP_S - frame.time_s
        self._last_s = frame.time_s + self._shift_s
        due_s = self._began_s + self._last_s - self._first_s
        if (late_s := time.perf_counter() - due_s) > _BEHIND_S:
            self.hold(late_s)
            due_s += late_s
        return replace(frame, time_s=self._last_s), due_s
