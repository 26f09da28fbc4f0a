"""A person's probabilities over any span of time, in as many bins as can be seen."""

import numpy as np
from numpy.typing import NDArray

from mien.session.session import Session


class Timeline:
    """One person's rows, as they are set right now."""

    def __init__(self, session: Session, person: int) -> None:
        """Sum them up."""
        rows = session.rows_of(person)
        values = np.column_stack([session.rows.probabilities[rows], session.rows.reliability[rows]])
        self._predictions = _Means(session, session.rows.frame[rows], values)
        rows = rows[~np.isnan(session.rows.pose[rows]).any(1)]
        values = np.column_stack([session.rows.pose[rows, :3], session.rows.blink[rows]])
        self._pose = _Means(session, session.rows.frame[rows], values)

    def bins(self, start_s: float, end_s: float, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(count, C) mean probabilities and (count,) mean reliability in equal bins of a span.

        NaN where the person was not in view. A bin between two frames shows the earlier one, as long as that lasts.
        """
        mean = self._predictions.bins(start_s, end_s, count)
        return mean[:, :-1], mean[:, -1]

    def pose_bins(self, start_s: float, end_s: float, count: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """(count, 3) mean yaw, pitch and roll in degrees, NaN where they were not measured, and (count,) blinks."""
        mean = self._pose.bins(start_s, end_s, count)
        return mean[:, :3], np.nan_to_num(mean[:, 3]) > 0


class _Means:
    """Running sums over a person's rows, so that bins of any span cost the same.

    Nothing of it is as long as the session, which may have a hundred people in two hours.
    """

    def __init__(self, session: Session, frames: NDArray[np.int64], values: NDArray[np.floating]) -> None:
        """Of N rows, in the order of their (N,) frames, with (N, K) values."""
        self._sums = np.zeros((len(values) + 1, values.shape[1]))
        np.cumsum(values, 0, np.float64, self._sums[1:])
        self._frames, self._times = frames, session.frame_times
        self._ends = session.frame_ends[frames]

    def bins(self, start_s: float, end_s: float, count: int) -> NDArray[np.float64]:
        """(count, K) means in equal bins of a span; NaN where there is no row."""
        if not len(self._frames):
            return np.full((count, self._sums.shape[1]), np.nan)
        edges = np.linspace(start_s, end_s, count + 1)
        places = np.searchsorted(self._times, edges + 1e-9, side="right")
        first, last = np.maximum(places[:-1] - 1, 0), np.maximum(places[1:] - 1, 0)
        last = np.maximum(last, first + 1)
        last = np.minimum(last, len(self._times))
        first = np.minimum(first, last - 1)
        begin, end = np.searchsorted(self._frames, first), np.searchsorted(self._frames, last)  # rows
        seen = (end - begin).astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: NDArray[np.float64] = (self._sums[end] - self._sums[begin]) / seen[:, None]
        ends = self._ends[np.minimum(begin, len(self._ends) - 1)]  # of the one frame, where there is a row in it
        over = (last == first + 1) & (edges[:-1] >= ends - 1e-9)  # and no other frame has begun
        mean[(seen == 0) | (edges[1:] <= self._times[0]) | over] = np.nan
        return mean
