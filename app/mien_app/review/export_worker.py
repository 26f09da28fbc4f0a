"""Writes the exports of a session in the background."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.session.edits import TimeSpan
from mien.session.session import Session
from mien_app.services.background import Background


class ExportWorker(QObject):
    """Does one export at a time. One that takes long reports its progress and can be stopped."""

    progressed = Signal(float)
    """Share that is written, 0..1."""
    ended = Signal(str, object)
    """A line for the person, empty if they stopped it; and the file, None where it was not written."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._stop = threading.Event()
        self.busy = False

    def export(
        self, name: str, session: Session, path: Path, span: TimeSpan, *, boxes: bool = True, blur: str = ""
    ) -> None:
        """Write a span of a session.

        Args:
            name: of an exporter.
            session: what is exported.
            path: the file.
            span: what part of it.
            boxes: see `mien.session.export.base.ExportOptions`.
            blur: likewise.
        """
        self._stop.clear()

        def work() -> str:
            # Imported here: it takes pyarrow, which is slow to load.
            from mien.session.export.base import ExportOptions
            from mien.session.export.registry import EXPORTERS

            options = ExportOptions(
                span, boxes=boxes, blur=blur, progress=self.progressed.emit, should_stop=self._stop.is_set
            )
            count = EXPORTERS[name].export(session, path, options)
            return "" if self._stop.is_set() else self._saved(name, count, path)

        self.busy = True
        self._background.run(work, lambda text: self._over(text, path), lambda text: self._over(text, None))

    def _saved(self, name: str, count: int, path: Path) -> str:
        text = self.tr("%n row(s) saved: {}", "", count) if name == "rows" else self.tr("Saved: {}")
        return text.format(path)

    def stop(self) -> None:
        """Stop the export; nothing of it is kept."""
        self._stop.set()

    def _over(self, text: str, file: Path | None) -> None:
        self.busy = False
        self.ended.emit(text, file)
