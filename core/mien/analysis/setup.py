"""What comes before an analysis: whether it is done already, and the recogniser for it."""

from pathlib import Path

from mien.analysis.options import AnalysisOptions
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.session.columns import check_classes
from mien.session.folder import MANIFEST
from mien.session.journal import discard
from mien.session.manifest import read_manifest


def recognizer_for(options: AnalysisOptions, *, threads: int | None = None) -> Recognizer:
    """Load the recogniser for analyses; it may serve several files, one after another.

    Raises:
        MienError: there is no such model, or it may not be loaded.
    """
    settings = RecognizerSettings(
        max_faces=options.max_faces, smoothing_s=options.smoothing_s, coverage=options.coverage
    )
    made = Recognizer(options.model, settings=settings, threads=threads, many=True)
    check_classes(made.classes)
    return made


def is_finished(session: Path, path: Path, options: AnalysisOptions) -> bool:
    """Whether the folder holds a session of this file with these options.

    Raises:
        MienError: it holds one of another file or with other options.
    """
    if not (session / MANIFEST).is_file():
        return False
    there = read_manifest(session)
    discard(session)  # it is left over if the analysis was killed between its last two steps
    before = {"coverage": AnalysisOptions.coverage, **there.options}  # older sessions do not say
    if before != options.as_dict() or there.input.path != str(path.resolve()):
        raise MienError(
            f"{session} holds an analysis of another file, or with other options. Choose another folder for sessions "
            "(--out), or delete this one (--replace)."
        )
    return there.input.size == path.stat().st_size
