"""A person's own neutral face, and the change from it.

Faces at rest differ: some are read as sad or angry. The change from a person's own rest takes that away. It is a
difference of what the model reads, not of what is felt.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError

SPAN_S = 5.0
"""How long a neutral face is read for, where nothing else is chosen."""
LEAST_S, LEAST_READINGS = 3.0, 10
_GAP_S = 1.0  # between readings that are further apart, the face was not in sight


@dataclass(frozen=True)
class Baseline:
    """How one person is read at rest."""

    probabilities: NDArray[np.float32] = field(repr=False)
    """(C,) mean over the readings; sums to 1."""
    seconds: float
    """How long the face was in sight."""
    readings: int


def baseline_of(probabilities: NDArray[np.float32], time_s: NDArray[np.float64]) -> Baseline:
    """A neutral from one person's readings.

    Args:
        probabilities: (N, C) of single frames.
        time_s: (N,) of the frames, rising.

    Raises:
        MienError: the face was in sight for less than 3 s, or there are fewer than 10 readings.
    """
    gaps = np.diff(time_s)
    seconds, readings = float(gaps[gaps <= _GAP_S].sum()), len(time_s)
    if seconds < LEAST_S or readings < LEAST_READINGS:
        raise MienError(
            f"A neutral face takes {LEAST_S:.0f} s in sight and {LEAST_READINGS} readings; "
            f"here there are {seconds:.1f} s and {readings}. Choose a longer stretch, or try again."
        )
    return Baseline(probabilities.mean(0, dtype=np.float64).astype(np.float32), seconds, readings)


def change_from_baseline(probabilities: NDArray[np.floating], neutral: Baseline) -> NDArray[np.float64]:
    """How far readings are from a person's neutral.

    A plain difference: it has the unit of the probabilities themselves, a person's changes add up to zero, and where
    the neutral is near 0 it stays small, which a ratio or a difference of logarithms would not.

    Args:
        probabilities: (C,) or (N, C).
        neutral: of the same person and model.

    Returns:
        (C,) or (N, C), each -1..1.
    """
    return np.asarray(probabilities, np.float64) - neutral.probabilities
