"""A layout that begins a new line where a row has no more room, as words do in a paragraph."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from mien_app.widgets.theme import GAP

_Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Puts widgets beside each other, each as wide as it would be; needs no more width than the widest of them.

    One that expands takes what is left of its line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GAP)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out; None where there is none."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no room that others could have."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines that a width leads to, px."""
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(len(heights) - 1, 0)

    def setGeometry(self, place: QRect) -> None:
        """Put everything where it belongs, in the middle of its line."""
        super().setGeometry(place)
        y = place.y()
        for line in self._lines(place.width()):
            x = place.x()
            for item, size in line:
                item.setGeometry(QRect(QPoint(x, y + (_height(line) - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += _height(line) + self.spacing()

    def sizeHint(self) -> QSize:
        """One line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest alone in its line."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[_Line]:
        """What stands in each line of a width, px, and how large."""
        lines: list[_Line] = []
        left = 0  # of the line's width
        for item in self._shown():
            expands = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
            size, least = item.sizeHint(), item.minimumSize().width()
            if not lines or (least if expands else size.width()) > left:
                lines.append([])
                left = width
            size.setWidth(max(left if expands else min(size.width(), left), least))
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines


def _height(line: _Line) -> int:
    return max(size.height() for _, size in line)
