"""Plays a file at its own speed."""

import time
from dataclasses import replace

from mien.types import Frame

_STEP_S = 1 / 30  # to a frame whose time stamp is no later than that of the frame before


class Pacing:
    """When each frame of a file is due, and the frames with times that never go back.

    In joined files the time stamps start again, but tracking and smoothing need a clock that goes on.
    """

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._first_s: float | None = None
        self._last_s = 0.0
        self._shift_s = 0.0

    def hold(self, seconds: float) -> None:
        """Move everything that follows by a pause of so many seconds."""
        self._began_s += seconds

    def next(self, frame: Frame) -> tuple[Frame, float]:
        """The frame with the time at which it is played, and the seconds until it is due."""
        if self._first_s is None:
            self._first_s = frame.time_s
        elif frame.time_s + self._shift_s <= self._last_s:
            self._shift_s = self._last_s + _STEP_S - frame.time_s
        self._last_s = frame.time_s + self._shift_s
        due_s = self._began_s + self._last_s - self._first_s
        return replace(frame, time_s=self._last_s), max(0.0, due_s - time.monotonic())
