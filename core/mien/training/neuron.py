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
    mean, spread = near.mean(0), near.std(0)
    spread = np.maximum(spread, _STILL * np.median(spread) + 1e-6)
    values = (np.concatenate([near, far]) - mean) / spread
    sign = np.r_[-np.ones(len(near)), np.ones(len(far))]
    share = np.r_[np.full(len(near), 0.5 / len(near)), np.full(len(far), 0.5 / len(far))]
    found = _logistic(values, sign, share, prior)
    weight = found[:-1] / spread
    return Neuron(weight, float(found[-1] - mean @ weight))


def _logistic(
    values: NDArray[np.float32], sign: NDArray[np.float64], share: NDArray[np.float64], prior: float
) -> NDArray[np.float64]:
    """Weights and bias, (F + 1,), of a logistic regression of (N,) signs on (N, F) values under a normal prior."""
    from scipy.optimize import minimize
    from scipy.special import expit

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (values @ w[:-1].astype(np.float32) + w[-1])
        pull = -share * sign * expit(-margin)
        slope = np.r_[(pull.astype(np.float32) @ values) + prior * w[:-1], pull.sum()]
        return float(share @ np.logaddexp(0, -margin) + prior * w[:-1] @ w[:-1] / 2), slope

    start = np.zeros(values.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x)
