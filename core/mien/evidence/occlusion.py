"""Which parts of a face a reading rests on.

One part of the crop after another is covered, and what that does to the probabilities is measured: occlusion, after
Zeiler & Fergus 2014 (Visualizing and Understanding Convolutional Networks, section 4.2). They cover with grey; here a
part is covered with the blurred face itself, behind soft edges, so that what is read is still a face and no edge is
taken for a wrinkle. Only the runtime's answers are used, so that it works for every backbone and in every runtime, and
says what happens to the answer. A class activation map needs the inside of one architecture, in PyTorch, and says where
features are strong.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.probabilities.calibration import calibrated
from mien.runtimes import Runtime

# Shares of the crop's side. A patch covers the mouth, or one eye with its brow. With smaller ones hardly anything
# changed in the clearest smiles, of which a half was still to be seen.
_PATCH, _EDGE, _BLUR = 0.34, 0.08, 0.15
_ACROSS = 10  # patches, and down as many
_PART = 8  # crops read at a time, so that a live runtime beside this one has its turn


@dataclass(frozen=True)
class Evidence:
    """What speaks for one class in one face."""

    index: int
    """Of the class."""
    probability: float
    """Of the class in the whole face, of this frame alone."""
    map: NDArray[np.float32]
    """(crop_size, crop_size): by how much covering the parts around a pixel lowers the probability, -1..1. What is
    above 0 speaks for the class, what is below 0 against it."""
    crop: NDArray[np.uint8]
    """(channels, crop_size, crop_size), grey or RGB: the face as it was read."""


def evidence(runtime: Runtime, crop: NDArray[np.uint8]) -> tuple[Evidence, ...]:
    """Measure what speaks for each class, in 101 readings of the face.

    Args:
        runtime: of the model; used on this thread.
        crop: (channels, crop_size, crop_size), of `mien.recognition.recognizer.prepare`.

    Returns:
        One for each of the model's classes, in their order: the readings are the same for all.
    """
    masks = _masks(crop.shape[-1])
    readings = _read(runtime, np.concatenate([crop[None], _covered(crop, masks)]))
    whole, lowered = readings[0], readings[0] - readings[1:]
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


def _read(runtime: Runtime, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(N, C) probabilities, calibrated as the recogniser's."""
    parts = [runtime.run(crops[first : first + _PART]).logits for first in range(0, len(crops), _PART)]
    card = runtime.card
    return calibrated(np.concatenate(parts), card.temperature, card.calibration)
