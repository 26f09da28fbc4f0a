"""A second network for the same task, to be asked whether a find is a face: BlazeFace, short range, by OpenVINO.

It was trained by itself, so that it is seldom wrong where the other one is.
"""

from functools import cache

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien.faces.blazeface import SETTINGS, as_input
from mien.types import Image
from mien.utils import paths

SIDE = 128
"""Of the network's picture, px."""
_MODEL = "face_detection_short_range.tflite"
_GRIDS = ((16, 2), (8, 6))  # cells a side, boxes a cell
_MIDDLE = 0.15  # how far from the picture's middle a face's may be, as a share of its side


class ShortRange:
    """Says how much the middle of a picture looks like a face. Use it on one thread."""

    def __init__(self) -> None:
        """Load the network."""
        self._request = _network().create_infer_request()

    def score(self, square: Image) -> float:
        """How sure it is, 0..1, that there is a face in the middle of a BGR square (128, 128, 3)."""
        results = self._request.infer([as_input(square)], share_inputs=True, share_outputs=True)
        boxes, logits = results[0][0], results[1][0, :, 0]  # (N, 16) and (N,)
        away = boxes[:, :2] / SIDE + _cells() - 0.5
        logit = float(np.max(logits[np.hypot(away[:, 0], away[:, 1]) < _MIDDLE], initial=-np.inf))
        return float(1 / (1 + np.exp(-logit)))


@cache
def _network() -> ov.CompiledModel:
    """Compiled once for the whole process."""
    core = ov.Core()
    return core.compile_model(core.read_model(paths.assets() / _MODEL), "CPU", SETTINGS)


@cache
def _cells() -> NDArray[np.float64]:
    """(N, 2): the middle of each box's cell, x and y, as a share of the side."""
    grids = []
    for cells, boxes in _GRIDS:
        middles = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(middles, middles)
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), boxes, 0))
    return np.concatenate(grids)
