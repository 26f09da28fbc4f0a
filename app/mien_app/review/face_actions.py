"""What can be done with the selected person's face on the Review page: add it to a dataset, look at the evidence."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mien import language
from mien.curation import add_face
from mien.curation.add_face import Sample
from mien.errors import MienError
from mien.session.session import Session
from mien.types import Face, Image
from mien.utils import servers
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.face_actions.evidence_worker import EvidenceRequest
from mien_app.face_actions.label_bar import LabelBar
from mien_app.review.frame_reader import ShownFrame
from mien_app.review.model import ReviewModel
from mien_app.review.opened_session import OpenedSession
from mien_app.review.playback import Playback
from mien_app.review.session_frames import read_frame
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.message_bar import MessageBar


def find_face(session: Session, shown: ShownFrame, person: int) -> tuple[Image, Face]:
    """A person's face and the picture it is in, which is read from the file if it is shown smaller.

    Raises:
        MienError: the person is not in this frame, or the file can no longer be read.
    """
    face = session.face(shown.place, person)
    if face is None:
        raise MienError(language.tr("This person is not in this picture. Move to a frame with the person in it."))
    image = shown.frame.image if shown.whole else read_frame(session, shown.place).image
    return image, face


def cut_sample(session: Session, shown: ShownFrame, person: int) -> Sample:
    """A person's face in the shown frame, cut out for a dataset; raises as `find_face`."""
    image, face = find_face(session, shown, person)
    # Every recording's video has the same name, so the folder's name tells them apart.
    video = session.video
    source = session.name if session.manifest.recorded or video is None else video.name
    return add_face.sample(image, face, source, float(session.frame_times[shown.place]), person)


class ReviewFaceActions(QObject):
    """Works on the picture that is shown, which may be a moment behind the playhead."""

    def __init__(
        self,
        page: QWidget,
        review: ReviewModel,
        playback: Playback,
        shown: Callable[[], ShownFrame | None],
        preferences: Preferences,
        background: Background,
        messages: MessageBar,
    ) -> None:
        super().__init__(page)
        self._review, self._playback, self._shown = review, playback, shown
        self._preferences, self._messages = preferences, messages
        self.label_bar = LabelBar(DatasetWorker(preferences, background, page), messages)
        self.evidence = EvidenceDialog(background, page)

    def _selected(self) -> tuple[OpenedSession, ShownFrame] | None:
        """The session and the picture with the person's face; None, and a message, if there is no such face."""
        now, shown, person = self._review.now, self._shown(), self._review.person
        if now is None or shown is None:
            self._messages.say(self.tr("There is no picture to take a face from. Open a session with its video."), 4)
            return None
        self._playback.pause()
        if now.session.prediction(shown.place, person) is None:
            name = now.names.get(person, self.tr("The selected person"))
            self._messages.say(self.tr("{} is not in this picture. Move to one with this person.").format(name), 4)
            return None
        return now, shown

    def collect(self) -> None:
        """Take the face and ask for its label."""
        if (selected := self._selected()) is not None:
            (now, shown), person = selected, self._review.person
            work = partial(cut_sample, now.session, shown, person)
            self.label_bar.ask(work, now.session.classes, now.names[person])

    def explain(self) -> None:
        """Show which parts of the face speak for an expression."""
        if (selected := self._selected()) is not None:
            (now, shown), person = selected, self._review.person
            made = now.session.manifest
            try:
                servers.check([made.model], now.session.folder)  # a stranger's session may name any path
            except MienError as error:
                self._messages.fail(str(error))
                return
            self.evidence.ask(
                EvidenceRequest(
                    cut=partial(find_face, now.session, shown, person),
                    who=now.names[person],
                    source=now.session.name,
                    time_s=float(now.session.frame_times[shown.place]),
                    model=made.model,
                    runtime=self._preferences.runtime,
                    sha256=made.model_sha256,
                )
            )
