"""Adds faces to a dataset in the background, and takes them back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.curation import add_face
from mien.curation.add_face import Added, Sample
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences


class DatasetWorker(QObject):
    """Handles one face at a time: cuts it out, saves it under a label, takes it back. Only `save` writes anything."""

    cut = Signal(object)
    """A Sample, to be shown before it is saved."""
    saved = Signal(object)
    """What was Added."""
    undone = Signal(object)
    """What was Added and is gone again."""
    listed = Signal(object)
    """The labels of the dataset, the last used first."""
    not_listed = Signal(str)
    """Why the labels cannot be read."""
    not_cut = Signal(str)
    """Why the face cannot be cut out."""
    failed = Signal(str)
    """Why a face could not be saved, or not taken back."""

    def __init__(self, preferences: Preferences, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._queue = preferences, SerialQueue(background)
        self._sample: Sample | None = None
        self._dropped = 0  # how often `drop` was called: a face asked for before is not shown after it

    @property
    def folder(self) -> Path:
        """Folder of the dataset."""
        return Path(self._preferences.dataset_folder)

    def use(self, folder: Path) -> None:
        """Choose another dataset."""
        self._preferences.dataset_folder = str(folder)
        self.list_labels()

    def list_labels(self) -> None:
        """Look up which labels the dataset has."""
        folder = self.folder
        self._queue.run(lambda: lambda: add_face.labels(folder), self.listed.emit, self.not_listed.emit)

    def take(self, make: Callable[[], Sample]) -> None:
        """Cut a face out. What was asked for earlier is still done with the face before."""
        dropped = self._dropped

        def prepare() -> Callable[[], Sample] | None:
            self._sample = None
            return make if dropped == self._dropped else None

        def done(sample: Sample) -> None:
            if dropped == self._dropped:
                self._sample = sample
                self.cut.emit(sample)

        self._queue.run(prepare, done, self.not_cut.emit)

    def drop(self) -> None:
        """Forget the face that was cut out, or is being cut out."""
        self._dropped += 1
        self._sample = None

    def save(self, label: str) -> None:
        """Write the face, as soon as it is cut out."""

        def prepare() -> Callable[[], Added] | None:
            sample, folder = self._sample, self.folder
            return None if sample is None else lambda: add_face.add(folder, label, sample)

        self._queue.run(prepare, self.saved.emit, self.failed.emit, saves=True)

    def undo(self, added: Added) -> None:
        """Take a face out of the dataset again."""

        def work() -> Added:
            add_face.undo(added)
            return added

        self._queue.run(lambda: work, self.undone.emit, self.failed.emit, saves=True)
