"""What a person asks of a source that plays: to pause, to go to a time, to begin again at its end."""

import threading
import time

from mien.sources import Source
from mien.video import VideoFile


class Transport:
    """Asked from any thread, followed by the capturing one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = self._held = self._ended = False
        self._wanted_s: float | None = None
        self.loop = False
        """Whether a file begins again at its end."""
        self.first_s = self.duration_s = 0.0
        """Of a file that can be sought in: the time of its first frame, and its length in s; else 0."""

    @property
    def paused(self) -> bool:
        """Whether a person has paused the source."""
        with self._changed:
            return self._paused

    @property
    def rests(self) -> bool:
        """Whether nothing is to be recognised now."""
        with self._changed:
            return self._paused or self._held

    def pause(self, paused: bool) -> None:
        """Pause a file at its present frame or go on; of a camera, which cannot wait, drop the frames meanwhile."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def hold(self, held: bool) -> None:
        """The same while nobody looks; a person's pause stays what it is."""
        with self._changed:
            self._held = held
            self._changed.notify_all()

    def go_to(self, time_s: float) -> None:
        """Show the first frame at or after a time, also while paused or at the end."""
        with self._changed:
            self._wanted_s = time_s
            self._changed.notify_all()

    def end(self) -> None:
        """Wake whoever waits: the pipeline stops."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def wait_while_paused(self) -> float:
        """Wait until the source may go on or is to show another frame; the seconds that were waited."""
        began = time.monotonic()
        with self._changed:
            self._changed.wait_for(
                lambda: not (self._paused or self._held) or self._wanted_s is not None or self._ended
            )
        return time.monotonic() - began

    def wait_for_more(self) -> bool:
        """At a file's end, wait until a person goes to a time in it; False where the pipeline stops instead."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted_s is not None or self._ended)
            return not self._ended

    def take_wanted(self) -> float | None:
        """The time that was asked for since the last call, s."""
        with self._changed:
            wanted, self._wanted_s = self._wanted_s, None
            return wanted

    def follow(self, source: Source) -> None:
        """Learn how long a source is, if it can be sought in."""
        if isinstance(source, VideoFile):
            self.first_s, self.duration_s = source.first_s, source.duration_s
