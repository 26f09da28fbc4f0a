"""The newest result of a live source: on the video and in the panels."""

import weakref
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from mien.live.motion import Motion
from mien.live.state import LiveResult
from mien.types import Frame
from mien_app.live.baseline import BaselineController
from mien_app.live.panel import ResultView, Shown
from mien_app.live.selection import Selection, prediction_of
from mien_app.widgets.video_view import VideoView


class LivePresenter(QObject):
    """Keeps the newest result and who is selected; hands both to the video and to every panel."""

    def __init__(self, video: VideoView, panels: Sequence[ResultView], baseline: BaselineController) -> None:
        super().__init__(video)
        self._video, self._panels, self._baseline = video, panels, baseline
        video.selected.connect(self.select)
        baseline.refreshed.connect(self._paint_again)
        self.selection = Selection()
        self.classes: tuple[str, ...] = ()
        self.newest: LiveResult | None = None
        self._taken: Callable[[], LiveResult | None] = lambda: None
        self.last_selected: LiveResult | None = None
        """The last one with the selected person in it."""
        self._painted = (-1, -1)  # indices of the frame whose result is shown, and of the frame under its boxes
        self._motion = Motion()

    @property
    def recent(self) -> bool:
        """Whether the selected person was in view at most a moment ago."""
        return self.newest is not None and self.selection.recently_seen(self.newest.recognition)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Take the names that probabilities stand for."""
        self.classes = classes
        for panel in self._panels:
            panel.set_classes(classes)

    def take(self, result: LiveResult) -> None:
        """Take a result, to be painted, unless it was taken before: what was forgotten does not come back."""
        if result is self._taken():
            return
        self._taken = weakref.ref(result)  # its picture may go
        if self.newest is not None and self.newest.captured.frame.index == result.captured.frame.index:
            self._paint_again()  # the same frame, with other settings
        self.newest = result
        self._motion.take(result.recognition)
        self._baseline.add(result.recognition)

    def select(self, track: int) -> None:
        """Show this person."""
        self.selection.track = track
        self._paint_again()

    def step(self, by: int) -> None:
        """Show the next or previous person in view."""
        if self.newest is not None:
            self.selection.step(self.newest.recognition, by)
            self._paint_again()

    def forget(self) -> None:
        """Show nothing: what was shown is no longer there."""
        self.newest, self.last_selected, self._motion = None, None, Motion()
        self._paint_again()
        self._video.show_predictions((), self.classes, 0)
        self._baseline.forget()
        for panel in self._panels:
            panel.show_result(None)

    def paint(self, frame: Frame) -> None:
        """Draw the newest result: its boxes over the frame that is shown, and in the panels where it is new."""
        result = self.newest
        if result is None or (result.captured.frame.index, frame.index) == self._painted:
            return
        shown_before, _ = self._painted
        self._painted = (result.captured.frame.index, frame.index)
        if result.captured.frame.index != shown_before:
            self._show_in_panels(result)
        elsewhere = result.captured.frame.still and result.captured.frame.index != frame.index
        predictions = () if elsewhere else self._motion.at(result.recognition, frame.time_s)
        self._video.show_predictions(predictions, self.classes, self.selection.track)

    def _show_in_panels(self, result: LiveResult) -> None:
        seen = result.recognition
        chosen = self.selection.choose(seen)
        if chosen is not None:
            self.last_selected = result
        track = self.selection.track
        selected = self.last_selected if chosen is not None or self.selection.recently_seen(seen) else None
        still = result.captured.frame.still
        shown = Shown(result, track, selected, self._baseline.show(prediction_of(selected, track), still=still))
        for panel in self._panels:
            panel.show_result(shown)

    def _paint_again(self) -> None:
        self._painted = (-1, -1)
