"""A second network for the same task, to be asked whether a find is a face: BlazeFace, short range, by OpenVINO.

It was trained by itself, so that it is seldom wrong where the other one is.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mien.faces.blazeface import as_input, outputs, requests
from mien.types import Image

SIDE = 128
"""Of the network's picture, px."""
_MODEL = "face_detection_short_range.tflite"
_GRIDS = ((16, 2), (8, 6))  # cells a side, boxes a cell
_MIDDLE = 0.15  # how far from the picture's middle a face's may be, as a share of its side


class ShortRange:
    """Says how much the middle of a picture looks like a face, two pictures at a time. Use it on one thread."""

    def __init__(self) -> None:
        """Load the network."""
        self._requests = requests(_MODEL)

    def scores(self, squares: Sequence[Image]) -> list[float]:
        """How sure it is, 0..1, that there is a face in the middle of each BGR square (128, 128, 3)."""
        return [_score(boxes, logits) for boxes, logits in outputs(self._requests, map(as_input, squares))]


def _score(boxes: NDArray[np.float32], logits: NDArray[np.float32]) -> float:
    """Of (1, N, 16) boxes and (1, N, 1) logits."""
    away = boxes[0, :, :2] / SIDE + _cells() - 0.5
    logit = float(np.max(logits[0, :, 0][np.hypot(away[:, 0], away[:, 1]) < _MIDDLE], initial=-np.inf))
    return float(1 / (1 + np.exp(-logit)))


@cache
def _cells() -> NDArray[np.float64]:
    """(N, 2): the middle of each box's cell, x and y, as a share of the side."""
    grids = []
    for cells, boxes in _GRIDS:
        middles = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(middles, middles)
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), boxes, 0))
    return np.concatenate(grids)
