"""Whether a face's mouth is covered: one neuron over the shades and edges of its lower half.

`mien.training.covered_mouth` fits it. It asks no network, so it serves every model.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.utils import paths

FILE = "covered_mouth.npy"
_SIDE = 24  # px, at which a face is looked at
_EYES = slice(0, 12)  # rows by which brightness and contrast are measured
_BELOW = 8  # the first row that is looked at


def features(faces: NDArray[np.floating]) -> NDArray[np.float32]:
    """(N, F) of (N, side, side) grey faces that lie as in FERPlus; brightness and contrast do not matter."""
    small = np.stack([cv2.resize(face, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA) for face in faces])
    eyes = small[:, _EYES].reshape(len(small), -1)
    spread = np.maximum(eyes.std(1), 0.03 * 255)
    small = np.clip((small - eyes.mean(1)[:, None, None]) / spread[:, None, None], -4, 4)
    down, across = np.abs(np.diff(small, axis=1))[:, _BELOW + 1 :], np.abs(np.diff(small, axis=2))[:, _BELOW + 2 :]
    parts = [part.reshape(len(small), -1) for part in (small[:, _BELOW:], down, across)]
    return np.concatenate(parts, 1).astype(np.float32)


@cache
def _neuron() -> NDArray[np.float32]:
    """(F + 1,): weights, and the bias, with which one in 125 validation faces has a score above 0."""
    return np.asarray(np.load(paths.assets() / FILE), np.float32)


def mouth_is_covered(crop: NDArray[np.uint8]) -> bool:
    """Whether cloth or a hand seems to lie over the mouth of a crop, (channels, side, side), 0..255."""
    neuron = _neuron()
    return bool(features(crop.astype(np.float32).mean(0)[None])[0] @ neuron[:-1] + neuron[-1] > 0)
