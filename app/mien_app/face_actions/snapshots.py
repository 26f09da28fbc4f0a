"""Saves and copies pictures of faces in the background, with what the resizer makes of them."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage

from mien.live.state import LiveResult
from mien.utils.files import free_path, write_atomic, writing
from mien_app.services.background import Background
from mien_app.widgets.message_bar import MessageBar


def folder() -> Path:
    """The folder that snapshots are saved in."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(pictures or Path.home()) / "Mien"


def draw(result: LiveResult, track: int | None, source: str, classes: tuple[str, ...]) -> bytes:
    """Draw one person, or everybody in view if `track` is None, as PNG."""
    from mien.figures.snapshot import FaceReport
    from mien.figures.snapshot import draw as draw_faces

    seen = result.recognition
    pairs = zip(seen.predictions, seen.views, strict=True)
    faces = [FaceReport(*pair) for pair in pairs if track is None or pair[0].track_id == track]
    caption = f"{source}, {seen.time_s:.2f} s. Model {result.model}. An expression is not a feeling."
    return draw_faces(faces, classes, caption)


def write_png(data: bytes) -> Path:
    """Write a picture into the folder of snapshots, under a new name.

    Raises:
        MienError: it cannot be written.
    """
    # One of before may have this name, where the clock was set back.
    path = free_path(folder(), f"mien-{datetime.now():%Y-%m-%d-%H%M%S-%f}", ".png")
    with writing(path):
        write_atomic(path, data)
    return path


class Snapshots(QObject):
    """Saves or copies with one click. The message bar says where the picture is."""

    def __init__(self, background: Background, messages: MessageBar) -> None:
        super().__init__(messages)
        self._background, self._messages = background, messages

    def save(self, result: LiveResult | None, track: int | None, source: str, classes: tuple[str, ...]) -> None:
        """Save a PNG of one person, or of everybody if `track` is None."""
        if (shown := self._with_a_face(result, track)) is None:
            return
        self._background.run(
            lambda: write_png(draw(shown, track, source, classes)),
            lambda path: self._messages.done(self.tr("Saved: {}").format(path), path),
            self._messages.fail,
            saves=True,
        )

    def copy(self, result: LiveResult | None, track: int | None, source: str, classes: tuple[str, ...]) -> None:
        """Put the same picture on the clipboard."""
        if (shown := self._with_a_face(result, track)) is None:
            return
        self._background.run(
            lambda: QImage.fromData(draw(shown, track, source, classes)), self._copied, self._messages.fail
        )

    def _with_a_face(self, result: LiveResult | None, track: int | None) -> LiveResult | None:
        seen = result.recognition.predictions if result is not None else ()
        if any(track is None or prediction.track_id == track for prediction in seen):
            return result
        self._messages.say(self.tr("There is no face to save yet. Wait until one is in view."), 4)
        return None

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._messages.done(self.tr("Copied."))
