"""Examines a labelled folder in the background, says how far it is, and can be stopped."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from mien.curation.report import DatasetReport, examine
from mien.curation.split import By, guess
from mien.errors import MienError
from mien.utils import paths
from mien.utils.files import cannot_write, make_folder
from mien.utils.optional import lacking_to_train
from mien_app.services.background import Background

_POLL_MS = 100


@dataclass(frozen=True)
class Inspection:
    """A folder that was examined."""

    root: Path
    """The folder or table that the person chose."""
    report: DatasetReport
    """Of the folder, or of the faces that were cut out of its pictures."""
    crops: bool
    """Whether its pictures are faces already cut out."""
    by: By
    """What should stay on one side of the split; to guess it takes seconds for many pictures."""


class _Stopped(Exception):
    """Nobody waits for the result any more."""


class InspectionWorker(QObject):
    """Examines one folder at a time; a new one takes the place of the one before."""

    progressed = Signal(int, int)
    """How many pictures of how many are done."""
    found = Signal(object)
    """The `Inspection`."""
    failed = Signal(str)
    """Why the folder cannot be used, in one line."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._request = 0
        self._done: tuple[int, int] = (0, 0)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(lambda: self.progressed.emit(*self._done))

    def start(self, root: Path, crops: bool | None = None) -> None:
        """Examine a folder.

        Args:
            root: a folder with a sub-folder for each class, or a CSV file.
            crops: whether its pictures are faces already cut out; None finds out.
        """
        self._request += 1
        request, self._done = self._request, (0, 0)

        def progress(done: int, all_: int) -> None:
            if request != self._request:
                raise _Stopped
            self._done = done, all_

        def work() -> Inspection | None:
            from mien.curation.extract_faces import holds_crops

            if lack := lacking_to_train():
                raise MienError(lack)
            try:
                as_they_are = holds_crops(root) if crops is None else crops
                report = examine(root, progress) if as_they_are else _cut_out(root, progress)
                made = Inspection(root, report, as_they_are, guess(report))
            except _Stopped:
                return None
            if request != self._request:
                _dropped(made)
                return None
            return made

        self._timer.start()
        self._background.run(work, lambda made: self._finish(request, made), lambda why: self._fail(request, why))

    def stop(self) -> None:
        """Stop examining; nothing is reported any more."""
        self._request += 1
        self._timer.stop()

    def _finish(self, request: int, made: Inspection | None) -> None:
        if made is None:
            return
        if request != self._request:
            _dropped(made)
            return
        self._timer.stop()
        self.found.emit(made)

    def _fail(self, request: int, why: str) -> None:
        if request == self._request:
            self._timer.stop()
            self.failed.emit(why)


def _dropped(made: Inspection) -> None:
    """Delete the faces that were cut out for what nobody waits for any more."""
    if not made.crops:
        shutil.rmtree(made.report.root, ignore_errors=True)


def _cut_out(root: Path, progress: Callable[[int, int], None]) -> DatasetReport:
    """Examine the faces in the pictures of a folder. They are kept only if that comes to its end."""
    from mien.curation.extract_faces import examine_faces
    from mien.training.runs import crops_name, remove_unclaimed_crops

    remove_unclaimed_crops()
    into = _new_folder(crops_name(root, time.localtime()))
    try:
        return examine_faces(root, into, progress)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise


def _new_folder(name: str) -> Path:
    """A new folder among the trainings. Another window may ask for the same name at the same moment."""
    folder = paths.user_trainings() / name
    for number in count(2):
        try:
            make_folder(folder, exist_ok=False)
        except FileExistsError:
            folder = folder.with_name(f"{name} {number}")
        except OSError as error:
            raise cannot_write(folder, error) from error
        else:
            break
    return folder
