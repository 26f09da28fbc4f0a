"""Pictures of a head that is turned by known angles: a photo laid over the shape of its head, which is then turned.

The shape is that of the landmarks found in the photo, with hair and ears behind them; what is around the head stays.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from mien.types import Image

# The outline of the face, clockwise from the top of the forehead.
_OUTLINE = [
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
]


def rotation(yaw: float, roll: float) -> NDArray[np.float64]:
    """Ry(yaw) Rz(roll) in degrees; x to the right, y down, z away."""
    about_y, about_z = (
        cv2.Rodrigues(np.array(axis))[0] for axis in ((0, np.deg2rad(yaw), 0), (0, 0, np.deg2rad(roll)))
    )
    return np.asarray(about_y @ about_z, np.float64)


def turned(image: Image, landmarks: NDArray[np.float32], yaw: float, roll: float = 0.0) -> Image:
    """The picture with its head turned about its middle."""
    height, width = image.shape[:2]
    middle, wide = landmarks.mean(0), np.ptp(landmarks[:, 0])
    outline = landmarks[_OUTLINE] - middle
    ears, hair = outline * (1.25, 1.3, 1) + (0, 0, 0.25 * wide), outline * (1.45, 1.55, 1) + (0, 0, 0.6 * wide)
    head = np.concatenate([landmarks - middle, ears, hair])
    there = head @ rotation(yaw, roll).T
    share = np.linspace(0, 1, 9)
    edge = np.concatenate(
        [
            np.stack(side, 1)
            for side in ((share, 0 * share), (share, 0 * share + 1), (0 * share, share), (0 * share + 1, share))
        ]
    ) * (width, height)
    far = max(width, height)  # the camera's distance
    before = np.concatenate([head[:, :2] + middle[:2], edge]).astype(np.float32)
    after = np.concatenate([there[:, :2] * far / (far + there[:, 2:]) + middle[:2], edge]).astype(np.float32)
    depth = np.concatenate([there[:, 2], np.full(len(edge), 2.0 * far)])
    triangles = Delaunay(before).simplices
    drawn = cv2.GaussianBlur(image, (0, 0), 20)
    for triangle in triangles[np.argsort(-depth[triangles].mean(1))]:  # the farthest first
        _lay(image, drawn, before[triangle], after[triangle])
    return np.asarray(drawn, np.uint8)


def _lay(image: Image, drawn: Image, before: NDArray[np.float32], after: NDArray[np.float32]) -> None:
    """Draw a triangle of the picture where it comes to lie, unless that shows its back."""
    areas = [np.linalg.det(corners[1:] - corners[0]) for corners in (before, after)]
    if areas[0] * areas[1] <= 0:
        return
    corner = np.maximum(np.floor(after.min(0)).astype(int) - 1, 0)
    end = np.minimum(np.ceil(after.max(0)).astype(int) + 2, drawn.shape[1::-1])
    if (end <= corner).any():
        return
    inside = after - corner.astype(np.float32)
    part = drawn[corner[1] : end[1], corner[0] : end[0]]
    matrix = cv2.getAffineTransform(before, inside)
    laid = cv2.warpAffine(image, matrix, part.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    mask = np.zeros(part.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(inside * 16).astype(np.int32), 1, shift=4)
    part[mask > 0] = laid[mask > 0]
