"""Fits how far a finished network's confidence falls on pictures from elsewhere. No labels of such pictures are needed.

A neuron learns to tell the training faces from the faces without labels, both as they are and made small and poor. Then
the confidence on pictures from elsewhere is brought down to what a single annotator would make true: of the validation
faces it is known how many annotators chose which class. Of other pictures nobody knows how often the majority is named,
only that it is less often.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mien.data.augment import Augmentation, augment
from mien.data.filters import resized
from mien.data.load import TrainingData
from mien.data.readers.unlabelled import inner
from mien.evaluation.metrics import predict_stages
from mien.nn.config import SMALLEST_FOR_DOMAIN_SHIFT
from mien.nn.domain_shift import DomainShift
from mien.nn.network import ExpressionNetwork
from mien.probabilities.calibration import calibrated, fit_calibration
from mien.training.neuron import Neuron, fit_neuron

_FACES = 1000  # of each kind
_PRIOR = 0.01  # on the standardised neuron: of .003 and .01, which tell the sources apart alike, the less extreme
_POOR = Augmentation(
    flip=0.0, rotate_deg=0.0, scale=0.0, shift=0.0, shear=0.0, degrade=0.5, blur=0.15, jpeg=0.15, noise=0.3, erase=0.0
)
_TOGETHER = 10  # faces that get one size
_SMALLEST = 32  # px
_LARGEST = 2.0  # of the strength: logits are never divided by more than its exponential


def learn_domain_shift(network: ExpressionNetwork, data: TrainingData) -> dict[str, Any] | None:
    """Fit the network's neuron and what follows from it, in place; its config then says that it has one.

    Args:
        network: finished, rounded to half precision, in evaluation mode. Its neuron for unlikeness has no part in it.
        data: what it learned from.

    Returns:
        Figures for the model card; None where there are no faces without labels or no votes, for networks with
        balancing, and for those that take small crops. A neuron that was there before is gone then.
    """
    network.domain_shift, network.config = None, replace(network.config, domain_shift=False)
    config = network.config
    votes, unlabelled, restored = data.valid_votes, data.unlabelled, data.restored
    if votes is None or unlabelled is None or restored is None:
        return None
    if not len(unlabelled) or config.balancing != "none" or config.crop_size < SMALLEST_FOR_DOMAIN_SHIFT:
        return None
    side, random = config.crop_size, torch.Generator().manual_seed(0)
    width = network.backbone.num_features
    assert isinstance(width, int)
    shift = DomainShift(width, side)

    def judged_by(images: Tensor, embedding: Tensor) -> NDArray[np.float32]:
        parts = zip(images.split(_TOGETHER), embedding.split(_TOGETHER), strict=True)
        return torch.cat([shift.features(x.float() / 255, e) for x, e in parts]).numpy()

    def features(images: Tensor) -> NDArray[np.float32]:
        return judged_by(images, predict_stages(network, images).embedding)

    own = _some(data.train.images)
    cut = inner(unlabelled.images.shape[-1])
    other = _some(unlabelled.images[..., cut, cut])
    near = [features(faces) for faces in (own, _bytes(_whole(own, side)), _poor(own, side, random))]
    far = [features(faces) for faces in (other, _in_sizes(other, random), _poor(other, side, random))]
    neuron = fit_neuron(np.concatenate(near), np.concatenate(far), _PRIOR)
    unlikeness, network.unlikeness = network.unlikeness, None
    valid = predict_stages(network, data.valid.images)
    network.unlikeness = unlikeness
    strength = _fit_strength(valid.logits.numpy(), data.valid.targets.numpy(), votes.numpy())
    seen = {
        "as they are": judged_by(data.valid.images, valid.embedding),
        "from elsewhere": features(restored.images[..., cut, cut]),
    }
    _fill(shift, neuron, strength)
    network.domain_shift = shift.to(network.mean.device)
    network.config = replace(config, domain_shift=True)
    return {
        "source": data.valid.source,
        "elsewhere": restored.source,
        "strength": round(strength, 4),
        "kinds": {name: _figures(neuron, values) for name, values in seen.items()},
    }


def _some(images: Tensor) -> Tensor:
    """At most `_FACES` of (N, ...) faces, spread evenly over them."""
    return images[torch.linspace(0, len(images) - 1, min(_FACES, len(images))).long()]


def _bytes(x: Tensor) -> Tensor:
    return (x.clamp(0, 1) * 255).round().byte()


def _whole(images: Tensor, side: int) -> Tensor:
    """(N, C, s, s) bytes as (N, C, side, side), 0..1."""
    x = images.float() / 255
    return x if x.shape[-1] == side else resized(x, side, "bilinear")


def _in_sizes(images: Tensor, random: torch.Generator) -> Tensor:
    """The faces reduced to any size and enlarged again, as cameras at any distance give them."""
    side, made = images.shape[-1], []
    for part in images.split(_TOGETHER):
        size = round(_SMALLEST * (side / _SMALLEST) ** float(torch.rand((), generator=random)))
        made.append(resized(resized(part.float() / 255, size, "area"), side, "bilinear"))
    return _bytes(torch.cat(made))


def _poor(images: Tensor, side: int, random: torch.Generator) -> Tensor:
    parts = [augment(part.float() / 255, _POOR, random)[0] for part in images.split(_TOGETHER)]
    return _bytes(torch.cat([resized(part, side, "bilinear") for part in parts]))


def _fit_strength(logits: NDArray[np.float32], targets: NDArray[np.integer], votes: NDArray[np.floating]) -> float:
    """How far (N, C) logits must be softened for their calibrated probabilities to fit the (N, C) votes best."""
    from scipy.optimize import minimize_scalar

    temperature, calibration = fit_calibration(logits, targets)

    def loss(strength: float) -> float:
        made = calibrated(logits / np.exp(strength), temperature, calibration)
        return float(-(votes * np.log(np.maximum(made, 1e-12))).sum(1).mean())

    return float(minimize_scalar(loss, bounds=(0, _LARGEST), method="bounded").x)


@torch.no_grad()
def _fill(shift: DomainShift, neuron: Neuron, strength: float) -> None:
    """Give it what was fitted, rounded to half precision as the model's file keeps it."""
    shift.weight.copy_(torch.from_numpy(neuron.weight).half())
    shift.bias.copy_(torch.tensor(neuron.bias).half())
    shift.strength.copy_(torch.tensor(strength).half())


def _figures(neuron: Neuron, features: NDArray[np.float32]) -> dict[str, Any]:
    probability = 1 / (1 + np.exp(-neuron.score(features)))
    return {
        "n": len(probability),
        "probability": round(float(probability.mean()), 4),
        "above_half": round(float((probability > 0.5).mean()), 4),
    }
