"""Prediction sets that hold the right class as often as a person has asked for (conformal prediction).

A class's nonconformity is how far it lies behind the most probable one, 1 - p / max p (0 for that one itself, so that
no set is empty). For each class, quantiles of the true class's nonconformity on its validation faces are kept (Vovk's
class-conditional, or Mondrian, rule); a set holds all classes whose nonconformity does not exceed their own quantile.
For single faces drawn as the validation faces were, a set at 90% then holds the right class for at least 90% of the
faces of each class, on average over draws of the validation faces. Nothing is promised for other faces, nor for
probabilities that are smoothed over time, from which sets are formed in the same way.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.utils.dataclass_io import check_ranges, within

LEVELS = tuple(round(0.8 + 0.01 * i, 2) for i in range(20))
"""The coverages that a model card has quantiles for, 80 to 99%."""
LEAST_FACES = 25
"""A class with fewer validation faces takes the quantiles of all faces, without a promise of its own."""


@dataclass(frozen=True)
class Conformal:
    """The nonconformity of validation faces, as a model card keeps it."""

    quantiles: tuple[tuple[float, ...], ...] = field(default=(), metadata=within(0, 1))
    """For each class the quantile at each of LEVELS; at 1 every set holds the class. Empty: not measured."""
    faces: tuple[int, ...] = field(default=(), metadata=within(0, 1e9))
    """Number of validation faces of each class."""

    def __post_init__(self) -> None:
        check_ranges(self, "conformal")
        if any(len(row) != len(LEVELS) for row in self.quantiles):
            raise MienError(f"conformal: each class needs {len(LEVELS)} quantiles.")

    def __bool__(self) -> bool:
        return bool(self.quantiles)


def nonconformity(probabilities: NDArray[np.floating]) -> NDArray[np.float64]:
    """How far each class lies behind the most probable one: (N, C) probabilities to (N, C) in 0..1."""
    values = np.asarray(probabilities, np.float64)
    return np.asarray(1 - values / np.maximum(values.max(1, keepdims=True), 1e-12))


def check_coverage(coverage: float) -> None:
    """Raise a MienError where model cards have no quantiles for a coverage."""
    if not LEVELS[0] <= coverage <= LEVELS[-1]:
        raise MienError(f"coverage must be from {LEVELS[0]} to {LEVELS[-1]}.")


def quantile(values: NDArray[np.float64], coverage: float) -> float:
    """The ceil((n + 1) * coverage)-th smallest of (n,) nonconformities; 1, the largest there is, if n is too small."""
    rank = int(np.ceil((len(values) + 1) * coverage - 1e-9))
    return float(np.partition(values, rank - 1)[rank - 1]) if rank <= len(values) else 1.0


def fit_conformal(probabilities: NDArray[np.floating], targets: NDArray[np.integer]) -> Conformal:
    """Measure the nonconformity of labelled faces.

    Args:
        probabilities: (N, C), calibrated, of faces that the network was not trained on.
        targets: (N,) their classes.
    """
    count = probabilities.shape[1]
    own = nonconformity(probabilities)[np.arange(len(targets)), targets]
    faces = np.bincount(targets, minlength=count)
    rows = []
    for number in range(count):
        values = own[targets == number] if faces[number] >= LEAST_FACES else own
        # Rounded up, since a smaller quantile would cover less.
        rows.append(tuple(float(np.ceil(quantile(values, level) * 1e5) / 1e5) for level in LEVELS))
    return Conformal(tuple(rows), tuple(int(n) for n in faces))


def prediction_sets(probabilities: NDArray[np.floating], conformal: Conformal, coverage: float) -> NDArray[np.bool_]:
    """Which classes each set holds.

    Args:
        probabilities: (N, C), calibrated.
        conformal: the model card's.
        coverage: 0..1, rounded up to one of LEVELS; above the last every set holds all classes.

    Returns:
        (N, C), at least one True in each row.
    """
    level = next((i for i, known in enumerate(LEVELS) if known >= coverage - 1e-9), None)
    if level is None:
        return np.ones(probabilities.shape, bool)
    limits = np.array([row[level] for row in conformal.quantiles])
    return np.asarray(nonconformity(probabilities) <= limits)


def prediction_set(probabilities: NDArray[np.floating], conformal: Conformal, coverage: float) -> tuple[int, ...]:
    """The set of one face, (C,) probabilities, as class indices, the most probable first."""
    among = prediction_sets(probabilities[None], conformal, coverage)[0]
    return tuple(int(i) for i in np.argsort(-probabilities, kind="stable") if among[i])
