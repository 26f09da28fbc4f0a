"""The clock of a camera."""

import time

from mien.types import Frame, Image


class CameraClock:
    """Numbers a camera's frames and gives them their times, in seconds since the clock was made.

    They are those of `time.perf_counter`, since `time.monotonic` goes in steps of 16 ms on Windows before Python 3.13.

    Open a camera that was lost with the same clock again, and its numbers and times go on.
    """

    def __init__(self) -> None:
        self._began_s = time.perf_counter()
        self._next = 0

    def moment(self, time_s: float) -> float:
        """A frame's time on `time.perf_counter`."""
        return self._began_s + time_s

    def frame(self, image: Image) -> Frame:
        """The frame of a picture, BGR (H, W, 3), that was taken just now."""
        frame = Frame(self._next, time.perf_counter() - self._began_s, image)
        self._next += 1
        return frame
