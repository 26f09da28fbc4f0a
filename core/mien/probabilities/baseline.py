"""A person's baseline, and the change from it.

Faces at rest differ: some are classified as sad or angry. The change from a person's own baseline takes that away. It
is a difference of predictions, not of what the person feels.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError

SPAN_S = 5.0
"""How long a baseline takes, unless chosen otherwise."""
LEAST_S, LEAST_PREDICTIONS = 3.0, 10
_GAP_S = 1.0  # between predictions that are further apart, the face was out of sight
_PARTS, _MOVED = 5, 0.5  # where so much probability lies elsewhere in one part of the time, the face is not at rest


@dataclass(frozen=True)
class Baseline:
    """How one person's face is classified at rest."""

    probabilities: NDArray[np.float32] = field(repr=False)
    """(C,) mean over the predictions; sums to 1."""
    seconds: float
    """How long the face was in view."""
    predictions: int


def baseline_of(
    probabilities: NDArray[np.float32],
    time_s: NDArray[np.float64],
    *,
    lasts_s: NDArray[np.float64] | None = None,
    at_rest: bool = False,
) -> Baseline:
    """The baseline from one person's predictions at rest.

    Args:
        probabilities: (N, C) of single frames.
        time_s: (N,) of the frames, rising.
        lasts_s: (N,) how long each frame lasts; None where that is unknown: as long as predictions usually lie apart.
        at_rest: refuse a face that changes from one expression to another. It is not asked of baselines that were set
            before, which stay.

    Raises:
        MienError: the face was in view for less than 3 s, there are fewer than 10 predictions, or it is not at rest.
    """
    seconds, count = _in_view_s(time_s, lasts_s), len(time_s)
    if seconds < LEAST_S or count < LEAST_PREDICTIONS:
        raise MienError(
            language.tr(
                "A baseline takes {} s in view and {} predictions; here there are {} s and {}. "
                "Choose a longer time span, or try again."
            ).format(language.number(LEAST_S, 0), LEAST_PREDICTIONS, language.number(seconds, 1), count)
        )
    if at_rest and _moved(probabilities) > _MOVED:
        raise MienError(
            language.tr(
                "The face changed from one expression to another meanwhile, so no baseline is set. Keep the face at "
                "rest all the time, and try again."
            )
        )
    return Baseline(probabilities.mean(0, dtype=np.float64).astype(np.float32), seconds, count)


def _in_view_s(time_s: NDArray[np.float64], lasts_s: NDArray[np.float64] | None) -> float:
    """How long the face was in view: until the next prediction where that is near, else as long as the frame lasts."""
    gaps = np.diff(time_s)
    if lasts_s is None:
        lasts_s = np.full(len(time_s), min(float(np.median(gaps)), _GAP_S) if len(gaps) else 0.0)
    seconds = np.where(gaps <= _GAP_S, gaps, lasts_s[:-1]).sum() + lasts_s[-1:].sum()
    return round(float(seconds), 6)  # 75 frames of 0.04 s are 3 s


def _moved(probabilities: NDArray[np.float32]) -> float:
    """How much of the probability lies on other classes in one fifth of the predictions than in another, 0..1."""
    means = np.stack([part.mean(0) for part in np.array_split(probabilities, _PARTS)])
    return float(np.abs(means[:, None] - means).sum(2).max() / 2)


def change_from_baseline(probabilities: NDArray[np.floating], baseline: Baseline) -> NDArray[np.float64]:
    """How far predictions are from a person's baseline.

    A plain difference: it has the unit of the probabilities themselves, the changes of a prediction add up to zero, and
    where the baseline is near 0 it stays small, which a ratio or a difference of logarithms would not.

    Args:
        probabilities: (C,) or (N, C).
        baseline: of the same person and model.

    Returns:
        (C,) or (N, C), each -1..1.
    """
    return np.asarray(probabilities, np.float64) - baseline.probabilities
