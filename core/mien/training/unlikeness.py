"""Fits a finished network's measure of how unlike a face is to those it learned from, and how far that softens logits.

One neuron over the embedding learns to tell validation faces as they are from the same faces made poor or odd, and from
textures. Each face is scored by a neuron that saw neither it nor its copies (two folds), so that the scores, what is
fitted to them and the figures are those of new faces.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mien.data.faceset import FaceSet
from mien.data.unlike_faces import ODD, POOR, UNSEEN, textures
from mien.evaluation.metrics import predict_stages
from mien.nn.network import ExpressionNetwork
from mien.nn.unlikeness import Unlikeness
from mien.probabilities.calibration import calibrated, calibration_error, fit_calibration
from mien.probabilities.unsure_reasons import UNLIKE
from mien.training.neuron import Neuron, fit_neuron

FEWEST = 400
"""Validation faces that it takes: with fewer, the score of one in a hundred is not known."""
_EACH = 500  # faces of each kind that are made unlike
_TEXTURES = 300
_ONE_IN_A_HUNDRED = 0.99
_PRIOR = 0.1  # on the standardised neuron: of 0.001 to 1, with 0.1 left-out kinds are told apart best
_STEEPEST = 2.0


@dataclass(frozen=True)
class Learned:
    """What the fit says of the N validation faces."""

    logits: Tensor
    """(N, C), softened, for each face by a neuron that did not see it."""
    figures: dict[str, Any]
    """For the model card."""


@dataclass(frozen=True)
class _Kind:
    """Faces that were changed in one way: M of the validation faces, or textures."""

    embedding: NDArray[np.float32]
    """(M, F)."""
    logits: NDArray[np.float32]
    """(M, C), not softened."""
    fold: NDArray[np.integer]
    """(M,) 0 or 1."""
    targets: NDArray[np.integer] | None
    """(M,) classes; None of textures."""


def learn_unlikeness(network: ExpressionNetwork, faces: FaceSet) -> Learned | None:
    """Fit the network's neuron, in place; its config then says that it has one.

    Args:
        network: finished, rounded to half precision, in evaluation mode.
        faces: the validation faces, in the network's order of classes.

    Returns:
        None where there are fewer than 400 faces, and for networks with balancing, since the parts that it mixes would
        not be softened alike. A neuron that was there before is gone then, so that no card promises one.
    """
    network.unlikeness, network.config = None, replace(network.config, unlikeness=False)
    if len(faces) < FEWEST or network.config.balancing != "none":
        return None
    plain, kinds = _classify_all(network, faces)
    others = [kinds[name] for name in (*POOR, *ODD, "textures")]
    folds = [_fitted(plain, others, 1 - fold) for fold in (0, 1)]
    whole = _fitted(plain, others, None)
    own = _by_fold(folds, plain)
    zero, one = float(np.median(own)), float(np.quantile(own, _ONE_IN_A_HUNDRED))
    folds, whole = [neuron.scaled(zero, one) for neuron in folds], whole.scaled(zero, one)
    slope = _fit_slope(folds, plain, [kinds[name] for name in POOR])
    _install(network, whole, slope)
    softened = _softened(plain.logits, _by_fold(folds, plain), slope)
    figures = _figures(folds, slope, plain, kinds)
    return Learned(torch.from_numpy(softened), {"source": faces.source, **figures})


def _classify_all(network: ExpressionNetwork, faces: FaceSet) -> tuple[_Kind, dict[str, _Kind]]:
    """Classify the faces as they are, and changed in each way."""
    targets = faces.targets.numpy()
    fold = np.random.default_rng(0).permutation(len(faces)) % 2
    plain = _Kind(*_classify(network, faces.images), fold, targets)
    some = np.linspace(0, len(faces) - 1, min(_EACH, len(faces))).astype(int)
    clean = faces.images[torch.from_numpy(some)].float() / 255
    kinds = {}
    for name, change in {**POOR, **ODD, **UNSEEN}.items():
        made = (change(clean).clamp(0, 1) * 255).round().byte()
        kinds[name] = _Kind(*_classify(network, made), fold[some], targets[some])
    noise = (textures(_TEXTURES, *faces.images.shape[1:3]) * 255).round().byte()
    kinds["textures"] = _Kind(*_classify(network, noise), np.arange(_TEXTURES) % 2, None)
    return plain, kinds


def _classify(network: ExpressionNetwork, images: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    stages = predict_stages(network, images)
    return stages.embedding.numpy(), stages.logits.numpy()


def _fitted(plain: _Kind, others: list[_Kind], fold: int | None) -> Neuron:
    """The neuron that tells one fold's faces (None: all) from those made unlike."""

    def chosen(kind: _Kind) -> NDArray[np.float32]:
        return kind.embedding if fold is None else kind.embedding[kind.fold == fold]

    return fit_neuron(chosen(plain), np.concatenate([chosen(kind) for kind in others]), _PRIOR)


