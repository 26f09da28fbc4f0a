"""Evidence: on which parts of a face a prediction rests.

One part of the crop after another is covered, and what this does to the probabilities is measured: occlusion, after
Zeiler & Fergus 2014 (Visualizing and Understanding Convolutional Networks, Sec. 4.2). They cover with grey; here a part
is covered with the blurred face itself, behind soft edges, so that it stays a face and no edge is taken for a wrinkle.
Only the runtime's output is used, so it works for every backbone in every runtime and tells what happens to the
prediction. A class activation map needs the inside of one architecture, in PyTorch, and tells where features are
strong.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.probabilities.calibration import calibrated
from mien.runtimes import Runtime

# Shares of the crop's side. A patch covers the mouth, or one eye with its brow. With smaller ones hardly anything
# changed for the clearest smiles, half of which stayed visible.
_PATCH, _EDGE, _BLUR = 0.34, 0.08, 0.15
_ACROSS = 10  # patches, and as many down
_PART = 8  # crops at a time, so that a live runtime beside this one gets its turn


@dataclass(frozen=True)
class Evidence:
    """How much each part of one face speaks for one class."""

    index: int
    """Of the class."""
    probability: float
    """Of the class, for the uncovered face in this frame alone."""
    map: NDArray[np.float32]
    """(crop_size, crop_size), -1..1: by how much covering the parts around a pixel lowers the probability. Above 0 they
    speak for the class, below 0 against it."""
    crop: NDArray[np.uint8]
    """(channels, crop_size, crop_size), grey or RGB: the face as the network takes it."""


def evidence(runtime: Runtime, crop: NDArray[np.uint8]) -> tuple[Evidence, ...]:
    """Measure what speaks for each class, by classifying the face 101 times.

    Args:
        runtime: of the model; used on this thread.
        crop: (channels, crop_size, crop_size), of `mien.recognition.classifier.prepare`.

    Returns:
        One for each of the model's classes, in their order.
    """
    masks = _masks(crop.shape[-1])
    whole, *covered = _classify(runtime, np.concatenate([crop[None], _covered(crop, masks)]))
    lowered = whole - np.stack(covered)
    maps = np.tensordot(lowered.T, masks, axes=1) / masks.sum(0)
    return tuple(Evidence(i, float(whole[i]), maps[i].astype(np.float32), crop) for i in range(len(whole)))


def _masks(size: int) -> NDArray[np.float32]:
    """(P, size, size): 1 where a patch covers, 0 where it does not, a slope between; all together cover the crop."""
    middles = (np.arange(_ACROSS) + 0.5) * size / _ACROSS
    away = np.abs(np.arange(size) + 0.5 - middles[:, None])
    along = np.clip((_PATCH * size / 2 - away) / (_EDGE * size) + 0.5, 0, 1).astype(np.float32)
    return (along[:, None, :, None] * along[None, :, None, :]).reshape(-1, size, size)


def _covered(crop: NDArray[np.uint8], masks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(P, channels, size, size): the crop with one patch after another blurred."""
    sigma = _BLUR * crop.shape[-1]
    sharp = crop.astype(np.float32)
    blurred = np.stack([cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REFLECT) for plane in sharp])
    return (sharp + masks[:, None] * (blurred - sharp)).round().astype(np.uint8)


def _classify(runtime: Runtime, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(N, C) probabilities, calibrated as those of `Recognizer`."""
    parts = [runtime.run(crops[first : first + _PART]).from_elsewhere() for first in range(0, len(crops), _PART)]
    card = runtime.card
    return calibrated(np.concatenate(parts), card.temperature, card.calibration)
