"""A model in the runtime that reads faces everywhere else, to be evaluated."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mien.evaluation.classifier import Classified
from mien.runtimes import Runtime

_AT_ONCE = 64  # faces


class RuntimeClassifier:
    """A model in a runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self.card = runtime.card
        self._runtime = runtime

    def classify(self, images: NDArray[np.uint8], size: int | None = None) -> Classified:
        """See `mien.evaluation.classifier.Classifier.classify`; resized faces are rounded to whole grey levels.

        Those of a dataset may be smaller than the network's crops: a network in PyTorch enlarges them itself.
        """
        side = self.card.network.crop_size
        logits, unlikeness = [], []
        for first in range(0, len(images), _AT_ONCE):
            part = images[first : first + _AT_ONCE]
            output = self._runtime.run(resized(part if size is None else shrunk(part, size), side))
            logits.append(output.logits)
            if output.unlikeness is not None:
                unlikeness.append(output.unlikeness)
        return Classified(np.concatenate(logits), np.concatenate(unlikeness) if unlikeness else None)


def shrunk(images: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """(N, channels, s, s) faces as ones of a smaller side, px, would be; as `mien.data.filters.resample` makes them."""
    side = images.shape[-1]
    return images if size >= side else resized(images, size, side)


def resized(images: NDArray[np.uint8], *sides: int) -> NDArray[np.uint8]:
    """(N, channels, s, s) faces brought to one side, px, after the other: bilinearly, antialiased to a smaller one."""
    if sides == images.shape[-1:]:
        return images
    made = np.empty((*images.shape[:2], sides[-1], sides[-1]), np.uint8)
    for place in np.ndindex(images.shape[:2]):
        picture = Image.fromarray(images[place]).convert("F")
        for side in sides:
            picture = picture.resize((side, side), Image.Resampling.BILINEAR)
        made[place] = np.asarray(picture).round().clip(0, 255)
    return made
