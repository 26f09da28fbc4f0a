"""Fits the neuron that tells covered mouths: `python -m mien.training.covered_mouth FERPLUS`, in a minute.

It is fitted on training faces; its threshold comes from validation faces, and so do the figures that it prints. The
second figure of a kind is that of a neuron that saw no face of this kind.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien.data.covered_faces import KINDS, Faces, covered
from mien.data.load import load_split
from mien.probabilities.covered_mouth import FILE, features
from mien.utils import paths

_UNCOVERED_BELOW = 0.992  # of the validation faces
_PRIOR = 0.01
_FACES = 6000
_EACH = 1500  # of each kind


def _neuron(near: NDArray[np.float32], far: NDArray[np.float32]) -> NDArray[np.float64]:
    """Weights and bias that tell (N, F) faces from (M, F) covered ones; both sides weigh the same."""
    from scipy.optimize import minimize
    from scipy.special import expit

    mean, spread = near.mean(0), near.std(0) + 0.05
    values = ((np.concatenate([near, far]) - mean) / spread).astype(np.float32)
    sign = np.r_[-np.ones(len(near)), np.ones(len(far))]
    share = np.r_[np.full(len(near), 0.5 / len(near)), np.full(len(far), 0.5 / len(far))]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (values @ w[:-1].astype(np.float32) + w[-1])
        pull = -share * sign * expit(-margin)
        slope = np.r_[pull.astype(np.float32) @ values + _PRIOR * w[:-1], pull.sum()]
        return float(share @ np.logaddexp(0, -margin) + _PRIOR * w[:-1] @ w[:-1] / 2), slope

    start = np.zeros(values.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    weight = found[:-1] / spread
    return np.asarray(np.r_[weight, found[-1] - mean @ weight])


def _scores(neuron: NDArray[np.float64], faces: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(faces @ neuron[:-1] + neuron[-1])


def _grey(folder: Path, split: str, most: int) -> Faces:
    images = load_split(folder, split).images[:, 0].numpy()
    return (images[:: max(len(images) // most, 1)] / 255).astype(np.float32)


def main(folder: Path) -> None:
    """Fit, measure and write the neuron."""
    random = np.random.default_rng(0)
    learned, tested = _grey(folder, "train", _FACES), _grey(folder, "valid", 10**6)

    def made(faces: Faces, kind: str) -> NDArray[np.float32]:
        return features(covered(faces, kind, random) * 255)

    near, plain = features(learned * 255), features(tested * 255)
    far = {kind: made(learned[random.permutation(len(learned))[:_EACH]], kind) for kind in KINDS}

    def fitted(kinds: Sequence[str]) -> NDArray[np.float64]:
        neuron = _neuron(near, np.concatenate([far[kind] for kind in kinds]))
        neuron[-1] -= np.quantile(_scores(neuron, plain), _UNCOVERED_BELOW)
        return neuron

    whole = fitted(KINDS)
    for kind in KINDS:
        changed, other = made(tested, kind), fitted([other for other in KINDS if other != kind])
        shares = [float((_scores(neuron, changed) > 0).mean()) for neuron in (whole, other)]
        print(f"{kind}: {shares[0]:.3f}, left out of the fit {shares[1]:.3f}, n = {len(tested)}")
    np.save(paths.assets() / FILE, whole.astype(np.float16))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
