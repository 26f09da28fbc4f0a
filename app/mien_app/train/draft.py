"""What a person has decided so far about a training."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mien.curation.findings import Finding
from mien.curation.report import DatasetReport, relabelled, surplus
from mien.curation.split import By, Split, guess, split
from mien.errors import MienError

if TYPE_CHECKING:
    from mien.training.runs import Run


class Draft(QObject):
    """The folder, what of it is used, and how it is divided. The other choices stand in the settings themselves."""

    changed = Signal()
    """The pictures, or what is used of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seen: DatasetReport | None = None
        self.names: dict[str, str] = {}
        """Class of the folder -> what it is called in the model; empty: left out."""
        self.left_out: dict[Finding, frozenset[Path]] = {}
        self.by: By = "picture"
        self.run: Run | None = None
        """The training, once there is one."""

    def show(self, seen: DatasetReport) -> None:
        """Begin with a folder that was looked at."""
        self.seen = seen
        self.names = {name: name for name in seen.classes}
        self.by = guess(seen)
        # One picture under two labels teaches nothing; all else may stay unless the person says otherwise.
        self.left_out = {f: surplus(seen, f) for f in seen.findings if f.kind == "two labels"}
        self.changed.emit()

    def name(self, class_: str, name: str) -> None:
        """Call a class so; an empty name leaves it out."""
        if self.names.get(class_) != name:
            self.names[class_] = name
            self.changed.emit()

    def leave_out(self, finding: Finding, yes: bool) -> None:
        """Decide about a finding."""
        assert self.seen is not None
        if yes:
            self.left_out[finding] = surplus(self.seen, finding)
        else:
            self.left_out.pop(finding, None)
        self.changed.emit()

    @property
    def used(self) -> DatasetReport | None:
        """The folder as it will be trained on, but for what is left out."""
        return relabelled(self.seen, self.names) if self.seen is not None else None

    @property
    def out(self) -> frozenset[Path]:
        """All pictures that are left out."""
        return frozenset().union(*self.left_out.values())

    def counts(self) -> dict[str, int]:
        """Pictures that are used, by the folder's own classes."""
        if self.seen is None:
            return {}
        out, found = self.out, dict.fromkeys(self.seen.classes, 0)
        for picture in self.seen.pictures:
            found[picture.label] += bool(self.names[picture.label]) and picture.path not in out
        return found

    def split(self) -> Split:
        """Divide what is used.

        Raises:
            MienError: there is too little of it.
        """
        used = self.used
        if used is None or len(used.classes) < 2:
            raise MienError(self.tr("At least two classes are needed. Give two of them a name."))
        return split(used, by=self.by, left_out=self.out)
