"""What comes before an analysis: the recogniser for it, and whether it has been done already."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from mien.analysis.frame_selection import FrameSelection
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.session.folder import MANIFEST, check_folder, remove_session
from mien.session.journal import discard
from mien.session.manifest import Input, read_manifest
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.utils.closeable import Closeable
from mien.utils.files import check_input, reading
from mien.utils.lock import locked


def recognizer_for(options: AnalysisOptions, *, threads: int | None = None) -> Recognizer:
    """Load the recogniser for analyses; it may serve several files, one after another.

    Raises:
        MienError: there is no such model, it may not be loaded, or its classes do not fit the options' columns.
    """
    settings = RecognizerSettings(
        max_faces=options.max_faces, smoothing_s=options.smoothing_s, coverage=options.coverage, pose=options.pose
    )
    made = Recognizer(options.model, settings=settings, threads=threads, many=True)
    try:
        COLUMN_SCHEMES[options.columns].check_classes(made.classes)
    except BaseException:
        made.close()
        raise
    return made


def output_folders(jobs: Iterable[Job]) -> ExitStack:
    """Hold the folders in which the sessions of jobs lie, so that no two processes write there at once.

    Raises:
        MienError: another one does, or they cannot be written.
    """
    with ExitStack() as held:
        for folder in sorted({job.session.parent.resolve() for job in jobs}):
            busy = f"{folder} is in use by another analysis. Wait until it has ended, or choose another folder."
            held.enter_context(locked(folder, busy))
        return held.pop_all()


class LastRecognizer(Closeable):
    """Keeps the recogniser of the last options loaded, and lends it to one thread at a time."""

    def __init__(self, threads: int | None = None) -> None:
        """Load nothing yet.

        Args:
            threads: on the CPU; None takes every core.
        """
        self._threads = threads
        self._lock = threading.Lock()
        self._options: AnalysisOptions | None = None
        self._recognizer: Recognizer | None = None

    @contextmanager
    def lend(self, options: AnalysisOptions) -> Iterator[Recognizer]:
        """Load the recogniser for these options, if it is not the last one.

        Raises:
            MienError: see `recognizer_for`.
        """
        with self._lock:
            if self._recognizer is None or self._options != options:
                self._unload()
                self._recognizer, self._options = recognizer_for(options, threads=self._threads), options
            yield self._recognizer

    def _unload(self) -> None:
        if self._recognizer is not None:
            self._recognizer.close()
        self._recognizer = None

    def close(self) -> None:
        """Free the recogniser, once it is not lent."""
        with self._lock:
            self._unload()


class OtherAnalysis(MienError):
    """A session's folder holds one of another file, of the file as it was, or with other options: a person chooses."""


def is_finished(session: Path, path: Path, options: AnalysisOptions) -> bool:
    """Whether the folder holds a session of this file with these options.

    Raises:
        OtherAnalysis: it holds one of another file, of the file before it was changed, or with other options. What
            was measured and set right there, and videos and pictures beside it, would not fit a new analysis.
        MienError: see `check_folder`.
    """
    check_folder(session)
    if not (session / MANIFEST).is_file():
        return False
    there = read_manifest(session)
    discard(session)  # it is left over if the analysis was killed between its last two steps
    before = {
        "coverage": AnalysisOptions.coverage,
        "rotate": 0,
        "pose": False,
        "landmarks": False,
        **there.options,
    }  # older sessions do not say
    if before != options.as_dict() or there.input.path != str(path.resolve()):
        raise OtherAnalysis(
            f"{session} holds an analysis of another file, or with other options. Choose another folder for sessions, "
            "or delete this one.",
            "--out, --replace",
        )
    with reading(path):
        changed = _is_changed(path, there.input, session / MANIFEST)
    if changed:
        raise OtherAnalysis(
            f"{session} holds an analysis of {path.name} before that was changed. Choose another folder for sessions, "
            "or delete this one.",
            "--out, --replace",
        )
    return True


def make_way(job: Job, options: AnalysisOptions) -> None:
    """Delete a job's session, which is to be replaced, once it is sure that its file can be read.

    Raises:
        MienError: it cannot be read, and the session stays; or see `remove_session`.
    """
    check_input(job.path)
    with FrameSelection(job.path, options) as selection:
        if next(selection.chunks(), None) is None:
            raise MienError(selection.nothing_read)
    remove_session(job.session, of=job.path)


def _is_changed(path: Path, analysed: Input, manifest: Path) -> bool:
    """Whether a file has other bytes than were analysed. It is read only if it may have been written to since."""
    file = path.stat()
    touched = max(file.st_mtime_ns, file.st_ctime_ns) >= manifest.stat().st_mtime_ns
    return file.st_size != analysed.size or (touched and not analysed.is_still(path))
