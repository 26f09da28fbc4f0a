"""Shows the open session's video: frames are read on another thread, and shown with their boxes when they arrive."""

from PySide6.QtCore import QObject, Signal

from mien_app.review.frame_reader import FrameReader, ShownFrame
from mien_app.review.model import ReviewModel
from mien_app.widgets.video_view import VideoView


class ReviewVideo(QObject):
    """Shows the frame at the playhead on a view. The picture may be a moment behind."""

    arrived = Signal()
    """A picture is shown."""
    # From the reader's thread, with the reader: that of a session that was closed is ignored.
    _ready = Signal(object, object)
    _lost = Signal(object, str)

    def __init__(self, view: VideoView, review: ReviewModel, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._review = view, review
        self.shown: ShownFrame | None = None
        """The picture on the view; None if there is none."""
        self._reader: FrameReader | None = None
        self._ending: list[FrameReader] = []
        self._ready.connect(self._show)
        self._lost.connect(self._show_lost)

    @property
    def place(self) -> int | None:
        """Place in `Session.frame_times` of the frame on the view."""
        return None if self.shown is None else self.shown.place

    def open(self) -> None:
        """Show the session that was just opened."""
        now = self._review.now
        assert now is not None
        self.close()
        self.shown = None
        self._view.clear()
        self._view.set_names(now.names)
        if now.session.video is None:
            text = self.tr("The video is no longer at\n{}\nPut it back to see it. The predictions are still here.")
            if now.session.elsewhere:
                text = self.tr(
                    "The video is on another computer:\n{}\nMien asks it for nothing before you open a file of it."
                )
            if not now.session.manifest.input.path:
                text = self.tr("This session does not say where its video is. The predictions are still here.")
            self._view.show_text(text.format(now.session.manifest.input.path))
            return
        self._view.show_text("")
        reader: FrameReader = FrameReader(
            now.session,
            lambda shown: self._ready.emit(reader, shown),
            lambda text: self._lost.emit(reader, text),
        )
        self._reader = reader
        reader.want(0)

    def follow(self) -> None:
        """Show the frame at the playhead as soon as it is read."""
        if self._reader is not None:
            self._reader.want(self._review.place)

    def show_boxes(self) -> None:
        """Draw the boxes of the picture that is shown."""
        now, place = self._review.now, self.place
        if now is not None and place is not None:
            self._view.show_predictions(now.session.predictions(place), now.session.classes, self._review.person)

    def _show(self, reader: FrameReader, shown: ShownFrame) -> None:
        if reader is self._reader:
            self.shown = shown
            self._view.show_frame(shown.frame, width=shown.width)
            self.show_boxes()
            self.arrived.emit()

    def _show_lost(self, reader: FrameReader, text: str) -> None:
        if reader is self._reader:
            self._reader = None
            self._ending.append(reader)
            self._view.show_text(text)

    def close(self) -> None:
        """Stop reading, without waiting for it."""
        if self._reader is not None:
            self._reader.stop()
            self._ending = [reader for reader in self._ending if not reader.ended]  # each holds its session
            self._ending.append(self._reader)
            self._reader = None

    def wait(self) -> None:
        """Wait until no frame is being read."""
        for reader in self._ending:
            reader.wait()
        self._ending.clear()
