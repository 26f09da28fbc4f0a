"""Writes what is exported of a session, away from the window's thread."""

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
    """Empty, `all` or `others:NUMBER`."""


class ExportWorker(QObject):
    """One export at a time; a clip says how far it is and can be stopped."""

    progressed = Signal(float)
    """0..1"""
    ended = Signal(str, bool)
    """With a sentence, empty where it was stopped, and whether it went well."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._stop = threading.Event()
        self.busy = False

    def rows(self, session: Session, path: Path, span: Span) -> None:
        """The rows of a span, as CSV."""

        def work() -> str:
            from mien.session.export.range import (
                export_rows,  # pyarrow's and Matplotlib's parts: not on the window's thread
            )

            count = export_rows(session, path, span.start_s, _last(session, span))
            return self.tr("{} rows saved: {}").format(count, path)

        self._run(path, work)

    def plot(self, session: Session, path: Path, span: Span) -> None:
        """The lanes of a span, as PNG or SVG."""

        def work() -> str:
            from mien.session.export.range import export_plot

            export_plot(session, path, span.start_s, span.end_s)
            return self.tr("Saved: {}").format(path)

        self._run(path, work)

    def clip(self, session: Session, path: Path, span: Span, clip: Clip) -> None:
        """The video of a span, as MP4."""
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
        """End a clip that is being written; nothing of it is left."""
        self._stop.set()

    def _run(self, path: Path, work: Callable[[], str]) -> None:
        def guarded() -> str:
            try:
                return work()
            except OSError as error:
                raise MienError(f"{path} cannot be written: {error.strerror or error}.") from error

        self.busy = True
        self._background.run(guarded, lambda text: self._over(text, True), lambda text: self._over(text, False))

    def _over(self, text: str, good: bool) -> None:
        self.busy = False
        self.ended.emit(text, good)


def _last(session: Session, span: Span) -> float:
    """Of the last frame in a span. A span ends before its end; the exports take the last moment with them."""
    place = session.place_at(span.end_s)
    if place and session.frame_times[place] >= span.end_s:
        place -= 1
    return float(session.frame_times[place])
