"""The video with a box and a label on each face."""

import math
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mien.colours import AXIS_COLOURS
from mien.faces.pose.head import axes
from mien.types import Face, Frame, HeadPose, Image, Prediction
from mien_app.widgets.class_colours import UNSURE, colour, readable_on
from mien_app.widgets.class_names import in_words
from mien_app.widgets.qt_images import scaled
from mien_app.widgets.theme import STAGE, tabular
from mien_app.widgets.zoom import Zoom

_PADDING = 5.0
_NOTCH = 1.25  # times larger with each notch of the wheel


class VideoView(QWidget):
    """Draws a frame and its predictions, scaled to fit. A click on a face selects it.

    The wheel enlarges what is under the pointer, dragging moves it, a double click shows the whole picture again.
    """

    selected = Signal(int)
    """The track of the clicked face."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Video"))
        self.setMinimumSize(240, 135)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.mirror = False
        self._frame: Frame | None = None
        self._width = 1
        self._names: Mapping[int, str] = {}
        self._preview: Image = np.zeros((1, 1, 3), np.uint8)
        self._image = QImage()
        self._predictions: tuple[Prediction, ...] = ()
        self._classes: tuple[str, ...] = ()
        self._selected = 0
        self._text = ""
        self._axes = False
        self._zoom = Zoom()
        self._dragged: QPointF | None = None

    def show_frame(self, frame: Frame, preview: Image | None = None, width: int = 0) -> None:
        """Draw this frame from now on.

        Args:
            frame: the frame.
            preview: a smaller picture of it, to be drawn in its place.
            width: px, of the frame whose coordinates boxes have, where `frame` itself is a smaller picture of it.
        """
        self._frame, self._width = frame, width or frame.image.shape[1]
        self._preview = frame.image if preview is None else preview
        self._image = QImage()
        self.update()

    def show_predictions(self, predictions: tuple[Prediction, ...], classes: tuple[str, ...], selected: int) -> None:
        """Draw boxes over the frame; that of the selected track is thicker."""
        self._predictions, self._classes, self._selected = predictions, classes, selected
        self.update()

    def set_names(self, names: Mapping[int, str]) -> None:
        """Write these names on the labels in place of the tracks' numbers."""
        self._names = names
        self.update()

    def show_text(self, text: str) -> None:
        """Write a text over the picture, or nothing."""
        if text != self._text:
            self._text = text
            self.setAccessibleDescription(text)
            self.update()

    def clear(self) -> None:
        """Forget the frame and its boxes."""
        self._zoom = Zoom()
        self._frame, self._image, self._predictions = None, QImage(), ()
        self.update()

    def set_mirror(self, mirror: bool) -> None:
        """Show the picture as in a mirror, or as the camera sees it."""
        self.mirror = mirror
        self._image = QImage()
        self.update()

    def set_axes(self, shown: bool) -> None:
        """Draw the axes of heads, where their pose was measured, or not."""
        self._axes = shown
        self.update()

    def _place(self, frame: Frame) -> QRectF:
        """Where the picture lies in the widget, also the parts that are not seen."""
        return self._zoom.place(self._fit(frame), QRectF(self.rect()))

    def _fit(self, frame: Frame) -> QRectF:
        """Where the whole picture lies, if it is not enlarged."""
        picture = QSize(frame.image.shape[1], frame.image.shape[0])
        size = picture.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRectF(left, top, size.width(), size.height())

    def box(self, face: Face) -> QRectF:
        """Where a face of the frame lies in the widget, px; an empty rectangle while there is no frame."""
        if self._frame is None:
            return QRectF()
        place = self._place(self._frame)
        scale = place.width() / self._width
        left, top, width, height = (value * scale for value in face.box)
        if self.mirror:
            left = place.width() - left - width
        return QRectF(place.left() + left, place.top() + top, width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the picture anew."""
        self._image = QImage()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, boxes and text."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(STAGE))
            if self._frame is not None:
                place = self._place(self._frame)
                self._draw_picture(painter, self._frame, place)
                painter.setClipRect(place)
                taken: list[QRectF] = []
                for prediction in sorted(self._predictions, key=lambda one: one.track_id != self._selected):
                    self._draw_face(painter, prediction, place, taken)
                painter.setClipping(False)
            if self._text:
                self._draw_text(painter)

    def _draw_picture(self, painter: QPainter, frame: Frame, place: QRectF) -> None:
        """Scale the part that is seen, once for each frame."""
        whole = self._preview if self._zoom.times == 1 else frame.image
        height, width = whole.shape[:2]
        seen = place.intersected(QRectF(self.rect()))
        left = int((seen.left() - place.left()) / place.width() * width)
        right = min(math.ceil((seen.right() - place.left()) / place.width() * width), width)
        top = int((seen.top() - place.top()) / place.height() * height)
        bottom = min(math.ceil((seen.bottom() - place.top()) / place.height() * height), height)
        across, down = place.width() / width, place.height() / height
        target = QRectF(
            place.left() + left * across, place.top() + top * down, (right - left) * across, (bottom - top) * down
        )
        if self._image.isNull():
            ratio = self.devicePixelRatioF()
            columns = slice(width - right, width - left) if self.mirror else slice(left, right)
            part = np.ascontiguousarray(whole[top:bottom, columns])
            self._image = scaled(part, (target.size() * ratio).toSize(), mirror=self.mirror)
            self._image.setDevicePixelRatio(ratio)
        painter.drawImage(target.topLeft(), self._image)

    def _draw_face(self, painter: QPainter, prediction: Prediction, place: QRectF, taken: list[QRectF]) -> None:
        box, number = self.box(prediction.face), self._classes.index(prediction.label)
        ink = colour(prediction.label, number) if prediction.sure else UNSURE
        pen = QPen(ink, 3.5 if prediction.track_id == self._selected else 1.8)
        if not prediction.sure:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)

        if self._axes and prediction.pose is not None:
            self._draw_axes(painter, prediction.pose, place)
        label = self._label(prediction)
        font = tabular(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        spot = None
        for text in dict.fromkeys((label, str(prediction.track_id))):  # a crowd leaves room for numbers only, or none
            width, height = metrics.horizontalAdvance(text) + 2 * _PADDING, metrics.height() + 2
            spot = free_spot(QRectF(box.left(), box.top() - height - 2, width, height), box, place, taken)
            if spot is not None:
                label = text
                break
        if spot is None:
            return
        taken.append(spot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(spot, 4, 4)
        painter.setPen(readable_on(ink))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, label)

    def _draw_axes(self, painter: QPainter, pose: HeadPose, place: QRectF) -> None:
        scale = place.width() / self._width
        points = axes(pose, self._width, round(place.height() / scale)) * scale
        if self.mirror:
            points[:, 0] = place.width() - points[:, 0]
        start, *ends = (place.topLeft() + QPointF(x, y) for x, y in points.tolist())
        for end, ink in zip(ends, AXIS_COLOURS, strict=True):
            painter.setPen(QPen(QColor(ink), 2.5))
            painter.drawLine(start, end)

    @property
    def captions(self) -> list[str]:
        """The texts beside the faces."""
        return [self._label(prediction) for prediction in self._predictions]

    def _label(self, prediction: Prediction) -> str:
        text = in_words(prediction, self._classes)
        if self._names:
            return "  ".join(filter(None, (self._names.get(prediction.track_id), text)))
        return f"{prediction.track_id}  {text}" if len(self._predictions) > 1 else text

    def _draw_text(self, painter: QPainter) -> None:
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = QRectF(self.rect()).adjusted(32, 32, -32, -32)
        text = QFontMetricsF(self.font()).boundingRect(room, flags, self._text)
        if self._frame is not None:  # not over the faces
            text.moveBottom(self.height() - 24)
        painter.setFont(self.font())  # that of a face's label is wider
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(text.adjusted(-16, -10, 16, 10), 8, 8)
        painter.setPen(QColor("white"))
        painter.drawText(text, flags, self._text)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge the picture so many times more, around a point or its middle; below 1 makes it smaller again."""
        if self._frame is not None:
            room = QRectF(self.rect())
            self._change(self._zoom.enlarged(factor, at or room.center(), self._fit(self._frame), room))

    def show_whole(self) -> None:
        """Show the whole picture again."""
        self._change(Zoom())

    def _change(self, zoom: Zoom) -> None:
        self._zoom, self._image = zoom, QImage()
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoom.times > 1 else Qt.CursorShape.ArrowCursor)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge what is under the pointer."""
        self.zoom(_NOTCH ** (event.angleDelta().y() / 120), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move an enlarged picture."""
        if self._dragged is not None and self._frame is not None and self._zoom.times > 1:
            room, by = QRectF(self.rect()), event.position() - self._dragged
            self._change(self._zoom.moved(by, self._fit(self._frame), room))
            self._dragged = event.position()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole picture again."""
        self.show_whole()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the face under the pointer, the smallest where several are."""
        self._dragged = event.position()
        under = [p for p in self._predictions if self.box(p.face).contains(event.position())]
        if under:
            self.selected.emit(min(under, key=lambda p: p.face.size).track_id)


def free_spot(wanted: QRectF, box: QRectF, place: QRectF, taken: list[QRectF]) -> QRectF | None:
    """Find room for a face's label.

    Args:
        wanted: above the box.
        box: around the face.
        place: the picture, which the label does not leave.
        taken: labels that it does not cover.

    Returns:
        `wanted` where there is room, else below the box or inside it; None where there is none at all.
    """
    below = QRectF(QPointF(wanted.left(), box.bottom() + 2), wanted.size())
    inside = QRectF(QPointF(wanted.left(), box.top() + 2), wanted.size())
    for spot in (wanted, below, inside):
        spot.moveLeft(min(max(spot.left(), place.left()), place.right() - spot.width()))
        if place.contains(spot) and not any(spot.intersects(other) for other in taken):
            return spot
    return None
