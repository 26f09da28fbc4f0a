"""The network that finds landmarks: MediaPipe's face mesh, run by OpenVINO."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mien.faces.blazeface import outputs, requests, scaled
from mien.faces.pose.region import Region
from mien.types import Image

_MODEL = "face_landmark.tflite"
_LANDMARKS = 468

Mesh = tuple[NDArray[np.float32], float]
"""(468, 3) x, y, depth, px of the picture; and how sure the network is that there is a face, 0..1."""


class FaceMesh:
    """Finds the landmarks of faces, two at a time. Use it on one thread."""

    def __init__(self) -> None:
        """Load the network."""
        self._requests = requests(_MODEL)

    def look(self, image: Image, regions: Sequence[Region]) -> list[Mesh]:
        """The landmarks of the face in each region of a BGR picture (H, W, 3)."""
        inputs = (scaled(region.cut(image), 1 / 255) for region in regions)
        found = []
        for region, (points, logit) in zip(regions, outputs(self._requests, inputs), strict=True):
            sure = float(1 / (1 + np.exp(-logit.ravel()[0].astype(np.float64))))
            found.append((region.to_picture(points.reshape(_LANDMARKS, 3)), sure))
        return found
