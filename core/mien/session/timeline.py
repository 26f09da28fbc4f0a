"""A person's probabilities over any span of time, at the detail that can be seen."""

import numpy as np
from numpy.typing import NDArray

from mien.session.session import Session


class Timeline:
    """Running sums over the frames, so that any number of bins of any span costs the same."""

    def __init__(self, session: Session, person: int) -> None:
        """Of one person, as set right now."""
        rows = session.persons == person
        frames, classes = len(session.frame_times), len(session.classes)
        sums, counts = np.zeros((frames + 1, classes)), np.zeros(frames + 1)
        np.add.at(sums, session.rows.frame[rows] + 1, session.rows.probabilities[rows])
        np.add.at(counts, session.rows.frame[rows] + 1, 1)
        self._sums, self._counts = np.cumsum(sums, 0), np.cumsum(counts)
        self._times = session.frame_times

    def bins(self, start_s: float, end_s: float, count: int) -> NDArray[np.float64]:
        """(count, C) mean probabilities in equal bins of a span, NaN where the person was not seen.

        A bin between two frames shows the earlier one.
        """
        edges = np.linspace(start_s, end_s, count + 1)
        places = np.searchsorted(self._times, edges + 1e-9, side="right")
        first, last = np.maximum(places[:-1] - 1, 0), np.maximum(places[1:] - 1, 0)
        last = np.maximum(last, first + 1)
        last = np.minimum(last, len(self._times))
        first = np.minimum(first, last - 1)
        seen = self._counts[last] - self._counts[first]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: NDArray[np.float64] = (self._sums[last] - self._sums[first]) / seen[:, None]
        mean[(seen == 0) | (edges[1:] <= self._times[0]) | (edges[:-1] > self._times[-1])] = np.nan
        return mean
