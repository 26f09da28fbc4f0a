"""A person's probabilities over any span of time, in as many bins as can be seen."""

import numpy as np
from numpy.typing import NDArray

from mien.session.session import Session


class Timeline:
    """Running sums over the frames, so that bins of any span cost the same."""

    def __init__(self, session: Session, person: int) -> None:
        """Sum up one person's rows, as they are set right now."""
        rows = session.persons == person
        probabilities = session.rows.probabilities[rows]
        running = np.zeros((len(probabilities) + 1, len(session.classes) + 1))
        np.cumsum(probabilities, 0, np.float64, running[1:, :-1])
        np.cumsum(session.rows.reliability[rows], 0, np.float64, running[1:, -1])
        # Rows are in the order of frames: how many there are before each frame.
        before = np.searchsorted(session.rows.frame[rows], np.arange(len(session.frame_times) + 1))
        self._sums, self._counts = running[before], before.astype(np.float64)
        self._times = session.frame_times

    def bins(self, start_s: float, end_s: float, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(count, C) mean probabilities and (count,) mean reliability in equal bins of a span.

        NaN where the person was not in view. A bin between two frames shows the earlier one.
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
        return mean[:, :-1], mean[:, -1]
