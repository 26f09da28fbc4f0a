"""The video with a box and a label on each face."""

from mien.types import Frame, Prediction
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mien_app.palette import colour
from mien_app.pictures import to_qimage

_PADDING = 4.0


class VideoView(QWidget):
    """Draws a frame and its predictions, scaled to fit. A click on a face selects it."""

    selected = Signal(int)
    """The place of the clicked face among the predictions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Video"))
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None
        self._predictions: tuple[Prediction, ...] = ()
        self._classes: tuple[str, ...] = ()
        self._selection = 0
        self._text = ""

    def show_frame(self, frame: Frame) -> None:
        """Draw this frame from now on."""
        self._image = to_qimage(frame.image)
        self._text = ""
        self.update()

    def show_predictions(self, predictions: tuple[Prediction, ...], classes: tuple[str, ...], selection: int) -> None:
        """Draw these boxes over the frame."""
        self._predictions, self._classes, self._selection = predictions, classes, selection
        self.update()

    def show_text(self, text: str) -> None:
        """Say something in place of a picture."""
        self._image, self._predictions, self._text = None, (), text
        self.update()

    def _place(self) -> QRectF:
        """Where the picture lies in the widget."""
        assert self._image is not None
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _box(self, prediction: Prediction, place: QRectF) -> QRectF:
        assert self._image is not None
        scale = place.width() / self._image.width()
        left, top, width, height = (value * scale for value in prediction.face.box)
        return QRectF(place.left() + left, place.top() + top, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(18, 20, 23))
        if self._image is None:
            painter.setPen(QColor(200, 204, 208))
            area = QRectF(self.rect()).adjusted(40, 40, -40, -40)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
            return
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        place = self._place()
        painter.drawImage(place, self._image)
        for number, prediction in enumerate(self._predictions):
            self._draw_face(painter, place, number, prediction)

    def _draw_face(self, painter: QPainter, place: QRectF, number: int, prediction: Prediction) -> None:
        box = self._box(prediction, place)
        ink = colour(prediction.label, self._classes.index(prediction.label))
        painter.setPen(QPen(ink, 3.0 if number == self._selection else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        text = f"{prediction.label} {prediction.confidence:.0%}"
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text) + 2 * _PADDING, metrics.height() + _PADDING
        top = box.top() - height - 2
        if top < place.top():  # no room above: below the box
            top = min(box.bottom() + 2, place.bottom() - height)
        left = min(max(box.left(), place.left()), place.right() - width)
        label = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(label, 3, 3)
        painter.setPen(QColor("black") if ink.lightnessF() > 0.42 else QColor("white"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the face under the pointer."""
        if self._image is None:
            return
        place, point = self._place(), QPointF(event.position())
        for number, prediction in enumerate(self._predictions):
            if self._box(prediction, place).contains(point):
                self.selected.emit(number)
                return
