"""A session's timeline: a lane for each person, the playhead, the chosen range, markers and a scale of time."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QAction, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QToolTip, QWidget

from mien import language
from mien.faces.pose.values import in_words
from mien.session.edits import Marker, TimeSpan
from mien_app.review.opened_session import OpenedSession, PersonRow
from mien_app.review.timeline_painting import (
    draw_lane,
    draw_marker,
    draw_playhead,
    draw_range,
    draw_ticks,
    lane_room,
)
from mien_app.review.timeline_scale import HEAD_PX, LEAST_PX, NAMES_PX, TimelineScale, steps_per_s
from mien_app.widgets import pose_lane
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import plain_tip
from mien_app.widgets.class_names import shown
from mien_app.widgets.lane_image import explained, lane_image
from mien_app.widgets.pose_lane import pose_image
from mien_app.widgets.theme import tabular
from mien_app.widgets.time_span import clock, moved, zoomed

_CORNER_PX = 28
_KEPT = 64  # pictures of lanes
_ZOOM = 1.25  # a step of the wheel


class SessionTimeline(QAbstractScrollArea):
    """Shows a session from end to end, or a part of it.

    A click seeks and selects; the wheel zooms at the pointer; the middle button, or the wheel with Shift, pans; a drag
    with Shift chooses a range.
    """

    sought = Signal(float)
    """A time to move to, s."""
    ranged = Signal(object)
    """A TimeSpan to choose as the range."""
    person_chosen = Signal(int)
    marker_chosen = Signal(float)
    """The time of the marker, s."""
    pointed = Signal(object)
    """The time under the pointer, s; None where it is not over the lanes."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalScrollBar().valueChanged.connect(self._scroll_to)
        self.setMinimumHeight(LEAST_PX)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self._opened: OpenedSession | None = None
        self.shown = TimeSpan(0, 1)
        """The part that is shown."""
        self._time_s, self._person = 0.0, 0
        self._range: TimeSpan | None = None
        self._pictures: OrderedDict[tuple[int, TimeSpan, int, int], QImage] = OrderedDict()
        self._pose = False  # whether the lanes show heads
        self._drag = ""
        self._from_s = 0.0
        self._fitting = False  # the scroll bars, which are then not moved by the person

    def add_corner(self, actions: Sequence[tuple[str, QAction]]) -> None:
        """Put small buttons above the names, each with its text."""
        holder = QWidget(self.viewport())
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for text, action in actions:
            button = tool_button(text, action.toolTip() or action.text(), action.trigger, action.text())
            button.setStyleSheet("padding: 0; font-size: 12px")  # signs, which have no other room
            button.setFixedSize(_CORNER_PX, HEAD_PX - 8)
            row.addWidget(button)
        holder.move(2, 2)

    def show_session(self, opened: OpenedSession, *, another: bool) -> None:
        """Draw a session. If it is `another` than before, all of it is shown."""
        self._opened = opened
        self._pictures.clear()
        if another:
            self.shown = opened.whole
        self._fit()
        self.viewport().update()

    def show_pose(self, shown: bool) -> None:
        """Let the lanes show where heads point, and blinks; or predictions."""
        self._pose = shown
        self._pictures.clear()
        self.viewport().update()

    def show_moment(self, time_s: float, person: int, chosen: TimeSpan | None, *, follow: bool) -> None:
        """Draw the playhead, the selected person and the chosen range; `follow` keeps the playhead in view."""
        self._time_s, self._person, self._range = time_s, person, chosen
        if follow and self._opened is not None and not self.shown.start_s <= time_s <= self.shown.end_s:
            by = time_s - self.shown.start_s - 0.1 * self.shown.length_s
            self._show_span(moved(self.shown, by, self._opened.whole))
        self.setAccessibleDescription(clock(time_s, 2))
        self.viewport().update()

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Show more (above 1) or less (below 1) around a time, or around the playhead if none is given."""
        if self._opened is not None:
            at = self._time_s if at_s is None else at_s
            self._show_span(zoomed(self.shown, factor, at, self._opened.whole))

    def show_all(self) -> None:
        """Show the whole session."""
        if self._opened is not None:
            self._show_span(self._opened.whole)

    def _show_span(self, span: TimeSpan) -> None:
        self.shown = span
        self._fit()
        self.viewport().update()

    def _scroll_to(self, value: int) -> None:
        """Show the part that the scroll bar was moved to."""
        if self._opened is not None and not self._fitting:
            start_s = self._opened.whole.start_s + value / steps_per_s(self._opened.whole)
            self.shown = moved(self.shown, start_s - self.shown.start_s, self._opened.whole)
            self.viewport().update()

    @property
    def scale(self) -> TimelineScale:
        """Where everything stands now."""
        size, scrolled = self.viewport().size(), self.verticalScrollBar().value()
        return TimelineScale(size.width(), size.height(), self.shown, len(self._people), scrolled)

    @property
    def _people(self) -> tuple[PersonRow, ...]:
        return () if self._opened is None else self._opened.people

    @property
    def _markers(self) -> tuple[Marker, ...]:
        return () if self._opened is None else self._opened.session.edits.markers

    def _fit(self) -> None:
        """Let the scroll bars reach the last lane, and both ends of the session."""
        scale, bar = self.scale, self.verticalScrollBar()
        bar.setRange(0, scale.hidden)
        bar.setPageStep(max(scale.view_height - HEAD_PX, 1))
        bar.setSingleStep(scale.lane_height)
        if self._opened is not None:
            whole, across = self._opened.whole, self.horizontalScrollBar()
            steps = steps_per_s(whole)
            self._fitting = True
            across.setRange(0, round(steps * (whole.length_s - self.shown.length_s)))
            across.setPageStep(max(round(steps * self.shown.length_s), 1))
            across.setSingleStep(max(across.pageStep() // 10, 1))
            across.setValue(round(steps * (self.shown.start_s - whole.start_s)))
            self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lanes in."""
        self._fit()
        super().resizeEvent(event)

    def lane(self, person: int, height: int) -> QImage:
        """A person's lane as it is shown now, `height` px high."""
        assert self._opened is not None
        ratio = self.devicePixelRatioF()
        size = (round(self.scale.width * ratio), round(height * ratio))
        key = (person, self.shown, *size)
        if key not in self._pictures:
            lane, span = self._opened.lanes[person], (self.shown.start_s, self.shown.end_s)
            if self._pose:
                pixels = pose_image(*lane.pose_bins(*span, size[0]), size[1])
            else:
                pixels = lane_image(*lane.bins(*span, size[0]), self._opened.session.classes, size[1])
            image = QImage(pixels.data, size[0], size[1], 4 * size[0], QImage.Format.Format_RGBA8888)
            # In the screen's own format, in which drawing it again costs next to nothing.
            self._pictures[key] = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        return self._pictures[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lanes, scale, range, markers and playhead."""
        if self._opened is None:
            return
        scale = self.scale
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(tabular(self.font()))
            painter.setClipRect(QRect(0, HEAD_PX, scale.view_width, scale.view_height - HEAD_PX))
            for row, person in enumerate(self._people):
                if scale.top(row + 1) > HEAD_PX and scale.top(row) < scale.view_height:
                    image = self.lane(person.number, round(lane_room(scale, row).height()))
                    chosen = person.number == self._person
                    draw_lane(painter, scale, row, person.name, image, selected=chosen, degrees=self._pose)
            painter.setClipping(False)
            draw_ticks(painter, scale)
            painter.setClipRect(QRect(NAMES_PX - 8, 0, scale.width + 16, scale.view_height))
            if self._range is not None:
                draw_range(painter, scale, self._range)
            for marker in self._markers:
                draw_marker(painter, scale, marker.time_s)
            draw_playhead(painter, scale, self._time_s)

    def _marker_at(self, place: QPointF) -> Marker | None:
        if place.y() > HEAD_PX:
            return None
        near = [marker for marker in self._markers if -3 <= place.x() - self.scale.x(marker.time_s) <= 11]
        return near[-1] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek, select, or begin to draw a range or to pan."""
        place, scale = event.position(), self.scale
        self._from_s = scale.time_s(place.x())
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = "pan"
        elif event.button() == Qt.MouseButton.LeftButton:
            lane, marker = scale.lane_at(place.y()), self._marker_at(place)
            if lane is not None:
                self.person_chosen.emit(self._people[lane].number)
            if marker is not None:
                self.marker_chosen.emit(marker.time_s)
            elif place.x() >= NAMES_PX - 6:
                self._drag = "range" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "seek"
                self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        time_s = self.scale.time_s(event.position().x())
        self.pointed.emit(time_s if event.position().x() >= NAMES_PX else None)
        if self._drag == "seek":
            self.sought.emit(time_s)
        elif self._drag == "range" and time_s != self._from_s:
            self.ranged.emit(TimeSpan(min(time_s, self._from_s), max(time_s, self._from_s)))
        elif self._drag == "pan" and self._opened is not None:
            self._show_span(moved(self.shown, self._from_s - time_s, self._opened.whole))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self._drag = ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer, or pan; over the names, scroll the lanes."""
        delta, across = event.angleDelta().y(), event.angleDelta().x()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._opened is None:
            return
        if event.position().x() < NAMES_PX:
            super().wheelEvent(event)
        elif shift or abs(across) > abs(delta):
            by = -(across or delta) / 120 * 0.1 * self.shown.length_s
            self._show_span(moved(self.shown, by, self._opened.whole))
        else:
            self.zoom(_ZOOM ** (-delta / 120), self.scale.time_s(event.position().x()))
        event.accept()

    def seek_to(self, place: QPoint) -> None:
        """Move to a place and select its lane, as a click does."""
        lane = self.scale.lane_at(place.y())
        if lane is not None:
            self.person_chosen.emit(self._people[lane].number)
        if place.x() >= NAMES_PX - 6:
            self.sought.emit(self.scale.time_s(place.x()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a marker's note, the values there, or what the lanes mean, as a tooltip."""
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            marker = self._marker_at(QPointF(event.pos()))
            text = f"{clock(marker.time_s, 2)}  {marker.note}".rstrip() if marker else self._values_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().viewportEvent(event)

    def _values_at(self, place: QPoint) -> str:
        """The values of the lane's person at a place, then what the lanes mean."""
        lane = self.scale.lane_at(place.y())
        meaning = pose_lane.explained() if self._pose else explained()
        if self._opened is None or lane is None or place.x() < NAMES_PX:
            return meaning
        person, session = self._people[lane], self._opened.session
        time_s = self.scale.time_s(place.x())
        frame = session.shown_at(time_s)
        one = None if frame is None else session.prediction(frame, person.number)
        if one is None:
            values = [self.tr("not in view")]
        elif self._pose:
            values = [in_words(one.pose) if one.pose is not None else self.tr("not measured")]
        else:
            pairs = zip(session.classes, one.probabilities, strict=True)
            values = [f"{shown(name)} {language.number(value)}" for name, value in pairs]
        lines = [f"{person.name}, {clock(time_s, 2)}", *values, "", meaning]
        return "\n".join(lines)
