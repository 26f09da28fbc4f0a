"""Fits the neuron that tells covered mouths: `python -m mien.training.covered_mouth FERPLUS`, in a minute.

It is fitted on training faces; its threshold comes from validation faces, and so do the figures that it prints. The
second figure of a kind is that of a neuron that saw no face of this kind.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien.data.covered_faces import KINDS, Faces, covered
from mien.data.load import load_split
from mien.probabilities.covered_mouth import FILE, features
from mien.training.neuron import Neuron, fit_scaled
from mien.utils import paths

_UNCOVERED_BELOW = 0.992  # of the validation faces
_PRIOR = 0.01
_FACES = 6000
_EACH = 1500  # of each kind


def _neuron(near: NDArray[np.float32], far: NDArray[np.float32]) -> Neuron:
    """Tells (N, F) faces from (M, F) covered ones."""
    return fit_scaled(near, far, near.std(0) + 0.05, _PRIOR, steps=60)


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

    def fitted(kinds: Sequence[str]) -> Neuron:
        neuron = _neuron(near, np.concatenate([far[kind] for kind in kinds]))
        return replace(neuron, bias=neuron.bias - float(np.quantile(neuron.score(plain), _UNCOVERED_BELOW)))

    whole = fitted(KINDS)
    for kind in KINDS:
        changed, other = made(tested, kind), fitted([other for other in KINDS if other != kind])
        shares = [float((neuron.score(changed) > 0).mean()) for neuron in (whole, other)]
        print(f"{kind}: {shares[0]:.3f}, left out of the fit {shares[1]:.3f}, n = {len(tested)}")
    np.save(paths.assets() / FILE, np.r_[whole.weight, whole.bias].astype(np.float16))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
