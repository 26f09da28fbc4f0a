"""Averages a track's probabilities over time."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FORGET_S = 5.0  # after which a track's average is dropped


class Smoother:
    """An exponential average for each track, in seconds rather than frames, so that it does not depend on the rate."""

    def __init__(self) -> None:
        self._tracks: dict[int, tuple[float, NDArray[np.float32]]] = {}

    def state_dict(self) -> dict[str, Any]:
        """The averages so far, as plain values for JSON."""
        return {str(number): [then_s, values.tolist()] for number, (then_s, values) in self._tracks.items()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        self._tracks = {
            int(number): (then_s, np.array(values, np.float32)) for number, (then_s, values) in state.items()
        }

    def update(
        self, numbers: list[int], probabilities: NDArray[np.float32], time_s: float, time_constant_s: float
    ) -> NDArray[np.float32]:
        """Add one frame.

        Args:
            numbers: the track of each face.
            probabilities: (N, C) of this frame alone.
            time_s: of the frame.
            time_constant_s: after this many seconds a prediction weighs 1/e of what it did; 0 smooths nothing.

        Returns:
            (N, C) smoothed, each row a distribution.
        """
        smooth = probabilities.copy()
        for i, number in enumerate(numbers):
            if number in self._tracks and time_constant_s > 0:
                then_s, before = self._tracks[number]
                weight = math.exp(-max(time_s - then_s, 0.0) / time_constant_s)
                smooth[i] = weight * before + (1 - weight) * probabilities[i]
            self._tracks[number] = (time_s, smooth[i])
        self._tracks = {n: item for n, item in self._tracks.items() if abs(time_s - item[0]) < _FORGET_S}
        return smooth
