"""Looks at a labelled folder away from the window's thread, says how far it is, and can be stopped."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from mien.curation.report import DatasetReport, examine
from mien.errors import MienError
from mien.utils import paths
from mien_app.services.background import Background

_POLL_MS = 100


@dataclass(frozen=True)
class Looked:
    """What was found."""

    root: Path
    """The folder or table that the person chose."""
    seen: DatasetReport
    """Of it, or of the faces that were cut out of its pictures."""
    crops: bool
    """Whether its pictures were taken as they are."""


class _Left(Exception):
    """The person went elsewhere."""


class InspectionWorker(QObject):
    """One folder at a time: a new one takes the place of the one before."""

    progressed = Signal(int, int)
    found = Signal(object)
    """`Looked`"""
    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._turn = 0
        self._far: tuple[int, int] = (0, 0)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(lambda: self.progressed.emit(*self._far))

    def start(self, root: Path, crops: bool | None = None) -> None:
        """Look at a folder.

        Args:
            root: class sub-folders, or a CSV file.
            crops: whether its pictures are faces already cut out; None finds out.
        """
        self._turn += 1
        turn, self._far = self._turn, (0, 0)

        def far(done: int, all_: int) -> None:
            if turn != self._turn:
                raise _Left
            self._far = done, all_

        def work() -> Looked | None:
            from mien.curation.extract_faces import examine_faces, holds_crops

            into = paths.user_trainings() / f"{root.stem} {time.strftime('%Y-%m-%d %H.%M.%S')} faces"
            try:
                as_they_are = holds_crops(root) if crops is None else crops
                seen = examine(root, far) if as_they_are else examine_faces(root, into, far)
            except _Left:
                shutil.rmtree(into, ignore_errors=True)
                return None
            except MienError:
                shutil.rmtree(into, ignore_errors=True)
                raise
            return Looked(root, seen, as_they_are)

        self._timer.start()
        self._background.run(work, lambda looked: self._done(turn, looked), lambda why: self._not_done(turn, why))

    def stop(self) -> None:
        """Leave the folder."""
        self._turn += 1
        self._timer.stop()

    def _done(self, turn: int, looked: Looked | None) -> None:
        if turn == self._turn and looked is not None:
            self._timer.stop()
            self.found.emit(looked)

    def _not_done(self, turn: int, why: str) -> None:
        if turn == self._turn:
            self._timer.stop()
            self.failed.emit(why)
