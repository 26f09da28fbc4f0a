"""The queue of the Analyse page, which is loaded when it is first needed and comes back at the next start."""

import os
from pathlib import Path

from mien import language
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import AnalysisQueue, Item
from mien.analysis.videos import Videos
from mien.errors import MienError
from mien.session.library import SessionEntry
from mien.utils import servers
from mien.utils.dataclass_io import from_dict
from mien_app.analyse.kept_queue import from_text, to_text
from mien_app.services.preferences import Preferences


class QueueHost:
    """Begins the queue, and keeps what is not done of it on the disk."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.queue: AnalysisQueue | None = None
        """None before the first file."""
        self._kept: list[tuple[Job, AnalysisOptions, Videos]] | None = None
        self.closed = False

    def begun(self) -> AnalysisQueue:
        """The queue; it is begun where it was not."""
        if self.queue is None:
            # One core is left to the window.
            self.queue = AnalysisQueue(threads=max((os.cpu_count() or 2) - 1, 1))
        return self.queue

    @property
    def items(self) -> tuple[Item, ...]:
        """All files."""
        return () if self.queue is None else self.queue.items

    @property
    def paused(self) -> bool:
        """Whether the queue is paused."""
        return self.queue is not None and self.queue.paused

    @property
    def unfinished(self) -> int:
        """How many files wait or are being analysed."""
        return sum(item.goes_on for item in self.items)

    def restore(self) -> int:
        """List the files that were left at the last start, paused; returns how many."""
        left = from_text(self._preferences.waiting_files)
        if left:
            queue = self.begun()
            queue.pause(True)
            for job, options, videos in left:
                queue.add([job], options, videos)
        return len(left)

    @property
    def not_found(self) -> str:
        """What is said of files that wait and are not there; empty where all are."""
        gone = sum(item.goes_on and not item.job.path.is_file() for item in self.items)
        text = language.tr(" {} of them cannot be found now: connect their drive first, or take them off the list.")
        return text.format(gone) if gone else ""

    def keep(self) -> None:
        """Write down what is not done, so that the list comes back after a crash too."""
        left = [(item.job, item.options, item.videos) for item in self.items if item.goes_on]
        if self.queue is None or left == self._kept:  # else the list of another window would go, or time with thousands
            return
        self._preferences.waiting_files = to_text(left)
        self._kept = left

    def close(self) -> None:
        """Write down what is not done, and stop. What was analysed of the current file is kept."""
        self.closed = True
        if self.unfinished:
            self._kept = None  # another window may have written its own list since
        self.keep()
        if self.queue is not None:
            self.queue.stop()

    def add(self, entry: SessionEntry) -> None:
        """Add an analysis that was interrupted.

        Raises:
            MienError: its file is gone, or it is not known how it was analysed.
        """
        path = Path(entry.source)
        servers.check([entry.source, entry.model], entry.folder)
        if not entry.source or entry.options is None or not path.is_file():
            raise MienError(
                language.tr("{} is not where it was. Add the file again, and it goes on.").format(
                    entry.source or language.tr("The file")
                )
            )
        options = from_dict(AnalysisOptions, {**entry.options, "model": entry.model}, str(entry.folder))
        self.begun().add([Job(path, entry.folder.absolute())], options)
