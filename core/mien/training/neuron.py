"""A single neuron that tells two kinds of faces apart, fitted by logistic regression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STILL = 0.05  # of the median spread: features that hardly vary are not amplified


@dataclass(frozen=True)
class Neuron:
    """A weighted sum of F features."""

    weight: NDArray[np.float64]
    """(F,)."""
    bias: float

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """(N, F) -> (N,)."""
        return np.asarray(features @ self.weight + self.bias)

    def scaled(self, zero: float, one: float) -> "Neuron":
        """The neuron whose score is 0 and 1 where this one's is `zero` and `one`."""
        span = max(one - zero, 1e-6)
        return Neuron(self.weight / span, (self.bias - zero) / span)


def fit_neuron(near: NDArray[np.float32], far: NDArray[np.float32], prior: float) -> Neuron:
    """The neuron whose score is the log-odds of a face being one of the far ones; both sides weigh the same.

    Args:
        near: (N, F) features.
        far: (M, F) features.
        prior: how strongly its weights, on features of the near side's mean 0 and spread 1, are drawn to 0.
    """
    spread = near.std(0)
    return fit_scaled(near, far, np.maximum(spread, _STILL * np.median(spread) + 1e-6), prior)


def fit_scaled(
    near: NDArray[np.float32], far: NDArray[np.float32], spread: NDArray[np.float32], prior: float, *, steps: int = 100
) -> Neuron:
    """As `fit_neuron`, with the (F,) spread that is taken for each feature's, and the most steps of the fit."""
    from scipy.optimize import minimize
    from scipy.special import expit

    mean = near.mean(0)
    values = (np.concatenate([near, far]) - mean) / spread
    sign = np.r_[-np.ones(len(near)), np.ones(len(far))]
    share = np.r_[np.full(len(near), 0.5 / len(near)), np.full(len(far), 0.5 / len(far))]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (values @ w[:-1].astype(np.float32) + w[-1])
        pull = -share * sign * expit(-margin)
        slope = np.r_[(pull.astype(np.float32) @ values) + prior * w[:-1], pull.sum()]
        return float(share @ np.logaddexp(0, -margin) + prior * w[:-1] @ w[:-1] / 2), slope

    start = np.zeros(values.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    weight = found[:-1] / spread
    return Neuron(weight, float(found[-1] - mean @ weight))
