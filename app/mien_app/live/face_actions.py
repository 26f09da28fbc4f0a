"""What is done with the faces on the live page: saved, copied, added to a data set, looked into."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mien.curation.add_face import sample
from mien.live.pipeline import LiveResult
from mien.types import Prediction
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.face_actions.evidence_worker import EvidenceRequest
from mien_app.face_actions.label_bar import LabelBar
from mien_app.face_actions.snapshots import Snapshots
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import add_action
from mien_app.widgets.message_bar import MessageBar


@dataclass(frozen=True)
class Looked:
    """What the page shows at the moment."""

    newest: LiveResult | None
    held: LiveResult | None
    """The last one in which the selected person was read."""
    recent: bool
    """Whether that was a moment ago at most."""
    track: int
    """The selected person's."""
    source: str
    begun: datetime | None
    """When the camera was opened; None of a file."""
    classes: tuple[str, ...]
    model: str


class LiveFaceActions(QObject):
    """The actions, with their keys. What is looked at is asked for when one is triggered."""

    def __init__(
        self,
        page: QWidget,
        look: Callable[[], Looked],
        preferences: Preferences,
        background: Background,
        banner: MessageBar,
    ) -> None:
        super().__init__(page)
        self._look, self._preferences, self._banner = look, preferences, banner
        self._snapshots = Snapshots(background, banner)
        self.collecting = LabelBar(DatasetWorker(preferences, background, page), banner)
        self.evidence = EvidenceDialog(background, page)
        add = partial(add_action, page)
        tip = self.tr("Save what the resizer does to each face in view")
        self.snapshot = add(self.tr("Snapshot"), "Shift+S", self._save_all, tip)
        tip = self.tr("Save the selected face under a label, to teach a model with; you see it before it is written")
        self.collect = add(self.tr("Add to data set"), "L", self._collect, tip)
        tip = self.tr("Which parts of the selected face speak for its expression")
        self.explain = add(self.tr("Evidence"), "E", self._explain, tip)
        self.save = add(self.tr("Save the selected face"), "S", partial(self._with_held, self._snapshots.save))
        self.copy = add(self.tr("Copy the selected face"), "Ctrl+C", partial(self._with_held, self._snapshots.copy))

    def _save_all(self) -> None:
        look = self._look()
        self._snapshots.save(look.newest, None, look.source, look.classes)

    def _with_held(self, work: Callable[..., None]) -> None:
        look = self._look()
        work(look.held, look.track, look.source, look.classes)

    def _selected(self, look: Looked, nothing: str) -> tuple[LiveResult, Prediction] | None:
        """The selected face as it is read now, or was a moment ago; `nothing` is said where there is none."""
        if look.held is None or not look.recent:
            self._banner.say(nothing, 4)
            return None
        chosen = next((p for p in look.held.recognition.predictions if p.track_id == look.track), None)
        return None if chosen is None else (look.held, chosen)  # it was selected just now, and is read in a moment

    def _collect(self) -> None:
        """Take the selected face; its label is asked for."""
        look = self._look()
        if (selected := self._selected(look, self.tr("There is no face to add yet."))) is not None:
            held, chosen = selected
            make = partial(sample, held.captured.frame.image, chosen.face, look.source)
            work = partial(make, held.recognition.time_s, look.track, look.begun)
            self.collecting.ask(work, look.classes, self.tr("Person {}").format(look.track))

    def _explain(self) -> None:
        """Show what speaks for the selected face's reading."""
        look = self._look()
        if (selected := self._selected(look, self.tr("There is no face to look into yet."))) is not None:
            held, chosen = selected
            self.evidence.ask(
                EvidenceRequest(
                    cut=lambda: (held.captured.frame.image, chosen.face),
                    who=self.tr("Person {}").format(look.track),
                    source=look.source,
                    time_s=held.recognition.time_s,
                    model=look.model,
                    runtime=self._preferences.runtime,
                )
            )
