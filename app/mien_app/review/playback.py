"""Plays a session at the recording's own speed."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from mien_app.review.model import ReviewModel

_TICK_MS = 10


class Playback(QObject):
    """The clock moves the playhead; frames that cannot be decoded in time are passed over."""

    changed = Signal(bool)

    def __init__(self, review: ReviewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._clock = QElapsedTimer()
        self._from_s = 0.0
        self._own = False
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        review.moved.connect(self._moved)
        review.opened.connect(self.pause)

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play, from the beginning where the end was reached; or pause."""
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
        """Stand still."""
        if self.playing:
            self._timer.stop()
            self.changed.emit(False)

    def _begin(self) -> None:
        self._from_s = self._review.time_s
        self._clock.start()

    def _moved(self) -> None:
        if self.playing and not self._own:  # a person has moved the playhead: go on from there
            self._begin()

    def _tick(self) -> None:
        now = self._review.now
        time_s = self._from_s + self._clock.elapsed() / 1000
        self._own = True
        self._review.go_to(time_s)
        self._own = False
        if now is None or time_s >= now.whole.end_s:
            self.pause()
