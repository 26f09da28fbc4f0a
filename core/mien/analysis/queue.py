"""Files that wait to be analysed, one after another, on a thread of their own."""

import dataclasses
import enum
import itertools
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from mien.analysis.analyse import AnalysisProgress, Stopped, analyse
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import LastRecognizer, OtherAnalysis, is_finished, make_way, output_folders
from mien.analysis.videos import Videos
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer
from mien.session.journal import discard
from mien.utils.at_exit import at_exit
from mien.utils.lock import Busy
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)

_RETRY_S = 1.0


class ItemState(enum.Enum):
    """What has become of a file."""

    WAITING = enum.auto()
    RUNNING = enum.auto()
    DONE = enum.auto()
    FAILED = enum.auto()
    CANCELLED = enum.auto()
    TAKEN = enum.auto()
    """Its folder holds another analysis: see `replace` and `keep_both`."""


@dataclass(eq=False)
class Item:
    """One file. Any thread may read it; only the queue changes it. It equals no other one."""

    job: Job
    options: AnalysisOptions
    state: ItemState = ItemState.WAITING
    progress: AnalysisProgress | None = None
    error: str = ""
    """One line for a person."""
    videos: Videos = field(default_factory=Videos)
    """What is written besides the table."""
    video_share: float | None = None
    """Of a video, while one is written."""
    size: int = 0
    """Of the file, bytes."""
    replaces: bool = False
    """Whether the session that is in its folder goes."""

    @property
    def goes_on(self) -> bool:
        """Whether it waits or is being analysed."""
        return self.state in (ItemState.WAITING, ItemState.RUNNING)


