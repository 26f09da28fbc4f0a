"""What an exporter is, and what it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.session.edits import Marker, TimeSpan
from mien.session.folder import FILES
from mien.session.session import Session
from mien.session.summary import whole_span
from mien.utils.files import writing


@dataclass(frozen=True)
class ExportOptions:
    """The same for all exporters; each takes what concerns it."""

    span: TimeSpan | None = None
    """None exports the whole session."""
    boxes: bool = True
    """Of a video: draw boxes, persons and expressions."""
    blur: str = ""
    """Of a video: whose faces are covered, see `mien.session.export.anonymise.Blurring`."""
    progress: Callable[[float], None] = lambda share: None
    """Told the share that is done, 0..1, where an export takes long."""
    should_stop: Callable[[], bool] = lambda: False
    """Asked from time to time; True leaves no file behind."""
    shortest_s: float = 0.0
    """Of intervals: shorter ones are left out."""
    decimal: str = "."
    """Of a CSV table: what stands before the fraction, "." or ","; with a comma there are semicolons between cells."""

    rate: float = 30.0
    """Of samples: how many a second."""

    def span_of(self, session: Session) -> TimeSpan:
        """The span to export; that of a whole session ends after its last frame."""
        return self.span or whole_span(session)

    def markers_of(self, session: Session) -> tuple[Marker, ...]:
        """The markers in the span; of a whole session all, since a recording has some where no frame was recognised."""
        span = self.span
        return tuple(m for m in session.edits.markers if span is None or span.start_s <= m.time_s < span.end_s)


@dataclass(frozen=True)
class Exporter:
    """Writes a session, or a span of it, as one file for others."""

    name: str
    suffixes: tuple[str, ...]
    """Of the files that it writes, the usual one first."""
    write: Callable[[Session, Path, ExportOptions], int]
    """Call `export` instead, which makes errors readable."""
    summary: str = ""
    """What is in the file, in a few words."""

    beside: Callable[[Path], tuple[Path, ...]] = lambda path: ()
    """The files that are written beside the one that was asked for."""

    by_session: Callable[[Session], tuple[str, ...]] | None = None
    """Gives the endings where they depend on the session."""

    def writes(self, path: Path) -> bool:
        """Whether the path has one of its endings."""
        return _ends_with(path, self.suffixes)

    def suffixes_for(self, session: Session) -> tuple[str, ...]:
        """Of the files that it writes of this session, the usual one first."""
        return self.suffixes if self.by_session is None else self.by_session(session)

    def export(self, session: Session, path: Path, options: ExportOptions | None = None) -> int:
        """Write a file; it appears when it is whole.

        Returns:
            How many rows, persons or frames are in it; 0 if it was stopped.

        Raises:
            MienError: the session has nothing to export there, the file has another ending, cannot be written, or is
                the session's own.
        """
        suffixes = self.suffixes_for(session)
        if not _ends_with(path, suffixes):
            raise MienError(
                language.tr("{}: the name of such a file ends with {}. Choose another name.").format(
                    path.name, ", ".join(suffixes)
                )
            )
        with writing(path):
            for one in (path, *self.beside(path)):
                _refuse_own(session, one)
            return self.write(session, path, options or ExportOptions())


def _ends_with(path: Path, suffixes: tuple[str, ...]) -> bool:
    return path.name.lower().endswith(tuple(suffix.lower() for suffix in suffixes))


def _refuse_own(session: Session, path: Path) -> None:
    """What was measured, set right or recorded is never replaced."""
    own = [session.folder / name for name in FILES]
    if any(one is not None and one.exists() and path.exists() and one.samefile(path) for one in (*own, session.video)):
        raise MienError(language.tr("{} is the session's own. Choose another name.").format(path))