def _by_fold(folds: list[Neuron], kind: _Kind) -> NDArray[np.float64]:
    """(M,) scores, each of the neuron that did not see the face."""
    return np.where(kind.fold == 0, folds[0].score(kind.embedding), folds[1].score(kind.embedding))


def _softened(logits: NDArray[np.float32], score: NDArray[np.float64], slope: float) -> NDArray[np.float32]:
    return (logits / np.exp(slope * np.maximum(score, 0))[:, None]).astype(np.float32)


def _fit_slope(folds: list[Neuron], plain: _Kind, poor: list[_Kind]) -> float:
    """The slope at which the probabilities of faces as they are and of poor ones fit their labels best."""
    from scipy.optimize import minimize_scalar

    assert plain.targets is not None
    temperature, calibration = fit_calibration(plain.logits, plain.targets)
    kinds = [plain, *poor]
    scores = [_by_fold(folds, kind) for kind in kinds]
    # Faces as they are have as much weight as all poor ones together.
    weights = [1.0, *(1 / len(poor) for _ in poor)]

    def loss(slope: float) -> float:
        total = 0.0
        for kind, score, weight in zip(kinds, scores, weights, strict=True):
            made = calibrated(_softened(kind.logits, score, slope), temperature, calibration)
            total -= weight * float(np.log(np.maximum(made[np.arange(len(made)), kind.targets], 1e-12)).mean())
        return total

    return float(minimize_scalar(loss, bounds=(0, _STEEPEST), method="bounded").x)


@torch.no_grad()
def _install(network: ExpressionNetwork, neuron: Neuron, slope: float) -> None:
    """Give the network the neuron, rounded to half precision as the model's file keeps it."""
    own = Unlikeness(len(neuron.weight))
    own.weight.copy_(torch.from_numpy(neuron.weight).half())
    own.bias.fill_(neuron.bias)
    own.slope.fill_(slope)
    network.unlikeness = own.half().float().to(network.mean.device)
    network.config = replace(network.config, unlikeness=True)


def _figures(folds: list[Neuron], slope: float, plain: _Kind, kinds: dict[str, _Kind]) -> dict[str, Any]:
    """For each kind the share that is called unlike and, where there are labels, accuracy, confidence and ECE."""
    assert plain.targets is not None
    before = fit_calibration(plain.logits, plain.targets)
    after = fit_calibration(_softened(plain.logits, _by_fold(folds, plain), slope), plain.targets)
    rows = {}
    for name, kind in {"as they are": plain, **kinds}.items():
        score = _by_fold(folds, kind)
        row: dict[str, Any] = {"n": len(score), "unlike": round(float((score > UNLIKE).mean()), 4)}
        if kind.targets is not None:
            row["accuracy"] = round(float((kind.logits.argmax(1) == kind.targets).mean()), 4)
            plainly = calibrated(kind.logits, *before)
            softly = calibrated(_softened(kind.logits, score, slope), *after)
            row |= _reliability(plainly, kind.targets, "without_softening_") | _reliability(softly, kind.targets, "")
        rows[name] = row
    return {"slope": round(slope, 4), "left_out_of_the_fit": list(UNSEEN), "kinds": rows}


def _reliability(probabilities: NDArray[np.float32], targets: NDArray[np.integer], prefix: str) -> dict[str, float]:
    return {
        f"{prefix}confidence": round(float(probabilities.max(1).mean()), 4),
        f"{prefix}ece": round(calibration_error(probabilities, targets), 4),
    }
