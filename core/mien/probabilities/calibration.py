"""Makes a network's probabilities come true: of 100 predictions at 80%, 80 shall be right.

Fitted once, on validation faces; applying it needs no PyTorch. A bias for each class was tried too: it made the
likelihood a little better but not the calibration error, and it changes labels, so it was left out.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien.utils.dataclass_io import check_ranges, within

# How far the faces may move the values, as standard deviations of a normal prior: few faces change little.
_PRIOR_TEMPERATURE, _PRIOR_SLOPE, _PRIOR_SHIFT = 1.0, 0.5, 1.0  # of the first two the logarithms
BINS = 15
_LOWEST, _HIGHEST = 0.05, 20.0
_AHEAD = 1e-4  # by which the best class stays ahead at least


@dataclass(frozen=True)
class Calibration:
    """What follows the temperature; by default nothing."""

    slope: float = field(default=1.0, metadata={"formerly": "sharpness", **within(0.01, 100)})
    """Multiplies the log-odds of the best class's probability (Platt 1999)."""
    shift: float = field(default=0.0, metadata=within(-100, 100))
    """Is then added to them. The other classes share the rest in the same proportions as before."""

    def __post_init__(self) -> None:
        check_ranges(self, "calibration")


def calibrated(
    logits: NDArray[np.floating], temperature: float, calibration: Calibration | None = None
) -> NDArray[np.float32]:
    """Probabilities from a network's logits. The best class stays the best.

    Args:
        logits: (N, C).
        temperature: divides them (Guo et al. 2017).
        calibration: what follows; None for nothing.

    Returns:
        (N, C), each row a distribution.
    """
    made = _softmax(np.asarray(logits, np.float64) / temperature)
    if calibration is not None and calibration != Calibration():
        made = _with_odds(made, calibration)
    return made.astype(np.float32)


def fit_temperature(logits: NDArray[np.floating], targets: NDArray[np.integer]) -> float:
    """The temperature at which (N, C) logits fit the (N,) classes of labelled faces best (Guo et al. 2017).

    Under a weak prior: of a few faces that are all classified as labelled, the best would be the lowest there is, at
    which every face is sure.
    """
    from scipy.optimize import minimize_scalar

    logits, rows = np.asarray(logits, np.float64), np.arange(len(targets))

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        best = scaled.max(1)
        misfit = (np.log(np.exp(scaled - best[:, None]).sum(1)) + best - scaled[rows, targets]).sum()
        return float(misfit + (log_temperature / _PRIOR_TEMPERATURE) ** 2 / 2) / len(targets)

    found = minimize_scalar(loss, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return float(np.exp(found.x))


def fit_calibration(logits: NDArray[np.floating], targets: NDArray[np.integer]) -> tuple[float, Calibration]:
    """The temperature and calibration that fit labelled faces best.

    The temperature maximises the likelihood of the labels; slope and shift then that of the best class being
    right; all three under a weak prior.

    Args:
        logits: (N, C) of faces that the network was not trained on.
        targets: (N,) their classes.

    Returns:
        The temperature, and what follows it.
    """
    temperature = round(fit_temperature(logits, targets), 4)
    probabilities = _softmax(np.asarray(logits, np.float64) / temperature)
    right = probabilities.argmax(1) == targets
    return temperature, _fit_odds(probabilities.max(1), right)


@dataclass(frozen=True)
class ReliabilityBins:
    """Predictions by their confidence, in 15 equal bins from 0 to 1; (15,) each."""

    faces: NDArray[np.integer]
    confidence: NDArray[np.float64]
    """Sum over the bin's faces."""
    right: NDArray[np.float64]
    """How many of the labels are right."""


def reliability_bins(probabilities: NDArray[np.floating], targets: NDArray[np.integer]) -> ReliabilityBins:
    """Sort (N, C) probabilities of faces with the (N,) classes `targets` into bins."""
    confidence = probabilities.max(1).astype(np.float64)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return ReliabilityBins(
        np.bincount(bins, minlength=BINS),
        np.asarray(np.bincount(bins, confidence, minlength=BINS), np.float64),
        np.asarray(np.bincount(bins, probabilities.argmax(1) == targets, minlength=BINS), np.float64),
    )


def calibration_error(probabilities: NDArray[np.floating], targets: NDArray[np.integer]) -> float:
    """Expected calibration error (Guo et al. 2017) of (N, C) probabilities over 15 equal bins of confidence."""
    bins = reliability_bins(probabilities, targets)
    return float(np.abs(bins.right - bins.confidence).sum() / len(targets))


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def _log_odds(values: NDArray[np.float64]) -> NDArray[np.float64]:
    safe = np.clip(values, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(safe) - np.log1p(-safe))


def _with_odds(probabilities: NDArray[np.float64], calibration: Calibration) -> NDArray[np.float64]:
    rows, best = np.arange(len(probabilities)), probabilities.argmax(1)
    before = probabilities[rows, best]
    odds = np.clip(calibration.slope * _log_odds(before) + calibration.shift, -40, 40)
    others = probabilities.copy()
    others[rows, best] = 0
    others /= np.maximum(others.sum(1, keepdims=True), 1e-12)
    second = others.max(1)
    after = np.maximum(1 / (1 + np.exp(-odds)), second / (1 + second) + _AHEAD)
    made = others * (1 - after)[:, None]
    made[rows, best] = after
    return np.asarray(made / made.sum(1, keepdims=True))


def _fit_odds(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    from scipy.optimize import minimize

    odds, sign = _log_odds(confidence), np.where(right, 1.0, -1.0)

    def loss(values: NDArray[np.float64]) -> float:
        log_slope, shift = values
        misfit = np.logaddexp(0, -sign * (np.exp(log_slope) * odds + shift)).sum()
        return float(misfit + (log_slope / _PRIOR_SLOPE) ** 2 / 2 + (shift / _PRIOR_SHIFT) ** 2 / 2)

    log_slope, shift = minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=[(-2, 2), (-5, 5)]).x
    return Calibration(round(float(np.exp(log_slope)), 4), round(float(shift), 4))
