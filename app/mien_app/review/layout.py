"""Where everything of an open session stands on the Review page, and of a second one beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from mien_app.review.beside import SecondSession
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP

_CARDS_PX = 320  # at least
_VIDEOS_PX = 800  # two of them beside each other; in less the cards make way


def _side_by_side(first: QWidget, second: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    row.addWidget(first, 1)
    row.addWidget(second, 1)
    return holder


class _Column(QWidget):
    """One below the other; the last one takes the height that is left. Lines that wrap are never cut."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in widgets:
            column.addWidget(widget, int(widget is widgets[-1]))

    def event(self, event: QEvent) -> bool:
        """Need the height that the width leads to, which a splitter does not ask for."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(max(self._column.minimumHeightForWidth(self.width()), 0))
        return done


class ReviewLayout(QWidget):
    """The videos over their lanes, cards at the right; with two sessions the cards make way where room is short."""

    def __init__(
        self,
        video: QWidget,
        below: Sequence[QWidget],
        second: SecondSession,
        cards: Sequence[QWidget],
    ) -> None:
        """Lay it out.

        Args:
            video: of the first session.
            below: what stands under it; the last one, its lanes, takes the height.
            second: has widgets of its own.
            cards: from the top.
        """
        super().__init__()
        self._alone = self._two = False
        beside = _Column((second.bar, second.lanes))
        beside.hide()
        self._below = _side_by_side(_Column(below), beside)
        self._parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=GAP)
        self._parts.addWidget(_side_by_side(video, second.video))
        self._parts.addWidget(self._below)
        self._parts.setStretchFactor(0, 1)
        self._parts.setSizes([440, 200])
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        column.addStrut(_CARDS_PX)
        self._cards = VerticalScroll(inside, fixed=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self._parts, 1)
        across.addWidget(self._cards)
        second.shown.connect(beside.setVisible)
        second.shown.connect(self._make_room)

    def _make_room(self, two: bool) -> None:
        self._two = two
        self._share_out()

    def show_alone(self, alone: bool) -> None:
        """Show the videos and nothing else, or everything again."""
        self._alone = alone
        self._share_out()

    def _share_out(self) -> None:
        self._below.setVisible(not self._alone)
        videos = max(self._parts.minimumSizeHint().width(), _VIDEOS_PX)
        needed = videos + GAP + self._cards.minimumSizeHint().width()
        # Just as much means that there is less: then one would have to scroll across.
        self._cards.setVisible(not self._alone and (not self._two or self.width() > needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the cards if there is room."""
        super().resizeEvent(event)
        self._share_out()

    def sizes(self) -> QByteArray:
        """How videos and lanes share the height."""
        return self._parts.saveState()

    def restore(self, sizes: QByteArray) -> None:
        """Share the height as at another time."""
        self._parts.restoreState(sizes)
