"""Writes the exports of a session in the background."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.errors import MienError
from mien.session.session import Session
from mien_app.services.background import Background
from mien_app.widgets.time_span import Span


@dataclass(frozen=True)
class Clip:
    """How a clip is made."""

    boxes: bool
    blur: str
    """Whose faces: nobody's (empty), `all`, or everybody's but one person's (`others:NUMBER`)."""


class ExportWorker(QObject):
    """Does one export at a time. A clip reports its progress and can be stopped."""

    progressed = Signal(float)
    """Share of the clip that is written, 0..1."""
    ended = Signal(str, bool)
    """A line for the person, empty if they stopped it, and whether it was written."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._stop = threading.Event()
        self.busy = False

    def rows(self, session: Session, path: Path, span: Span) -> None:
        """Write the rows of a span as CSV."""

        def work() -> str:
            # Imported here: it takes pyarrow and Matplotlib, which are slow to load.
            from mien.session.export.range import export_rows

            count = export_rows(session, path, span.start_s, _last(session, span))
            return self.tr("{} rows saved: {}").format(count, path)

        self._run(path, work)

    def plot(self, session: Session, path: Path, span: Span) -> None:
        """Draw the timeline of a span as PNG or SVG."""

        def work() -> str:
            from mien.session.export.range import export_plot

            export_plot(session, path, span.start_s, span.end_s)
            return self.tr("Saved: {}").format(path)

        self._run(path, work)

    def clip(self, session: Session, path: Path, span: Span, clip: Clip) -> None:
        """Write the video of a span as MP4."""
        self._stop.clear()

        def work() -> str:
            from mien.session.export.video import render

            render(
                session,
                path,
                start_s=span.start_s,
                end_s=_last(session, span),
                boxes=clip.boxes,
                blur=clip.blur,
                progress=self.progressed.emit,
                should_stop=self._stop.is_set,
            )
            return "" if self._stop.is_set() else self.tr("Saved: {}").format(path)

        self._run(path, work)

    def stop(self) -> None:
        """Stop the clip that is being written; nothing of it is kept."""
        self._stop.set()

    def _run(self, path: Path, work: Callable[[], str]) -> None:
        def guarded() -> str:
            try:
                return work()
            except OSError as error:
                raise MienError(
                    f"{path} cannot be written: {error.strerror or error}. Choose another place."
                ) from error

        self.busy = True
        self._background.run(guarded, lambda text: self._over(text, True), lambda text: self._over(text, False))

    def _over(self, text: str, good: bool) -> None:
        self.busy = False
        self.ended.emit(text, good)


def _last(session: Session, span: Span) -> float:
    """Time of the last frame in a span: a span's end lies outside it, the exports include theirs."""
    place = session.place_at(span.end_s)
    if place and session.frame_times[place] >= span.end_s:
        place -= 1
    return float(session.frame_times[place])
