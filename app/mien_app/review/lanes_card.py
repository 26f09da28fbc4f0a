"""The card that a session's timeline lies in, with what explains the lanes."""

from collections.abc import Sequence

from PySide6.QtGui import QAction

from mien_app.review.timeline import SessionTimeline
from mien_app.widgets.basics import Card
from mien_app.widgets.pose_lane import PoseLegend
from mien_app.widgets.theme import GAP

_SIGNS = ("\N{MINUS SIGN}", "+", "\N{LEFT RIGHT ARROW}")


class LanesCard(Card):
    """A timeline; above it a legend, while its lanes show heads."""

    def __init__(self, timeline: SessionTimeline, zooms: Sequence[QAction]) -> None:
        """Lay it out; `zooms` are small buttons above the names: out, in, and all of it."""
        super().__init__()
        self._timeline, self._legend = timeline, PoseLegend()
        self._legend.hide()
        timeline.add_corner(list(zip(_SIGNS, zooms, strict=True)))
        self.column.setContentsMargins(GAP // 2, GAP // 2, GAP // 2, GAP // 2)
        self.column.addWidget(self._legend)
        self.column.addWidget(timeline, 1)

    def show_heads(self, shown: bool) -> None:
        """Let the lanes show where heads point, and blinks; or predictions."""
        self._timeline.show_pose(shown)
        self._legend.setVisible(shown)
