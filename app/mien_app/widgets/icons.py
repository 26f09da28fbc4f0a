"""Line icons, drawn on a grid of 24 by 24."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_GRID = 24
RED = "#D64545"
"""Of what is recorded."""
_DOT = QRectF(16, 0.5, 7.5, 7.5)
_PEN = 1.7

Draw = Callable[[], QPainterPath]


def train() -> QPainterPath:
    """A curve that rises, with its axes."""
    path = QPainterPath()
    path.moveTo(3.5, 3)
    path.lineTo(3.5, 20.5)
    path.lineTo(21, 20.5)
    path.moveTo(7, 16.5)
    path.cubicTo(10, 16, 10.5, 8.5, 13.5, 8.5)
    path.cubicTo(16, 8.5, 17, 5.5, 20.5, 5)
    return path


def live() -> QPainterPath:
    """A camera."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 6.5, 13, 11), 2.5, 2.5)
    path.moveTo(15.5, 11)
    path.lineTo(21.5, 7.5)
    path.lineTo(21.5, 16.5)
    path.lineTo(15.5, 13)
    return path


def analyse() -> QPainterPath:
    """A strip of film."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(3, 4.5, 18, 15), 2.5, 2.5)
    for x in (7.5, 16.5):
        path.moveTo(x, 4.5)
        path.lineTo(x, 19.5)
    for y in (9.5, 14.5):
        for left in (3.0, 16.5):
            path.moveTo(left, y)
            path.lineTo(left + 4.5, y)
    return path


def review() -> QPainterPath:
    """Lanes of a timeline with the playhead."""
    path = QPainterPath()
    lines = ((8.5, 3.0, 11.0), (8.5, 17.0, 21.0), (13.5, 3.0, 8.0), (13.5, 17.0, 19.0), (18.5, 3.0, 11.0))
    for y, left, right in lines:
        path.moveTo(left, y)
        path.lineTo(right, y)
    path.moveTo(14, 6.5)
    path.lineTo(14, 21.5)
    path.addPolygon([QPointF(11.5, 2.5), QPointF(16.5, 2.5), QPointF(14, 6.5), QPointF(11.5, 2.5)])
    return path


def record() -> QPainterPath:
    """A filled dot: rings that lie closer than the line is thick."""
    path = QPainterPath()
    for radius in (1.0, 2.5, 4.0, 5.5):
        path.addEllipse(QPointF(12, 12), radius, radius)
    return path


def keys() -> QPainterPath:
    """A keyboard."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 6, 19, 12), 2.5, 2.5)
    for x in (6.5, 10.2, 13.8, 17.5):
        path.moveTo(x - 0.4, 10)
        path.lineTo(x + 0.4, 10)
    path.moveTo(8, 14.2)
    path.lineTo(16, 14.2)
    return path


def messages() -> QPainterPath:
    """A balloon with lines in it."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 4.5, 19, 12.5), 2.5, 2.5)
    path.moveTo(7, 17)
    path.lineTo(7, 21)
    path.lineTo(11.5, 17)
    for y, right in ((9, 17.5), (12.5, 13)):
        path.moveTo(6.5, y)
        path.lineTo(right, y)
    return path


def done() -> QPainterPath:
    """A tick in a ring."""
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 9, 9)
    path.moveTo(7.5, 12.5)
    path.lineTo(10.8, 15.8)
    path.lineTo(16.5, 9)
    return path


def attention() -> QPainterPath:
    """An exclamation mark in a triangle."""
    path = QPainterPath()
    path.addPolygon([QPointF(12, 3), QPointF(22, 20.5), QPointF(2, 20.5), QPointF(12, 3)])
    path.moveTo(12, 9.5)
    path.lineTo(12, 14.5)
    path.moveTo(12, 17.3)
    path.lineTo(12, 17.7)
    return path


def failed() -> QPainterPath:
    """A cross in a ring."""
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 9, 9)
    for x, y in ((8.5, 8.5), (8.5, 15.5)):
        path.moveTo(x, y)
        path.lineTo(24 - x, 24 - y)
    return path


def busy() -> QPainterPath:
    """Three dots."""
    path = QPainterPath()
    for x in (5, 12, 19):
        path.addEllipse(QPointF(x, 12), 1, 1)
    return path


def _loudspeaker() -> QPainterPath:
    path = QPainterPath()
    corners = ((2.5, 9), (6.5, 9), (11.5, 4.5), (11.5, 19.5), (6.5, 15), (2.5, 15), (2.5, 9))
    path.addPolygon([QPointF(x, y) for x, y in corners])
    return path


def sound() -> QPainterPath:
    """A loudspeaker with its waves."""
    path = _loudspeaker()
    for radius in (4.0, 8.5):
        around = QRectF(12.5 - radius, 12 - radius, 2 * radius, 2 * radius)
        path.arcMoveTo(around, -45)
        path.arcTo(around, -45, 90)
    return path


def silence() -> QPainterPath:
    """A loudspeaker with a cross."""
    path = _loudspeaker()
    for top, bottom in ((9, 15), (15, 9)):
        path.moveTo(15.5, top)
        path.lineTo(21.5, bottom)
    return path


def icon(draw: Draw, plain: str, chosen: str, size: int, *, dot: bool = False) -> QIcon:
    """Draw an icon in one colour, and in another for while its button is checked; a red dot says that it records."""
    made = QIcon()
    for state, colour in ((QIcon.State.Off, plain), (QIcon.State.On, chosen)):
        for ratio in (1, 2):
            pixmap = QPixmap(size * ratio, size * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.scale(size * ratio / _GRID, size * ratio / _GRID)
                pen = QPen(QColor(colour), _PEN)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.strokePath(draw(), pen)
                if dot:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(RED))
                    painter.drawEllipse(_DOT)
            pixmap.setDevicePixelRatio(ratio)
            made.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return made
