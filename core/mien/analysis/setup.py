"""What stands before an analysis: whether it is done already, and the recogniser that it takes."""

from pathlib import Path

from mien.analysis.options import AnalysisOptions
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.session.columns import check_classes
from mien.session.journal import discard
from mien.session.manifest import FILE, read_manifest


def recognizer_for(options: AnalysisOptions, *, threads: int | None = None) -> Recognizer:
    """The recogniser of an analysis; it may serve several files, one after another."""
    settings = RecognizerSettings(
        max_faces=options.max_faces, smoothing_s=options.smoothing_s, coverage=options.coverage
    )
    made = Recognizer(options.model, settings=settings, threads=threads, many=True)
    check_classes(made.classes)
    return made


def is_finished(session: Path, path: Path, options: AnalysisOptions) -> bool:
    """Whether a session of this file with these options is there already.

    Raises:
        MienError: there is one of another file or with other options.
    """
    if not (session / FILE).is_file():
        return False
    there = read_manifest(session)
    discard(session)  # left over where it was killed between the last two steps
    before = {"coverage": AnalysisOptions.coverage, **there.options}  # which older sessions do not state
    if before != options.as_dict() or there.input.path != str(path.resolve()):
        raise MienError(
            f"{session} holds an analysis of another file, or with other options. Choose another folder for sessions "
            "(--out), or delete this one (--replace)."
        )
    return there.input.size == path.stat().st_size
