"""Keeps faces in a data set, away from the window's thread, and takes them back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.curation import add_face
from mien.curation.add_face import Added, Sample
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences


class DatasetWorker(QObject):
    """One face at a time: taken, kept under a label, and perhaps taken back. Nothing is written before `keep`."""

    taken = Signal(object)
    """A Sample, to be shown before it is kept."""
    kept = Signal(object)
    """Added."""
    undone = Signal(object)
    """The Added that is no more."""
    listed = Signal(object)
    """The labels that are there, the last used first."""
    not_listed = Signal(str)
    not_taken = Signal(str)
    failed = Signal(str)
    """A face could not be kept, or not taken back."""

    def __init__(self, preferences: Preferences, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._turn = preferences, SerialQueue(background)
        self._sample: Sample | None = None
        self._forgotten = 0

    @property
    def folder(self) -> Path:
        """The data set's."""
        return Path(self._preferences.dataset_folder)

    def use(self, folder: Path) -> None:
        """Keep faces there from now on."""
        self._preferences.dataset_folder = str(folder)
        self.list_labels()

    def list_labels(self) -> None:
        """Look which labels are there."""
        folder = self.folder
        self._turn.run(lambda: lambda: add_face.labels(folder), self.listed.emit, self.not_listed.emit)

    def take(self, make: Callable[[], Sample]) -> None:
        """Cut a face out, elsewhere; what is asked for before is still done with the face before."""
        forgotten = self._forgotten

        def prepare() -> Callable[[], Sample] | None:
            self._sample = None
            return make if forgotten == self._forgotten else None

        def done(sample: Sample) -> None:
            if forgotten == self._forgotten:
                self._sample = sample
                self.taken.emit(sample)

        self._turn.run(prepare, done, self.not_taken.emit)

    def forget(self) -> None:
        """What was taken, or is being taken, is not kept."""
        self._forgotten += 1
        self._sample = None

    def keep(self, label: str) -> None:
        """Write the face that was taken, once it is there."""

        def prepare() -> Callable[[], Added] | None:
            sample, folder = self._sample, self.folder
            return None if sample is None else lambda: add_face.add(folder, label, sample)

        self._turn.run(prepare, self.kept.emit, self.failed.emit)

    def take_back(self, added: Added) -> None:
        """Undo an addition."""

        def work() -> Added:
            add_face.undo(added)
            return added

        self._turn.run(lambda: work, self.undone.emit, self.failed.emit)
