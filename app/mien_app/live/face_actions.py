"""What is done with the faces on the Live page: saved, copied, added to a dataset, looked into."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mien.curation.add_face import sample
from mien.live.state import LiveResult
from mien.types import Prediction
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.face_actions.evidence_worker import EvidenceRequest
from mien_app.face_actions.label_bar import LabelBar
from mien_app.face_actions.snapshots import Snapshots
from mien_app.live.pipeline_host import PipelineHost
from mien_app.live.presenter import LivePresenter
from mien_app.live.selection import prediction_of
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.message_bar import MessageBar


class LiveFaceActions(QObject):
    """Acts on the faces that the presenter shows at that moment."""

    def __init__(
        self,
        presenter: LivePresenter,
        host: PipelineHost,
        preferences: Preferences,
        background: Background,
        messages: MessageBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._presenter, self._host = presenter, host
        self._preferences, self._messages = preferences, messages
        self._snapshots = Snapshots(background, messages)
        self.label_bar = LabelBar(DatasetWorker(preferences, background, parent), messages)
        self.evidence = EvidenceDialog(background, parent)

    def save_all(self) -> None:
        """Save what the resizer does to each face in view."""
        shown = self._presenter
        self._snapshots.save(shown.newest, None, self._host.source, shown.classes)

    def save(self) -> None:
        """Save what the resizer does to the selected face."""
        shown = self._presenter
        self._snapshots.save(self._in_view, shown.selection.track, self._host.source, shown.classes)

    def copy(self) -> None:
        """Put what the resizer does to the selected face on the clipboard."""
        shown = self._presenter
        self._snapshots.copy(self._in_view, shown.selection.track, self._host.source, shown.classes)

    def collect(self) -> None:
        """Take the selected face and ask for its label."""
        if (selected := self._selected(self.tr("There is no face to add yet."))) is not None:
            result, chosen = selected
            make = partial(sample, result.captured.frame.image, chosen.face, self._host.source)
            work = partial(make, result.recognition.time_s, chosen.track_id, self._host.opened_at)
            who = self.tr("Person {}").format(chosen.track_id)
            self.label_bar.ask(work, self._presenter.classes, who)

    def explain(self) -> None:
        """Show which parts of the selected face speak for its prediction."""
        if (selected := self._selected(self.tr("There is no face to look into yet."))) is not None:
            result, chosen = selected
            self.evidence.ask(
                EvidenceRequest(
                    cut=lambda: (result.captured.frame.image, chosen.face),
                    who=self.tr("Person {}").format(chosen.track_id),
                    source=self._host.source,
                    title=self._host.title,
                    time_s=result.recognition.time_s,
                    model=self._host.model,
                    runtime=self._preferences.runtime,
                )
            )

    @property
    def _in_view(self) -> LiveResult | None:
        """The newest result with the selected person, who is in view, or was a moment ago."""
        return self._presenter.last_selected if self._presenter.recent else None

    def _selected(self, nothing: str) -> tuple[LiveResult, Prediction] | None:
        """The selected face as it is now, or was a moment ago; where there is none, the message `nothing` is shown."""
        if (result := self._in_view) is None:
            self._messages.say(nothing, 4)
            return None
        chosen = prediction_of(result, self._presenter.selection.track)
        return None if chosen is None else (result, chosen)  # selected just now: its first result comes in a moment
