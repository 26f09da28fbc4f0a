"""A session's timeline: a lane a person, the playhead, the chosen range, markers, and a scale of time."""

from collections import OrderedDict

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from mien.session.edits import Marker
from mien_app.review.opened_session import OpenedSession, PersonRow
from mien_app.widgets.lane_image import explained, lane_image
from mien_app.widgets.theme import GAP, tabular, theme
from mien_app.widgets.time_span import Span, clock

_NAMES_PX, _HEAD_PX, _LANE_PX, _TALLEST_PX = 96, 30, 34, 72
_TICK_PX = 84  # least room for a tick
_KEPT = 64  # pictures of lanes
_ZOOM = 1.25


class SessionTimeline(QAbstractScrollArea):
    """The wheel zooms at the pointer; the middle button or Shift and the wheel pan; Shift and a drag choose a range."""

    sought = Signal(float)
    ranged = Signal(object)
    """A Span."""
    person_chosen = Signal(int)
    marker_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_HEAD_PX + _LANE_PX)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self._opened: OpenedSession | None = None
        self.shown = Span(0, 1)
        self._time_s, self._person = 0.0, 0
        self._range: Span | None = None
        self._pictures: OrderedDict[tuple[int, Span, int, int], QImage] = OrderedDict()
        self._drag = ""
        self._from_s = 0.0

    def show_session(self, opened: OpenedSession, *, another: bool) -> None:
        """Draw a session; one that is `another` is shown from end to end."""
        self._opened = opened
        self._pictures.clear()
        if another:
            self.shown = opened.whole
        self._fit()
        self.viewport().update()

    def show_moment(self, time_s: float, person: int, chosen: Span | None, *, follow: bool) -> None:
        """Draw playhead, person and range; `follow` keeps the playhead in sight."""
        self._time_s, self._person, self._range = time_s, person, chosen
        if follow and self._opened is not None and not self.shown.start_s <= time_s <= self.shown.end_s:
            by = time_s - self.shown.start_s - 0.1 * self.shown.length_s
            self.shown = self.shown.moved(by, self._opened.whole)
        self.setAccessibleDescription(clock(time_s, 2))
        self.viewport().update()

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Show less or more, about a time; about the playhead where none is given."""
        if self._opened is not None:
            at = self._time_s if at_s is None else at_s
            self.shown = self.shown.zoomed(factor, at, self._opened.whole)
            self.viewport().update()

    def show_all(self) -> None:
        """From end to end."""
        if self._opened is not None:
            self.shown = self._opened.whole
            self.viewport().update()

    @property
    def _people(self) -> tuple[PersonRow, ...]:
        return () if self._opened is None else self._opened.people

    @property
    def _markers(self) -> tuple[Marker, ...]:
        return () if self._opened is None else self._opened.session.edits.markers

    @property
    def _width(self) -> int:
        return max(self.viewport().width() - _NAMES_PX - GAP, 1)

    @property
    def _lane_height(self) -> int:
        room = self.viewport().height() - _HEAD_PX
        return min(max(room // max(len(self._people), 1), _LANE_PX), _TALLEST_PX)

    def _x(self, time_s: float) -> float:
        return _NAMES_PX + self._width * (time_s - self.shown.start_s) / self.shown.length_s

    def _time(self, x: float) -> float:
        return self.shown.start_s + self.shown.length_s * (x - _NAMES_PX) / self._width

    def _fit(self) -> None:
        """What the scroll bar has to say."""
        room = self.viewport().height() - _HEAD_PX
        bar = self.verticalScrollBar()
        bar.setRange(0, max(len(self._people) * self._lane_height - room, 0))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(self._lane_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lanes are drawn anew."""
        self._fit()
        super().resizeEvent(event)

    def lane(self, person: int, height: int) -> QImage:
        """The picture of a person's lane as it is shown now."""
        assert self._opened is not None
        ratio = self.devicePixelRatioF()
        size = (round(self._width * ratio), round(height * ratio))
        key = (person, self.shown, *size)
        if key not in self._pictures:
            bins = self._opened.lanes[person].bins(self.shown.start_s, self.shown.end_s, size[0])
            pixels = lane_image(*bins, self._opened.session.classes, size[1])
            image = QImage(pixels.data, size[0], size[1], 4 * size[0], QImage.Format.Format_RGBA8888)
            # As the screen is painted, so that drawing it again costs next to nothing.
            self._pictures[key] = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        return self._pictures[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lanes, scale, range, markers, playhead."""
        if self._opened is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tabular(self.font()))
        height, tall = self.viewport().height(), self._lane_height
        painter.setClipRect(QRect(0, _HEAD_PX, self.viewport().width(), height - _HEAD_PX))
        for row, person in enumerate(self._people):
            top = _HEAD_PX + row * tall - self.verticalScrollBar().value()
            if top + tall > _HEAD_PX and top < height:
                self._draw_lane(painter, person, QRectF(0, top, self.viewport().width(), tall))
        painter.setClipping(False)
        self._draw_scale(painter)
        painter.setClipRect(QRectF(_NAMES_PX - 8, 0, self._width + 16, height))
        if self._range is not None:
            self._draw_range(painter, self._range)
        for marker in self._markers:
            self._draw_marker(painter, self._x(marker.time_s))
        self._draw_playhead(painter)

    def _draw_lane(self, painter: QPainter, person: PersonRow, area: QRectF) -> None:
        t = theme()
        chosen = person.number == self._person
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.window))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        room = QRectF(_NAMES_PX, area.top() + 4, self._width, area.height() - 8)
        painter.fillRect(room, QColor(128, 128, 128, 28))
        painter.drawImage(room, self.lane(person.number, round(room.height())))
        painter.setPen(QColor(t.text if chosen else t.muted))
        width = _NAMES_PX - 2 * GAP
        name = painter.fontMetrics().elidedText(person.name, Qt.TextElideMode.ElideRight, width)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(GAP, area.top(), width, area.height()), align, name)

    def _draw_scale(self, painter: QPainter) -> None:
        t = theme()
        ticks, step = self.shown.ticks(max(self._width // _TICK_PX, 1))
        digits = 1 if step < 1 else 0
        for tick in ticks:
            x = self._x(tick)
            painter.setPen(QPen(QColor(t.line), 1))
            painter.drawLine(QPointF(x, _HEAD_PX - 8), QPointF(x, _HEAD_PX - 1))
            painter.setPen(QColor(t.muted))
            text = clock(tick, digits)
            width = painter.fontMetrics().horizontalAdvance(text) + 4
            left = min(max(x - width / 2, _NAMES_PX), _NAMES_PX + self._width - width)
            painter.drawText(QRectF(left, 2, width, _HEAD_PX - 12), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_range(self, painter: QPainter, chosen: Span) -> None:
        left, right = self._x(chosen.start_s), self._x(chosen.end_s)
        ink = QColor(theme().accent)
        painter.setPen(QPen(ink, 2))
        for x in (left, right):
            painter.drawLine(QPointF(x, _HEAD_PX - 6), QPointF(x, self.viewport().height()))
        painter.fillRect(QRectF(left, _HEAD_PX - 6, right - left, 5), ink)
        veil = QColor(theme().card)  # over what is not chosen
        veil.setAlpha(150)
        end, tall = _NAMES_PX + self._width, self.viewport().height() - _HEAD_PX
        for first, last in ((_NAMES_PX, left - 1), (right + 1, end)):
            if last > first:
                painter.fillRect(QRectF(first, _HEAD_PX, last - first, tall), veil)

    def _draw_marker(self, painter: QPainter, x: float) -> None:
        t = theme()
        painter.setPen(QPen(QColor(t.text), 1))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.viewport().height()))
        flag = QPainterPath(QPointF(x, 3))
        for point in (QPointF(x + 10, 6.5), QPointF(x, 10)):
            flag.lineTo(point)
        painter.fillPath(flag, QColor(t.text))

    def _draw_playhead(self, painter: QPainter) -> None:
        x, ink = self._x(self._time_s), QColor(theme().accent)
        painter.setPen(QPen(QColor(theme().card), 4))
        painter.drawLine(QPointF(x, _HEAD_PX - 4), QPointF(x, self.viewport().height()))
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(x, _HEAD_PX - 8), QPointF(x, self.viewport().height()))
        head = QPainterPath(QPointF(x - 6, _HEAD_PX - 14))
        for point in (QPointF(x + 6, _HEAD_PX - 14), QPointF(x, _HEAD_PX - 5)):
            head.lineTo(point)
        painter.fillPath(head, ink)

    def _marker_at(self, place: QPointF) -> Marker | None:
        if place.y() > _HEAD_PX:
            return None
        near = [m for m in self._markers if -3 <= place.x() - self._x(m.time_s) <= 11]
        return near[-1] if near else None

    def _person_at(self, y: float) -> int | None:
        row = int(y - _HEAD_PX + self.verticalScrollBar().value()) // self._lane_height
        return self._people[row].number if y >= _HEAD_PX and 0 <= row < len(self._people) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek, choose, or begin a range or a pan."""
        place = event.position()
        self._from_s = self._time(place.x())
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = "pan"
        elif event.button() == Qt.MouseButton.LeftButton:
            person, marker = self._person_at(place.y()), self._marker_at(place)
            if person is not None:
                self.person_chosen.emit(person)
            if marker is not None:
                self.marker_chosen.emit(marker.time_s)
            elif place.x() >= _NAMES_PX - 6:
                self._drag = "range" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "seek"
                self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        time_s = self._time(event.position().x())
        if self._drag == "seek":
            self.sought.emit(time_s)
        elif self._drag == "range" and time_s != self._from_s:
            self.ranged.emit(Span(min(time_s, self._from_s), max(time_s, self._from_s)))
        elif self._drag == "pan" and self._opened is not None:
            self.shown = self.shown.moved(self._from_s - time_s, self._opened.whole)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is over."""
        self._drag = ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; pan; over the names, scroll the lanes."""
        delta, across = event.angleDelta().y(), event.angleDelta().x()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._opened is None:
            return
        if event.position().x() < _NAMES_PX:
            super().wheelEvent(event)
        elif shift or abs(across) > abs(delta):
            by = -(across or delta) / 120 * 0.1 * self.shown.length_s
            self.shown = self.shown.moved(by, self._opened.whole)
        else:
            self.zoom(_ZOOM ** (-delta / 120), self._time(event.position().x()))
        self.viewport().update()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Notes of markers, as tooltips."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            marker = self._marker_at(QPointF(event.pos()))
            text = f"{clock(marker.time_s, 2)}  {marker.note}".rstrip() if marker else explained(self)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)
