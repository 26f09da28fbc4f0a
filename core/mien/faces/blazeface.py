"""The network that detects faces: BlazeFace, full range, as MediaPipe publishes it, run by OpenVINO.

MediaPipe's own detector reports every use to its makers, and nothing switches that off. So the steps around the network
are done here as MediaPipe does them: the picture is laid into a square, each cell of a grid gives a box, boxes that
overlap become their weighted mean. `tests/core/faces/test_blazeface.py` compares the two.
"""

from functools import cache
from typing import Any

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien.types import Face, Image
from mien.utils import paths

_MODEL = "face_detection_full_range_sparse.tflite"
_SIDE = 192  # of the network's picture, px
_STRIDE = 4  # px a cell of the grid
_KEYPOINTS = 6
_SETTINGS: dict[str, Any] = {
    "INFERENCE_PRECISION_HINT": "f32",  # else the boxes would depend on the CPU
    "INFERENCE_NUM_THREADS": 1,  # as in MediaPipe: the other cores are for the classifier
    "NUM_STREAMS": 1,
    "ENABLE_CPU_PINNING": False,
}


class BlazeFace:
    """Detects the faces of one picture in one pass. Use it on one thread."""

    def __init__(self, *, min_score: float, same: float) -> None:
        """Load the network.

        Args:
            min_score: faces with a lower score are left out.
            same: boxes whose intersection over union is larger are one face.
        """
        self._request = _network().create_infer_request()
        self._min_logit = float(np.log(min_score / (1 - min_score)))
        self._same = same

    def detect(self, image: Image) -> list[Face]:
        """The faces of a BGR picture (H, W, 3), the best first."""
        height, width = image.shape[:2]
        side = max(height, width)
        results = self._request.infer([_laid_in_square(image)], share_inputs=True, share_outputs=True)
        boxes, logits = results[0][0], results[1][0, :, 0]  # (N, 16) and (N,)
        found = np.flatnonzero(logits >= self._min_logit)
        if not len(found):
            return []
        scores = 1 / (1 + np.exp(-logits[found].astype(np.float64)))
        points = _decoded(boxes[found], found)
        points = points * side + np.array([(width - side) / 2, (height - side) / 2])
        return [_face(mean, score, width, height) for mean, score in _merged(points, scores, self._same)]


@cache
def _network() -> ov.CompiledModel:
    """Compiled once for the whole process, which takes a third of a second; each detector has its own request."""
    core = ov.Core()
    return core.compile_model(core.read_model(paths.assets() / _MODEL), "CPU", _SETTINGS)


@cache
def _grid() -> NDArray[np.float64]:
    """(N, 1, 2): the middle of each cell, x and y, as a share of the square's side."""
    middles = (np.arange(_SIDE // _STRIDE) + 0.5) * _STRIDE / _SIDE
    x, y = np.meshgrid(middles, middles)
    grid = np.stack([x.ravel(), y.ravel()], 1)[:, None]
    grid.flags.writeable = False  # all detectors share it
    return grid


def _laid_in_square(image: Image) -> NDArray[np.float32]:
    """(1, 192, 192, 3), RGB, -1..1: the whole picture in the middle of a black square."""
    height, width = image.shape[:2]
    side = max(height, width)
    scale = side / _SIDE
    matrix = np.array([[scale, 0, (width - side) / 2], [0, scale, (height - side) / 2]])
    square = cv2.warpAffine(image, matrix, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    rgb = cv2.cvtColor(square, cv2.COLOR_BGR2RGB)
    return (rgb.astype(np.float32) * (2 / 255) - 1)[None]


def _decoded(boxes: NDArray[np.float32], cells: NDArray[np.intp]) -> NDArray[np.float64]:
    """(N, 8, 2) in shares of the square: top left, bottom right, then the keypoints.

    Args:
        boxes: (N, 16), px: the box's middle from the cell's, its size, then the keypoints from the cell's middle.
        cells: (N,), places in the grid.
    """
    pairs = boxes.reshape(-1, 2 + _KEYPOINTS, 2).astype(np.float64) / _SIDE
    middle, half = pairs[:, :1] + _grid()[cells], pairs[:, 1:2] / 2
    return np.concatenate([middle - half, middle + half, pairs[:, 2:] + _grid()[cells]], 1)


def _merged(
    points: NDArray[np.float64], scores: NDArray[np.float64], same: float
) -> list[tuple[NDArray[np.float64], float]]:
    """Join the best box and those that overlap it into their mean, weighted by scores; then the best of the rest."""
    order = np.argsort(-scores, kind="stable")
    merged = []
    while len(order):
        best = order[0]
        overlapping = _overlaps(points[order], points[best]) > same
        overlapping[0] = True  # a box without an area, too
        group = order[overlapping]
        mean = np.average(points[group], 0, scores[group])
        merged.append((mean, float(scores[best])))
        order = order[~overlapping]
    return merged


def _overlaps(points: NDArray[np.float64], one: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,): intersection over union of each box with one of them."""
    inside = np.clip(np.minimum(points[:, 1], one[1]) - np.maximum(points[:, 0], one[0]), 0, None).prod(1)
    union = (points[:, 1] - points[:, 0]).prod(1) + (one[1] - one[0]).prod() - inside
    overlaps: NDArray[np.float64] = inside / np.maximum(union, 1e-9)
    return overlaps


def _face(points: NDArray[np.float64], score: float, width: int, height: int) -> Face:
    """In whole pixels, as in MediaPipe: a box beyond the left or upper edge is moved to it, one too large is cut."""
    corner = np.clip(points[0], 0, (width, height)).astype(int)
    size = np.clip(points[1] - points[0], 0, (width, height)).astype(int)
    box = (int(corner[0]), int(corner[1]), int(size[0]), int(size[1]))
    return Face(box, points[2:].astype(np.float32), score)
