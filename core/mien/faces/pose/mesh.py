"""The network that finds landmarks: MediaPipe's face mesh, run by OpenVINO."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien.faces.blazeface import SETTINGS, requests
from mien.faces.pose.region import Region
from mien.types import Image
from mien.utils import paths

_MODEL = "face_landmark.tflite"
_LANDMARKS = 468

Mesh = tuple[NDArray[np.float32], float]
"""(468, 3) x, y, depth, px of the picture; and how sure the network is that there is a face, 0..1."""


class FaceMesh:
    """Finds the landmarks of faces, two at a time. Use it on one thread."""

    def __init__(self) -> None:
        """Load the network."""
        self._requests = requests(_network())

    def look(self, image: Image, regions: Sequence[Region]) -> list[Mesh]:
        """The landmarks of the face in each region of a BGR picture (H, W, 3)."""
        found = []
        for first in range(0, len(regions), len(self._requests)):
            busy = list(zip(self._requests, regions[first : first + len(self._requests)], strict=False))
            for request, region in busy:
                request.start_async([_as_input(region.cut(image))], share_inputs=True)
            for request, region in busy:
                request.wait()
                points, logit = (request.get_output_tensor(place).data.ravel() for place in (0, 1))
                sure = float(1 / (1 + np.exp(-logit[0].astype(np.float64))))
                found.append((region.to_picture(points.reshape(_LANDMARKS, 3)), sure))
        return found


@cache
def _network() -> ov.CompiledModel:
    """Compiled once for the whole process, when landmarks are first asked for."""
    core = ov.Core()
    return core.compile_model(core.read_model(paths.assets() / _MODEL), "CPU", SETTINGS)


def _as_input(square: Image) -> NDArray[np.float32]:
    """(1, 192, 192, 3), RGB, 0..1, of a BGR square."""
    return np.multiply(cv2.cvtColor(square, cv2.COLOR_BGR2RGB)[None], np.float32(1 / 255), dtype=np.float32)
