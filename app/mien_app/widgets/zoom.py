"""How far a picture is enlarged, and which part of it is seen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

_MOST = 16.0


@dataclass(frozen=True)
class Zoom:
    """A magnification of a picture that would else fit its room."""

    times: float = 1.0
    """Of the size in which the whole picture fits; 1 is the whole picture."""
    x: float = 0.5
    """Of the picture, what lies in the middle of the room: 0 is its left edge, 1 its right edge."""
    y: float = 0.5
    """The same from top to bottom."""

    def place(self, fit: QRectF, room: QRectF) -> QRectF:
        """Where the picture lies, px.

        Args:
            fit: where it lies as a whole.
            room: what it is seen through.
        """
        width, height = fit.width() * self.times, fit.height() * self.times
        left = _within(room.center().x() - self.x * width, width, room.left(), room.right())
        top = _within(room.center().y() - self.y * height, height, room.top(), room.bottom())
        return QRectF(left, top, width, height)

    def enlarged(self, factor: float, at: QPointF, fit: QRectF, room: QRectF) -> "Zoom":
        """Enlarge it further; what lies at a point stays there, as far as the picture's edges allow."""
        times = min(max(self.times * factor, 1.0), _MOST)
        before = self.place(fit, room)
        left = at.x() - (at.x() - before.left()) * times / self.times
        top = at.y() - (at.y() - before.top()) * times / self.times
        return Zoom(times, *self._middle(left, top, times, fit, room))

    def moved(self, by: QPointF, fit: QRectF, room: QRectF) -> "Zoom":
        """Move the picture by so many px, as far as its edges allow."""
        before = self.place(fit, room)
        left, top = before.left() + by.x(), before.top() + by.y()
        moved = Zoom(self.times, *self._middle(left, top, self.times, fit, room))
        after = moved.place(fit, room)
        return Zoom(self.times, *self._middle(after.left(), after.top(), self.times, fit, room))

    @staticmethod
    def _middle(left: float, top: float, times: float, fit: QRectF, room: QRectF) -> tuple[float, float]:
        return (
            (room.center().x() - left) / (fit.width() * times),
            (room.center().y() - top) / (fit.height() * times),
        )


def _within(first: float, length: float, low: float, high: float) -> float:
    """Where a picture begins that leaves no room empty beside it; one that is smaller lies in the middle."""
    if length <= high - low:
        return low + (high - low - length) / 2
    return min(max(first, high - length), low)
