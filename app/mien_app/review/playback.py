"""Plays a session at its own speed, or at another one."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from mien_app.review.model import ReviewModel

_TICK_MS = 10


class Playback(QObject):
    """Moves the playhead by the clock. Frames that cannot be decoded in time are skipped."""

    changed = Signal(bool)
    """Whether it plays from now on; also where the speed has changed."""

    def __init__(self, review: ReviewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._began = (0.0, 0.0)  # the video's time, and the clock's at that moment; s
        self._own = False
        self.speed = 1.0
        """Times as fast as it was."""
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        review.moved.connect(self._moved)
        review.opened.connect(self.pause)

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return self._timer.isActive()

    def time_s(self) -> float:
        """The video's time now, while it plays, s. Any thread may ask."""
        time_s, clock_s = self._began
        return time_s + self.speed * (time.monotonic() - clock_s)

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast as it was."""
        self.speed = speed
        if self.playing:
            self._begin()
            self.changed.emit(True)

    def toggle(self) -> None:
        """Pause, or play: from the beginning if the playhead is at the end."""
        now = self._review.now
        if self.playing or now is None:
            self.pause()
            return
        if self._review.place == len(now.session.frame_times) - 1:
            self._review.go(0)
        self._begin()
        self._timer.start()
        self.changed.emit(True)

    def pause(self) -> None:
        """Stop at the present frame."""
        if self.playing:
            self._timer.stop()
            self.changed.emit(False)

    def _begin(self) -> None:
        self._began = (self._review.time_s, time.monotonic())

    def _moved(self) -> None:
        if self.playing and not self._own:  # the person moved the playhead: go on from there
            self._begin()

    def _tick(self) -> None:
        now, time_s = self._review.now, self.time_s()
        self._own = True
        self._review.go_to(time_s)
        self._own = False
        if now is None or time_s >= now.whole.end_s:
            self.pause()
