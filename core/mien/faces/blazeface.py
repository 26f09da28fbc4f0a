"""The network that detects faces: BlazeFace, full range, as MediaPipe publishes it, run by OpenVINO.

MediaPipe's own detector reports every use to its makers, and nothing switches that off. So the steps around the network
are done here as MediaPipe does them: the picture is laid into a square, each cell of a grid gives a box, boxes that
overlap become their weighted mean. `tests/core/faces/test_blazeface.py` compares the two.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle
from typing import Any

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien.types import Face, Image
from mien.utils import paths

SIDE = 192
"""Of the network's picture, px."""
SETTINGS: dict[str, Any] = {
    "INFERENCE_PRECISION_HINT": "f32",  # else the boxes would depend on the CPU
    "ENABLE_CPU_PINNING": False,
    # Two pictures at a time, a thread each. Two threads for one picture are no faster than one.
    "INFERENCE_NUM_THREADS": 2,
    "NUM_STREAMS": 2,
}
_MODEL = "face_detection_full_range_sparse.tflite"
_STRIDE = 4  # px a cell of the grid
_KEYPOINTS = 6

Found = tuple[NDArray[np.float64], float]
"""(8, 2) places in the network's picture, px: two corners of the box, then the keypoints; and the score."""


class BlazeFace:
    """Detects the faces of pictures, each in one pass, two at a time. Use it on one thread."""

    def __init__(self, *, min_score: float, same: float) -> None:
        """Load the network.

        Args:
            min_score: faces with a lower score are left out.
            same: boxes whose intersection over union is larger are one face.
        """
        self._requests = requests(_MODEL)
        self._min_logit = float(np.log(min_score / (1 - min_score)))
        self._same = same

    def look(self, squares: Iterable[Image]) -> list[list[Found]]:
        """What is found in each BGR square (192, 192, 3), the best first."""
        return [self._decoded(boxes, logits) for boxes, logits in outputs(self._requests, map(as_input, squares))]

    def _decoded(self, boxes: NDArray[np.float32], logits: NDArray[np.float32]) -> list[Found]:
        """Of (1, N, 16) boxes and (1, N, 1) logits."""
        found = np.flatnonzero(logits[0, :, 0] >= self._min_logit)
        if not len(found):
            return []
        scores = 1 / (1 + np.exp(-logits[0, found, 0].astype(np.float64)))
        return _merged(_points(boxes[0, found], found), scores, self._same)


@cache
def _network(file: str) -> ov.CompiledModel:
    """Compiled once for the whole process, which takes a third of a second."""
    core = ov.Core()
    return core.compile_model(core.read_model(paths.assets() / file), "CPU", SETTINGS)


@cache
def _grid() -> NDArray[np.float64]:
    """(N, 1, 2): the middle of each cell, x and y, px."""
    middles = (np.arange(SIDE // _STRIDE) + 0.5) * _STRIDE
    x, y = np.meshgrid(middles, middles)
    grid = np.stack([x.ravel(), y.ravel()], 1)[:, None]
    grid.flags.writeable = False  # all detectors share it
    return grid


def requests(file: str) -> list[ov.InferRequest]:
    """Of a network among the assets, for one detector alone.

    They are twice as many as run at a time: the next pictures wait for their thread, and not the other way round.
    """
    return [_network(file).create_infer_request() for _ in range(2 * SETTINGS["NUM_STREAMS"])]


def outputs(
    requests: Sequence[ov.InferRequest], inputs: Iterable[NDArray[np.float32]]
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """The two outputs for each input, to be used before the next ones are asked for.

    The next inputs are made while the network looks at those before.
    """
    busy: deque[ov.InferRequest] = deque()
    for one, request in zip(inputs, cycle(requests), strict=False):
        if len(busy) == len(requests):
            yield _awaited(busy.popleft())
        request.start_async([one], share_inputs=True)
        busy.append(request)
    while busy:
        yield _awaited(busy.popleft())


def _awaited(request: ov.InferRequest) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    request.wait()
    return request.get_output_tensor(0).data, request.get_output_tensor(1).data


def as_input(square: Image) -> NDArray[np.float32]:
    """(1, side, side, 3), RGB, -1..1, of a BGR square."""
    made = scaled(square, 2 / 255)
    return np.subtract(made, 1, out=made)


def scaled(square: Image, factor: float) -> NDArray[np.float32]:
    """(1, side, side, 3), RGB, of a BGR square whose values are multiplied."""
    return np.multiply(cv2.cvtColor(square, cv2.COLOR_BGR2RGB)[None], np.float32(factor), dtype=np.float32)


def _points(boxes: NDArray[np.float32], cells: NDArray[np.intp]) -> NDArray[np.float64]:
    """(N, 8, 2), px: top left, bottom right, then the keypoints.

    Args:
        boxes: (N, 16), px: the box's middle from the cell's, its size, then the keypoints from the cell's middle.
        cells: (N,), places in the grid.
    """
    pairs = boxes.reshape(-1, 2 + _KEYPOINTS, 2).astype(np.float64)
    middle, half = pairs[:, :1] + _grid()[cells], pairs[:, 1:2] / 2
    return np.concatenate([middle - half, middle + half, pairs[:, 2:] + _grid()[cells]], 1)


def _merged(points: NDArray[np.float64], scores: NDArray[np.float64], same: float) -> list[Found]:
    """Join the best box and those that overlap it into their mean, weighted by scores; then the best of the rest."""
    order = np.argsort(-scores, kind="stable")
    points, scores = points[order], scores[order]
    alike = _overlaps(points) > same
    np.fill_diagonal(alike, True)  # a box without an area, too
    left, best, groups = np.ones(len(scores), bool), [], []
    while left.any():
        best.append(int(left.argmax()))
        groups.append(alike[best[-1]] & left)
        left &= ~groups[-1]
    weights = np.array(groups) * scores
    means = (weights / weights.sum(1, keepdims=True)) @ points.reshape(len(points), -1)
    return list(zip(means.reshape(-1, *points.shape[1:]), scores[best].tolist(), strict=True))


def _overlaps(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, N): intersection over union of each two boxes of (N, 8, 2) points."""
    least, most = points[:, 0], points[:, 1]
    inside = np.clip(np.minimum(most[:, None], most) - np.maximum(least[:, None], least), 0, None).prod(2)
    areas = (most - least).prod(1)
    overlaps: NDArray[np.float64] = inside / np.maximum(areas[:, None] + areas - inside, 1e-9)
    return overlaps


def face_of(points: NDArray[np.float64], score: float, width: int, height: int) -> Face:
    """Of (8, 2) places in a picture of this size. Whole pixels, as in MediaPipe.

    A box beyond the left or upper edge is moved to it, one too large is cut.
    """
    (x1, y1), (x2, y2) = points[:2].tolist()  # corners of a turned face change places
    left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    corner = int(min(max(left, 0), width)), int(min(max(top, 0), height))
    size = int(min(right - left, width)), int(min(bottom - top, height))
    return Face((*corner, *size), points[2:].astype(np.float32), score)
