"""The newest reading of a live source, painted."""

from PySide6.QtCore import QObject

from mien.live.pipeline import LiveResult
from mien_app.live.baseline import BaselineController
from mien_app.live.last_minute import LastMinute
from mien_app.live.person_card import PersonCard
from mien_app.live.resizer_card import ResizerCard
from mien_app.live.selection import Selection
from mien_app.widgets.video_view import VideoView


class LivePresenter(QObject):
    """Boxes on the video, the selected person's card, what the resizer does to the face, and the last minute."""

    def __init__(
        self,
        video: VideoView,
        face: PersonCard,
        resizer: ResizerCard,
        timeline: LastMinute,
        resting: BaselineController,
    ) -> None:
        super().__init__(video)
        self._video, self._face, self._resizer, self._timeline, self._resting = video, face, resizer, timeline, resting
        video.selected.connect(self.select)
        self.selection = Selection()
        self.classes: tuple[str, ...] = ()
        self.newest: LiveResult | None = None
        self.held: LiveResult | None = None
        """The last one in which the selected person was read."""
        self._painted = -1

    @property
    def recent(self) -> bool:
        """Whether the selected person was read a moment ago at most."""
        return self.newest is not None and self.selection.held(self.newest.recognition)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The names that probabilities stand for."""
        self.classes = classes
        self._face.set_classes(classes)
        self._timeline.start(classes)

    def take(self, result: LiveResult) -> None:
        """Another one, to be painted."""
        self.newest = result
        self._timeline.add(result.recognition, self.selection.track)
        self._resting.add(result.recognition)

    def select(self, track: int) -> None:
        """Show this person."""
        self.selection.track = track
        self._painted = -1

    def step(self, by: int) -> None:
        """Show the next or previous person in view."""
        if self.newest is not None:
            self.selection.step(self.newest.recognition, by)
            self._painted = -1

    def forget(self) -> None:
        """What is no longer there is no longer shown as if it were."""
        self.newest, self.held, self._painted = None, None, -1
        self._video.show_predictions((), self.classes, 0)
        self._face.show_nobody()
        self._resting.forget()
        self._resizer.show_nobody()

    def paint(self) -> None:
        """Paint the newest where it is not yet."""
        result = self.newest
        if result is None or result.captured.frame.index == self._painted:
            return
        self._painted = result.captured.frame.index
        seen = result.recognition
        chosen = self.selection.choose(seen)
        self._video.show_predictions(seen.predictions, self.classes, self.selection.track)
        if chosen is not None:
            self.held = result
            self._face.show_prediction(chosen, len(seen.predictions))
            self._resting.show(chosen)
            self._resizer.show_views(chosen, seen.views[seen.predictions.index(chosen)])
        elif not self.selection.held(seen):
            self._face.show_nobody(self.tr("Come closer or add light."))
            self._resting.show(None)
            self._resizer.show_nobody()
