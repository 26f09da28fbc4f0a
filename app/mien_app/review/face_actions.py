"""What is done with the selected person's face on the review page: added to a data set, looked into."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mien_app.face_actions.dataset_worker import DatasetWorker, face_of, of_session
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.face_actions.evidence_worker import EvidenceRequest
from mien_app.face_actions.label_bar import LabelBar
from mien_app.review.frame_reader import ShownFrame
from mien_app.review.model import ReviewModel
from mien_app.review.opened_session import OpenedSession
from mien_app.review.playback import Playback
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.message_bar import MessageBar


class ReviewFaceActions(QObject):
    """Takes the face out of the picture that is shown, which may be a moment behind the playhead."""

    def __init__(
        self,
        page: QWidget,
        review: ReviewModel,
        playback: Playback,
        shown: Callable[[], ShownFrame | None],
        preferences: Preferences,
        background: Background,
        banner: MessageBar,
    ) -> None:
        super().__init__(page)
        self._review, self._playback, self._shown = review, playback, shown
        self._preferences, self._banner = preferences, banner
        self.collecting = LabelBar(DatasetWorker(preferences, background, page), banner)
        self.evidence = EvidenceDialog(background, page)

    def _selected(self) -> tuple[OpenedSession, ShownFrame] | None:
        """Where there is no such face, this is said."""
        now, shown, person = self._review.now, self._shown(), self._review.person
        if now is None or shown is None:
            self._banner.say(self.tr("There is no picture to take a face from."), 4)
            return None
        self._playback.pause()
        if all(p.track_id != person for p in now.session.predictions(shown.place)):
            name = now.names.get(person, self.tr("The selected person"))
            self._banner.say(self.tr("{} is not in this picture.").format(name), 4)
            return None
        return now, shown

    def collect(self) -> None:
        """Take the face; its label is asked for."""
        if (selected := self._selected()) is not None:
            (now, shown), person = selected, self._review.person
            work = partial(of_session, now.session, shown, person)
            self.collecting.ask(work, now.session.classes, now.names[person])

    def explain(self) -> None:
        """Show what speaks for the face's reading."""
        if (selected := self._selected()) is not None:
            (now, shown), person = selected, self._review.person
            made = now.session.description
            self.evidence.ask(
                EvidenceRequest(
                    cut=partial(face_of, now.session, shown, person),
                    who=now.names[person],
                    source=now.session.name,
                    time_s=float(now.session.frame_times[shown.place]),
                    model=made.model,
                    runtime=self._preferences.runtime,
                    sha256=made.model_sha256,
                )
            )
