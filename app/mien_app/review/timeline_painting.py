"""Draws the parts of a session's timeline."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from mien.session.edits import TimeSpan
from mien_app.review.timeline_scale import HEAD_PX, NAMES_PX, TimelineScale
from mien_app.widgets.pose_lane import MOST_DEG
from mien_app.widgets.theme import GAP, theme
from mien_app.widgets.time_span import clock, ticks

_TICK_PX = 84  # least room for a tick and its time
_DEGREES_PX = 9  # height of the angles beside a lane
_PADDING_PX = 4  # above and below a lane's picture
_FLAG_PX = HEAD_PX - 11  # the top of a marker's flag: below the times, which it would cover


def lane_room(scale: TimelineScale, lane: int) -> QRectF:
    """Where a lane's picture goes."""
    height = scale.lane_height - 2 * _PADDING_PX
    return QRectF(NAMES_PX, scale.top(lane) + _PADDING_PX, scale.width, height)


def draw_lane(
    painter: QPainter, scale: TimelineScale, lane: int, name: str, image: QImage, *, selected: bool, degrees: bool
) -> None:
    """Draw a person's lane and name; `degrees` writes the angles of its edges and its middle beside it."""
    t = theme()
    area = QRectF(0, scale.top(lane), scale.view_width, scale.lane_height)
    if selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.window))
        painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
    room = lane_room(scale, lane)
    painter.fillRect(room, QColor(128, 128, 128, 28))
    painter.drawImage(room, image)
    painter.setPen(QColor(t.text if selected else t.muted))
    width = NAMES_PX - 2 * GAP - (_draw_degrees(painter, room) if degrees else 0)
    elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, width)  # numbers are last
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(GAP, area.top(), width, area.height()), align, elided)


def _draw_degrees(painter: QPainter, room: QRectF) -> int:
    """Write what the edges and the middle of a lane stand for; the width that it takes, px."""
    plain, small = painter.font(), painter.font()
    small.setPixelSize(_DEGREES_PX)
    painter.setFont(small)
    angles = (MOST_DEG, 0, -MOST_DEG) if room.height() > 4 * _DEGREES_PX else (MOST_DEG, -MOST_DEG)
    for angle in angles:
        y = room.center().y() - angle / MOST_DEG * (room.height() - _DEGREES_PX) / 2
        place = QRectF(0, y - _DEGREES_PX, NAMES_PX - 4, 2 * _DEGREES_PX)
        text = f"{angle}°".replace("-", "\N{MINUS SIGN}")
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    width = painter.fontMetrics().horizontalAdvance(f"\N{MINUS SIGN}{MOST_DEG}°")
    painter.setFont(plain)
    return width


def draw_ticks(painter: QPainter, scale: TimelineScale) -> None:
    """Draw the ticks above the lanes, with their times."""
    t = theme()
    widest = painter.fontMetrics().horizontalAdvance(clock(scale.shown.end_s, 1)) + 4
    room = max(_TICK_PX, 3 * widest // 2 + GAP)  # the first and last times are not in the middle of theirs
    times, step = ticks(scale.shown, max(scale.width // room, 1))
    digits = 1 if step < 1 else 0
    for tick in times:
        x = scale.x(tick)
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(QPointF(x, HEAD_PX - 8), QPointF(x, HEAD_PX - 1))
        painter.setPen(QColor(t.muted))
        text = clock(tick, digits)
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(max(x - width / 2, NAMES_PX), scale.right - width)
        painter.drawText(QRectF(left, 2, width, HEAD_PX - 12), Qt.AlignmentFlag.AlignCenter, text)


def draw_range(painter: QPainter, scale: TimelineScale, chosen: TimeSpan) -> None:
    """Mark the chosen range, and fade what lies outside it."""
    left, right = scale.x(chosen.start_s), scale.x(chosen.end_s)
    ink = QColor(theme().accent)
    painter.setPen(QPen(ink, 2))
    for x in (left, right):
        painter.drawLine(QPointF(x, HEAD_PX - 6), QPointF(x, scale.view_height))
    painter.fillRect(QRectF(left, HEAD_PX - 6, right - left, 5), ink)
    veil = QColor(theme().card)
    veil.setAlpha(150)
    for first, last in ((NAMES_PX, left - 1), (right + 1, scale.right)):
        if last > first:
            painter.fillRect(QRectF(first, HEAD_PX, last - first, scale.view_height - HEAD_PX), veil)


def draw_marker(painter: QPainter, scale: TimelineScale, time_s: float) -> None:
    """Draw a marker's flag and line."""
    t, x = theme(), scale.x(time_s)
    painter.setPen(QPen(QColor(t.text), 1))
    painter.drawLine(QPointF(x, _FLAG_PX), QPointF(x, scale.view_height))
    flag = QPainterPath(QPointF(x, _FLAG_PX))
    for point in (QPointF(x + 10, _FLAG_PX + 3.5), QPointF(x, _FLAG_PX + 7)):
        flag.lineTo(point)
    painter.fillPath(flag, QColor(t.text))


def draw_playhead(painter: QPainter, scale: TimelineScale, time_s: float) -> None:
    """Draw the line at the present moment, with its head above the lanes."""
    x, ink = scale.x(time_s), QColor(theme().accent)
    painter.setPen(QPen(QColor(theme().card), 4))
    painter.drawLine(QPointF(x, HEAD_PX - 4), QPointF(x, scale.view_height))
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(x, HEAD_PX - 8), QPointF(x, scale.view_height))
    head = QPainterPath(QPointF(x - 6, HEAD_PX - 14))
    for point in (QPointF(x + 6, HEAD_PX - 14), QPointF(x, HEAD_PX - 5)):
        head.lineTo(point)
    painter.fillPath(head, ink)
