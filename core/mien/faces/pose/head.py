"""From landmarks to the direction and the place of a head: the pose of a rigid head that projects onto them."""

import math
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.types import HeadPose

_BRIDGE = 168
"""The landmark between the eyes, where the nose begins: the place that a pose is of."""
# Places on MediaPipe's canonical face, in cm from its middle: to the left in the picture, up, towards the camera. Those
# that move little with an expression; jaw, lips and brows do, and a turned head's outline slides over its landmarks.
_MIDLINE = {
    4: (0.0, -0.463, 7.587),
    5: (0.0, 0.366, 7.243),
    197: (0.0, 1.728, 6.317),
    6: (0.0, 2.473, 5.789),
    168: (0.0, 3.271, 5.236),
    9: (0.0, 4.886, 5.385),
    151: (0.0, 6.545, 5.027),
    2: (0.0, -2.089, 6.058),
}
_PAIRS = {  # the landmarks on the left and on the right of the picture
    (33, 263): (4.446, 2.664, 3.173),
    (133, 362): (1.856, 2.585, 3.758),
    (129, 358): (1.786, -0.978, 4.850),
    (198, 420): (1.247, 0.230, 5.681),
    (119, 348): (3.301, 0.862, 3.873),
    (117, 346): (5.259, 0.946, 2.974),
    (143, 372): (6.408, 2.236, 1.561),
}
_AXIS_MM = 60.0


def focal_length(width: int, height: int) -> float:
    """The focal length that is assumed of every camera, px: the picture's longer side, which then spans 53 degrees."""
    return float(max(width, height, 1))


def direction_and_place(
    landmarks: NDArray[np.float32], width: int, height: int
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Yaw, pitch and roll in degrees, and x, y, z in mm, as `HeadPose` has them.

    The camera is thought to look at the face: where that is in the picture says nothing of its direction, since of few
    pictures it is known how wide they were taken, or whether they were cut.

    Args:
        landmarks: (468, 3), px of the picture.
        width: of the picture, px.
        height: of the picture, px.
    """
    numbers, model = _head()
    focal, bridge = focal_length(width, height), landmarks[_BRIDGE, :2].astype(np.float64)
    camera = np.diag([focal, focal, 1.0])
    seen = landmarks[numbers, :2].astype(np.float64) - bridge
    _, turn, shift = cv2.solvePnP(model, seen, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    x, y, z = np.asarray(shift, np.float64).ravel().tolist()
    across, down = ((bridge - (width / 2, height / 2)) * z / focal).tolist()
    return _angles(np.asarray(cv2.Rodrigues(turn)[0], np.float64)), (x + across, y + down, z)


def axes(pose: HeadPose, width: int, height: int) -> NDArray[np.float64]:
    """(4, 2): the bridge of the nose, and the ends of three axes of 6 cm from there, px of a picture of this size.

    They point to the picture's right, down, and to where the face looks, as seen on a face from the front.

    Args:
        pose: its landmarks say where the bridge is, or, where it has none, its place.
        width: of the picture, px.
        height: of the picture, px.
    """
    focal = focal_length(width, height)
    ends = np.diag([_AXIS_MM, _AXIS_MM, -_AXIS_MM]) @ rotation(pose).T
    place = np.array(pose.place_mm)
    far = max(place[2], 1.0)
    bridge = place[:2] * focal / far + (width / 2, height / 2)
    if len(pose.landmarks):
        bridge = pose.landmarks[_BRIDGE, :2].astype(np.float64)
    points = np.vstack([np.zeros(3), ends])
    return np.asarray(bridge + points[:, :2] * focal / np.maximum(far + points[:, 2:], 1.0))


def rotation(pose: HeadPose) -> NDArray[np.float64]:
    """(3, 3): turns a face that looks into the camera into this one; x to the right, y down, z away from the camera."""
    yaw, pitch, roll = (math.radians(angle) for angle in (pose.yaw_deg, pose.pitch_deg, pose.roll_deg))
    x, y, z = (cv2.Rodrigues(np.diag([pitch, yaw, roll])[axis])[0] for axis in range(3))
    return np.asarray(x @ y @ z, np.float64)


def _angles(turn: NDArray[np.float64]) -> tuple[float, float, float]:
    """Yaw, pitch, roll in degrees of Rx(pitch) Ry(yaw) Rz(roll)."""
    yaw = math.asin(min(max(turn[0, 2], -1.0), 1.0))
    pitch, roll = math.atan2(-turn[1, 2], turn[2, 2]), math.atan2(-turn[0, 1], turn[0, 0])
    return math.degrees(yaw), math.degrees(pitch), math.degrees(roll)


@cache
def _head() -> tuple[list[int], NDArray[np.float64]]:
    """Numbers of N landmarks, and their (N, 3) places, mm from the bridge of the nose: right, down, away."""
    places = dict(_MIDLINE)
    for (left, right), (x, y, z) in _PAIRS.items():
        places[left], places[right] = (-x, y, z), (x, y, z)
    points = np.array(list(places.values())) * (10, -10, -10)
    return list(places), points - points[list(places).index(_BRIDGE)]
