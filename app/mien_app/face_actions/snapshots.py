"""Saves and copies what the resizer does, away from the window's thread."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage

from mien.errors import MienError
from mien.live.pipeline import LiveResult
from mien.utils.files import write_atomic
from mien_app.services.background import Background
from mien_app.widgets.message_bar import MessageBar


def folder() -> Path:
    """Where snapshots go."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(pictures or Path.home()) / "Mien"


def draw(result: LiveResult, track: int | None, source: str, classes: tuple[str, ...]) -> bytes:
    """The PNG of one person, or of all in view."""
    from mien.figures.snapshot import FaceReport
    from mien.figures.snapshot import draw as draw_faces

    seen = result.recognition
    pairs = zip(seen.predictions, seen.views, strict=True)
    faces = [FaceReport(*pair) for pair in pairs if track is None or pair[0].track_id == track]
    caption = f"{source}, {seen.time_s:.2f} s. Model {result.model}. An expression is not a feeling."
    return draw_faces(faces, classes, caption)


def write_png(data: bytes) -> Path:
    """Write a picture into the person's pictures, under a name of its own.

    Raises:
        MienError: it cannot be written.
    """
    path = folder() / f"mien-{datetime.now():%Y-%m-%d-%H%M%S-%f}.png"
    try:
        write_atomic(path, data)
    except OSError as error:
        raise MienError(f"{path} cannot be written: {error.strerror}.") from error
    return path


class Snapshots(QObject):
    """One click saves or copies; the banner says where to."""

    def __init__(self, background: Background, banner: MessageBar) -> None:
        super().__init__(banner)
        self._background, self._banner = background, banner

    def save(self, result: LiveResult | None, track: int | None, source: str, classes: tuple[str, ...]) -> None:
        """Write a PNG of one person, or of all, into the person's pictures."""
        if (shown := self._with_a_face(result, track)) is None:
            return
        self._background.run(
            lambda: write_png(draw(shown, track, source, classes)),
            lambda path: self._banner.say(self.tr("Saved: {}").format(path), 8),
            self._banner.say,
        )

    def copy(self, result: LiveResult | None, track: int | None, source: str, classes: tuple[str, ...]) -> None:
        """Put a picture on the clipboard."""
        if (shown := self._with_a_face(result, track)) is None:
            return
        self._background.run(
            lambda: QImage.fromData(draw(shown, track, source, classes)), self._copied, self._banner.say
        )

    def _with_a_face(self, result: LiveResult | None, track: int | None) -> LiveResult | None:
        seen = result.recognition.predictions if result is not None else ()
        if any(track is None or prediction.track_id == track for prediction in seen):
            return result
        self._banner.say(self.tr("There is no face to save yet."), 4)
        return None

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._banner.say(self.tr("Copied."), 3)
