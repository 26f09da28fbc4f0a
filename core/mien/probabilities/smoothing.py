"""Calms a person's probabilities over time."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FORGET_S = 5.0


class Smoother:
    """An exponential average for each track, in seconds rather than frames, so that no rate changes what it does."""

    def __init__(self) -> None:
        self._tracks: dict[int, tuple[float, NDArray[np.float32]]] = {}

    def state_dict(self) -> dict[str, Any]:
        """All it knows, as plain values for JSON."""
        return {str(number): [then_s, values.tolist()] for number, (then_s, values) in self._tracks.items()}

    def load_state_dict(self, memory: dict[str, Any]) -> None:
        """Go on from what `memory` gave."""
        self._tracks = {
            int(number): (then_s, np.array(values, np.float32)) for number, (then_s, values) in memory.items()
        }

    def update(
        self, numbers: list[int], probabilities: NDArray[np.float32], time_s: float, memory_s: float
    ) -> NDArray[np.float32]:
        """Add one frame.

        Args:
            numbers: the track of each face.
            probabilities: (N, C) of this frame alone.
            time_s: of the frame.
            memory_s: after so long, a reading weighs a third (1/e) of what it did; 0 keeps none.

        Returns:
            (N, C) smoothed, each row a distribution.
        """
        smooth = probabilities.copy()
        for i, number in enumerate(numbers):
            if number in self._tracks and memory_s > 0:
                then_s, before = self._tracks[number]
                weight = math.exp(-max(time_s - then_s, 0.0) / memory_s)
                smooth[i] = weight * before + (1 - weight) * probabilities[i]
            self._tracks[number] = (time_s, smooth[i])
        self._tracks = {n: item for n, item in self._tracks.items() if abs(time_s - item[0]) < _FORGET_S}
        return smooth
