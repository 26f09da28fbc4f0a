"""What the person has decided so far about a training."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mien.curation.findings import Finding
from mien.curation.report import DatasetReport, relabelled, surplus
from mien.curation.split import By, Split, split
from mien.errors import MienError

if TYPE_CHECKING:
    from mien.training.runs import Run


class Draft(QObject):
    """The folder, what is used of it, and how it is split. The settings step keeps the other choices."""

    changed = Signal()
    """Other pictures, or other classes, are used."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.report: DatasetReport | None = None
        """Of the folder; None before one was examined."""
        self.names: dict[str, str] = {}
        """Class of the folder -> its name in the model; empty if it is left out."""
        self.left_out: dict[Finding, frozenset[Path]] = {}
        """Finding -> the pictures that are left out because of it."""
        self._labels: dict[Finding, set[str]] = {}  # of each picture that has two
        self.single: frozenset[Path] = frozenset()
        """Pictures that the person has left out one by one."""
        self.by: By = "picture"
        """What stays on one side of the split."""
        self.run: Run | None = None
        """The training, once there is one."""

    def begin(self, report: DatasetReport, by: By) -> None:
        """Begin with a folder that was examined, and with what should stay on one side of its split."""
        self.report = report
        self.names = {name: name for name in report.classes}
        self.by, self.single = by, frozenset()
        # A picture under two labels teaches nothing; everything else stays unless the person decides otherwise.
        twice = [finding for finding in report.findings if finding.kind == "two labels"]
        self.left_out = {finding: surplus(report, finding) for finding in twice}
        labels = defaultdict[Path, set[str]](set)
        for picture in report.pictures:
            labels[picture.path].add(picture.label)
        self._labels = {finding: set[str]().union(*(labels[path] for path in finding.paths)) for finding in twice}
        self.changed.emit()

    def discard(self) -> None:
        """Delete the training and its model.

        Raises:
            MienError: another window goes on with it.
        """
        if self.run is not None:
            self.run.remove()
        self.run = None

    def name(self, class_: str, name: str) -> None:
        """Give a class a name in the model; an empty one leaves it out."""
        if self.names.get(class_) != name:
            self.names[class_] = name
            self.changed.emit()

    def leave_out(self, finding: Finding, yes: bool) -> None:
        """Leave out the surplus pictures of a finding, or use them."""
        assert self.report is not None
        if yes:
            self.left_out[finding] = surplus(self.report, finding)
        else:
            self.left_out.pop(finding, None)
        self.changed.emit()

    def toggle(self, path: Path) -> None:
        """Leave a single picture out, or use it again."""
        self.single = self.single ^ {path}
        self.changed.emit()

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is still true: of two labels a person may have made one class."""
        return finding not in self._labels or len({self.names[label] for label in self._labels[finding]}) > 1

    @property
    def out(self) -> frozenset[Path]:
        """All pictures that are left out, because of a finding or by themselves."""
        return self.single.union(*(paths for finding, paths in self.left_out.items() if self.holds(finding)))

    def counts(self) -> dict[str, int]:
        """How many pictures are used of each class of the folder."""
        if self.report is None:
            return {}
        out, found = self.out, dict.fromkeys(self.report.classes, 0)
        for picture in self.report.pictures:
            found[picture.label] += bool(self.names[picture.label]) and picture.path not in out
        return found

    def splitting(self) -> Callable[[], Split]:
        """Work that splits what is used now into training and validation; it may be done on another thread.

        It raises a MienError where there is too little to split.
        """
        report, names, by, out = self.report, dict(self.names), self.by, self.out
        too_few = self.tr("At least two classes are needed. Give another one a name.")

        def work() -> Split:
            if report is None or len({name for name in names.values() if name}) < 2:
                raise MienError(too_few)
            return split(relabelled(report, names), by=by, left_out=out)

        return work
