"""What calibration and prediction sets are worth on faces that they were not fitted on.

Labelled faces are divided at random into two halves. What is fitted on one is measured on the other, both ways, for
several draws.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.probabilities.calibration import calibrated, calibration_error, fit_calibration
from mien.probabilities.conformal import fit_conformal, prediction_sets

DRAWS = 20
MOST_RELIABLE = 0.8
_FEWEST = 20


@dataclass(frozen=True)
class ClassSets:
    """The prediction sets of one class's faces."""

    n: int
    coverage: float
    """Share of the sets that hold the label."""
    size: float
    """Mean number of classes in a set."""


@dataclass(frozen=True)
class CrossValidation:
    """Means over the draws."""

    n: int
    draws: int
    wanted: float
    """The coverage that was asked for."""
    coverage: float
    coverage_spread: float
    """Standard deviation of a half's coverage."""
    size: float
    """Mean number of classes in a set."""
    single: float
    """Share of the sets that hold one class only."""
    single_right: float
    """Share of those whose class is the label; 0 where there are none."""
    classes: dict[str, ClassSets]
    """Of each class that has a face."""
    nll: float
    """Mean negative log-likelihood of the label."""
    ece: float
    """Expected calibration error of all n faces, each calibrated by the half that it is not in."""
    ece_of_a_half: float
    ece_of_a_half_if_perfect: float
    """What as many faces with true probabilities would show: the noise of `ece_of_a_half`."""
    accuracy_most_reliable: float
    """Of the 80% of the faces with the highest confidence."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, rounded."""

        def rounded(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: rounded(item) for key, item in value.items()}
            return round(value, 4) if isinstance(value, float) else value

        return {key: rounded(value) for key, value in asdict(self).items()}


def accuracy_of_most_reliable(
    probabilities: NDArray[np.floating], targets: NDArray[np.integer], share: float = MOST_RELIABLE
) -> float:
    """Accuracy among the faces with the highest confidence.

    Args:
        probabilities: (N, C).
        targets: (N,) classes.
        share: of the faces, 0..1.
    """
    first = np.argsort(-probabilities.max(1), kind="stable")[: max(round(share * len(targets)), 1)]
    return float((probabilities[first].argmax(1) == targets[first]).mean())


def cross_validate(
    logits: NDArray[np.floating],
    targets: NDArray[np.integer],
    classes: tuple[str, ...],
    coverage: float,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> CrossValidation | None:
    """Divide, fit and measure.

    Args:
        logits: (N, C) of faces that the network was not trained on.
        targets: (N,) their classes.
        classes: names of the C classes.
        coverage: asked of the sets, 0.8 to 0.99.
        draws: how often the faces are divided.
        seed: of the draws.

    Returns:
        None where there are fewer than 20 faces.
    """
    count = len(targets)
    if count < _FEWEST:
        return None
    dice = np.random.default_rng(seed)
    hits, sizes = np.zeros(count), np.zeros(count)
    of_halves, of_all, single = [], [], np.zeros(2)
    for _ in range(draws):
        order = dice.permutation(count)
        first, second = order[: count // 2], order[count // 2 :]
        made = np.zeros((count, len(classes)), np.float32)
        for fitted, other in ((first, second), (second, first)):
            temperature, calibration = fit_calibration(logits[fitted], targets[fitted])
            known = fit_conformal(calibrated(logits[fitted], temperature, calibration), targets[fitted])
            made[other] = calibrated(logits[other], temperature, calibration)
            sets = prediction_sets(made[other], known, coverage)
            hit, size = sets[np.arange(len(other)), targets[other]], sets.sum(1)
            hits[other] += hit
            sizes[other] += size
            single += (size == 1).sum(), hit[size == 1].sum()
            invented = _labels_of_true_probabilities(made[other], dice)
            of_halves.append(
                (hit.mean(), calibration_error(made[other], targets[other]), calibration_error(made[other], invented))
            )
        likelihood = np.log(np.maximum(made[np.arange(count), targets], 1e-12)).mean()
        of_all.append((-likelihood, calibration_error(made, targets), accuracy_of_most_reliable(made, targets)))
    hits, sizes = hits / draws, sizes / draws
    nll, ece, reliable = np.mean(of_all, axis=0)
    return CrossValidation(
        n=count,
        draws=draws,
        wanted=coverage,
        coverage=float(hits.mean()),
        coverage_spread=float(np.std([half[0] for half in of_halves])),
        size=float(sizes.mean()),
        single=float(single[0] / (count * draws)),
        single_right=float(single[1] / max(single[0], 1)),
        classes={
            name: ClassSets(int(own.sum()), float(hits[own].mean()), float(sizes[own].mean()))
            for number, name in enumerate(classes)
            if (own := targets == number).any()
        },
        nll=float(nll),
        ece=float(ece),
        ece_of_a_half=float(np.mean([half[1] for half in of_halves])),
        ece_of_a_half_if_perfect=float(np.mean([half[2] for half in of_halves])),
        accuracy_most_reliable=float(reliable),
    )


def _labels_of_true_probabilities(
    probabilities: NDArray[np.floating], dice: np.random.Generator
) -> NDArray[np.integer]:
    """(N,) labels drawn from (N, C) probabilities."""
    steps = probabilities.astype(np.float64).cumsum(1)
    return np.asarray((steps > dice.random((len(steps), 1)) * steps[:, -1:]).argmax(1))
