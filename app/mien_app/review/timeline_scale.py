"""Where times and lanes stand on a session's timeline."""

from dataclasses import dataclass

from mien.session.edits import TimeSpan
from mien_app.widgets.theme import GAP

NAMES_PX = 96  # left of the lanes
HEAD_PX = 30  # above the lanes: the scale and the markers
_LANE_PX, _TALLEST_PX = 34, 72  # a lane's least and greatest height
LEAST_PX = HEAD_PX + _LANE_PX
"""Height of a timeline that shows one lane."""


def steps_per_s(whole: TimeSpan) -> float:
    """Steps of a scroll bar over a session, a second; it counts to 2^31, which is 25 days of thousandths."""
    return min(1000.0, 1e9 / max(whole.length_s, 1.0))


@dataclass(frozen=True)
class TimelineScale:
    """All positions are pixels of the view."""

    view_width: int
    view_height: int
    shown: TimeSpan
    """The time from the left end of the lanes to the right end."""
    lanes: int
    """How many there are, one a person."""
    scrolled: int = 0
    """How far the lanes are moved up."""

    @property
    def width(self) -> int:
        """Of the lanes, without the names."""
        return max(self.view_width - NAMES_PX - GAP, 1)

    @property
    def right(self) -> int:
        """The right end of the lanes."""
        return NAMES_PX + self.width

    @property
    def lane_height(self) -> int:
        """As high as there is room for, within reason; more lanes than fit are scrolled."""
        room = self.view_height - HEAD_PX
        return min(max(room // max(self.lanes, 1), _LANE_PX), _TALLEST_PX)

    @property
    def hidden(self) -> int:
        """How far the lanes can be scrolled."""
        return max(self.lanes * self.lane_height - (self.view_height - HEAD_PX), 0)

    def x(self, time_s: float) -> float:
        """Where a time stands."""
        return NAMES_PX + self.width * (time_s - self.shown.start_s) / self.shown.length_s

    def time_s(self, x: float) -> float:
        """The time at a position."""
        return self.shown.start_s + self.shown.length_s * (x - NAMES_PX) / self.width

    def top(self, lane: int) -> int:
        """The upper edge of a lane."""
        return HEAD_PX + lane * self.lane_height - self.scrolled

    def lane_at(self, y: float) -> int | None:
        """The lane at a position; None above the first and below the last."""
        lane = int(y - HEAD_PX + self.scrolled) // self.lane_height
        return lane if y >= HEAD_PX and 0 <= lane < self.lanes else None