class AnalysisQueue:
    """A list of files and the thread that analyses them. Its methods return at once."""

    def __init__(self, threads: int | None = None) -> None:
        """Begin without files.

        Args:
            threads: on the CPU; None takes every core.
        """
        self._threads = threads
        self._items: list[Item] = []
        self._changed = threading.Condition()
        self._paused = self._stopping = False
        self._holds: Path | None = None  # the folder of sessions that the thread has to itself now
        self._thread = threading.Thread(target=self._work, name="mien-queue", daemon=True)
        at_exit(self._end_all)  # first: Ctrl+C may come while it is started
        self._thread.start()

    @property
    def items(self) -> tuple[Item, ...]:
        """All files, in the order in which they are analysed."""
        with self._changed:
            return tuple(self._items)

    @property
    def paused(self) -> bool:
        """Whether it is paused."""
        return self._paused

    def add(self, jobs: Sequence[Job], options: AnalysisOptions, videos: Videos | None = None) -> None:
        """Add files at the end.

        One that is on the list already is done again if it failed, was cancelled, or had other options.
        """
        videos = videos or Videos()
        with self._changed:
            there = {item.job: item for item in reversed(self._items)}
            for job in jobs:
                known = there.get(job)
                if known is None:
                    there[job] = Item(job, options, videos=videos, size=_size(job.path))
                    self._items.append(there[job])
                elif known.state in (ItemState.FAILED, ItemState.CANCELLED) or (
                    known.state in (ItemState.DONE, ItemState.TAKEN)
                    and (known.options, known.videos) != (options, videos)
                ):
                    known.options, known.videos = options, videos
                    self._wait_again(known)
            self._changed.notify_all()

    def pause(self, paused: bool) -> None:
        """Pause, or resume; at most one more chunk of frames is analysed."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def cancel(self, item: Item) -> None:
        """Give a file up, and throw away what was done of it."""
        with self._changed:
            if item.state is ItemState.WAITING:
                self._clear(item)
            if item.goes_on:
                item.state = ItemState.CANCELLED
            self._changed.notify_all()

    def retry(self, item: Item) -> None:
        """Try a file again that failed or was cancelled."""
        self.add([item.job], item.options, item.videos)

    def replace(self, item: Item) -> None:
        """Analyse a file whose folder is taken; the session that is there is deleted."""
        with self._changed:
            if item.state is ItemState.TAKEN:
                item.replaces = True
                self._wait_again(item)
            self._changed.notify_all()

    def keep_both(self, item: Item) -> None:
        """Analyse a file whose folder is taken into the first free one beside it."""
        with self._changed:
            if item.state is ItemState.TAKEN:
                used = {other.job.session for other in self._items}
                beside = (item.job.session.with_name(f"{item.job.session.name}-{n}") for n in itertools.count(2))
                free = next(folder for folder in beside if folder not in used and not folder.exists())
                item.job = Job(item.job.path, free)
                self._wait_again(item)
            self._changed.notify_all()

    def turn_upright(self, item: Item) -> None:
        """Analyse a file again, turned so that most of its faces are upright; its session is replaced."""
        with self._changed:
            if item.state is ItemState.DONE and item.progress is not None and item.progress.turned_deg:
                rotate = (item.options.rotate - item.progress.turned_deg) % 360
                item.options, item.replaces = dataclasses.replace(item.options, rotate=rotate), True
                self._wait_again(item)
            self._changed.notify_all()

    @staticmethod
    def _wait_again(item: Item) -> None:
        item.state, item.progress, item.error, item.video_share = ItemState.WAITING, None, "", None

    def remove(self, item: Item) -> None:
        """Take a file off the list; its finished session stays on the disk."""
        self.cancel(item)
        with self._changed:
            self._items = [other for other in self._items if other is not item]

    def stop(self) -> None:
        """End. What is done of the current file is kept, and resumed when the file is added again."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the thread."""
        self._thread.join()

    def _end_all(self) -> None:
        self.stop()
        self.join()

    def _next(self) -> Item | None:
        """The next file to work on; None at the end."""
        with self._changed:
            while not self._stopping:
                waiting = [item for item in self._items if item.state is ItemState.WAITING]
                if waiting and not self._paused:
                    waiting[0].state = ItemState.RUNNING
                    return waiting[0]
                self._changed.wait()
        return None

    def _work(self) -> None:
        with LastRecognizer(self._threads) as last:
            while (item := self._next()) is not None:
                try:
                    with self._output_folder(item):
                        if item.replaces or not is_finished(item.job.session, item.job.path, item.options):
                            with last.lend(item.options) as recognizer:
                                self._analyse(item, recognizer)
                        self._write_videos(item)
                    self._end(item, ItemState.DONE)
                except Stopped:
                    self._set_back(item)
                except Busy:  # another window's queue, or a command line, writes there: when it has ended
                    with self._changed:
                        self._wait_again(item)
                        self._changed.wait(_RETRY_S)
                except OtherAnalysis as error:
                    self._end(item, ItemState.TAKEN, str(error))
                except MienError as error:
                    self._end(item, ItemState.FAILED, str(error))
                except Exception as error:  # a thread that fails becomes a message; the next file goes on
                    log.exception("%s cannot be analysed", item.job.path)
                    self._end(item, ItemState.FAILED, unexpected(error))

    @contextmanager
    def _output_folder(self, item: Item) -> Iterator[None]:
        with output_folders([item.job]):
            self._holds = item.job.session.parent.resolve()
            try:
                yield
            finally:
                self._holds = None

    def _analyse(self, item: Item, recognizer: Recognizer) -> None:
        def show(progress: AnalysisProgress) -> None:
            item.progress = progress

        stop = partial(self._should_stop, item)
        if item.replaces:
            make_way(item.job, item.options)
            item.replaces = False
        analyse(item.job.path, item.job.session, recognizer, item.options, progress=show, should_stop=stop)

    def _write_videos(self, item: Item) -> None:
        def show(share: float) -> None:
            item.video_share = share

        if item.videos == Videos():
            return
        stop = partial(self._should_stop, item)
        item.videos.write(item.job.path, item.job.session, progress=show, should_stop=stop)
        item.video_share = None
        if stop():
            raise Stopped

    def _should_stop(self, item: Item) -> bool:
        return self._paused or self._stopping or item.state is ItemState.CANCELLED

    def _set_back(self, item: Item) -> None:
        """Let a file wait again that was stopped, unless it was given up."""
        with self._changed:
            if item.state is ItemState.CANCELLED:
                self._clear(item)
            else:
                item.state = ItemState.WAITING

    def _end(self, item: Item, state: ItemState, error: str = "") -> None:
        with self._changed:
            if item.state is not ItemState.CANCELLED:
                item.state, item.error = state, error

    def _clear(self, item: Item) -> None:
        """Throw away an unfinished session, and its folder if nothing else is in it; not another Mien's."""
        folder: Path = item.job.session
        with suppress(MienError, OSError), ExitStack() as held:
            if folder.parent.resolve() != self._holds:
                held.enter_context(output_folders([item.job]))
            discard(folder)
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is said when its turn comes
        return 0
