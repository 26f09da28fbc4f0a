"""A person's expressions as intervals: from when to when one stays the most probable."""

from dataclasses import dataclass

import numpy as np

from mien.session.edits import TimeSpan
from mien.session.session import Session
from mien.session.summary import in_view
from mien.types import SAME_TIME_S


@dataclass(frozen=True)
class Interval:
    """Frames without a gap in which one person's most probable expression stays the same."""

    label: str
    start_s: float
    end_s: float
    """When its last frame ends, see `mien.session.summary.in_view`."""
    probability: float
    """The label's, averaged over its frames, each for as long as it lasts."""
    reliability: float
    """Likewise."""

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


def intervals(session: Session, person: int, span: TimeSpan, shortest_s: float = 0.0) -> list[Interval]:
    """A person's intervals in the order of time, cut off where the span begins and ends.

    Args:
        session: whose rows they are.
        person: as set right.
        span: what part of the session.
        shortest_s: shorter ones are left out, and leave a gap.
    """
    rows = session.rows
    own, times = in_view(session, person, span.start_s, span.end_s)
    if not len(own):
        return []
    lasts = times[:, 1] - times[:, 0]
    best = rows.probabilities[own].argmax(1)
    apart = times[1:, 0] - times[:-1, 1] > SAME_TIME_S
    begins = np.flatnonzero((np.diff(best) != 0) | (np.diff(rows.frame[own]) != 1) | apart) + 1
    found = []
    for part in np.split(np.arange(len(own)), begins):
        label, weights = int(best[part[0]]), lasts[part]
        start_s, end_s = float(times[part[0], 0]), float(times[part[-1], 1])
        if round(end_s - start_s, 6) >= shortest_s:
            probability = np.average(rows.probabilities[own[part], label], weights=weights)
            reliability = np.average(rows.reliability[own[part]], weights=weights)
            found.append(Interval(session.classes[label], start_s, end_s, float(probability), float(reliability)))
    return found
