"""From landmarks to the direction and the place of a head: that of a rigid head which lies, and projects, onto them."""

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
_DEPTH = 1.1  # the network's depths turn less than its points do; of faces turned by known angles, by a tenth
_FAR = 20.0  # times its points' spread: a head that is farther than that looks the same from any distance


def focal_length(width: int, height: int) -> float:
    """The focal length that is assumed of every camera, px: the picture's longer side, which then spans 53 degrees."""
    return float(max(width, height, 1))


def direction_and_place(
    landmarks: NDArray[np.float32], mirrored: NDArray[np.float32] | None, width: int, height: int
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Yaw, pitch and roll in degrees, and x, y, z in mm, as `HeadPose` has them.

    The direction is the mean of two: of the head that projects onto the landmarks, which takes the average face's
    depths, and of the one that lies on them in space, which takes the network's. They err for different reasons.

    The camera is thought to look at the face: where that is in the picture says nothing of its direction, since of few
    pictures it is known how wide they were taken, or whether they were cut.

    Args:
        landmarks: (468, 3), px of the picture.
        mirrored: the same of what the network sees in a mirror: left and right are exchanged in their numbers; None
            without such a look.
        width: of the picture, px.
        height: of the picture, px.
    """
    numbers, opposite, model = _head()
    points = landmarks[numbers].astype(np.float64)
    if mirrored is not None:
        points = (points + mirrored[opposite]) / 2
    points -= points[numbers.index(_BRIDGE)]
    # OpenCV refuses to look for a head that is very far away.
    focal, near = focal_length(width, height), _FAR * float(np.ptp(points[:, :2]))
    camera = np.diag([min(focal, near), min(focal, near), 1.0])
    seen = np.ascontiguousarray(points[:, :2])
    _, turn, shift = cv2.solvePnP(model, seen, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    x, y, z = (np.asarray(shift, np.float64).ravel() * (1, 1, focal / min(focal, near))).tolist()
    bridge = landmarks[_BRIDGE, :2].astype(np.float64)
    across, down = ((bridge - (width / 2, height / 2)) * z / focal).tolist()
    projected = np.asarray(cv2.Rodrigues(turn)[0], np.float64)
    return _angles(_nearest_rotation(projected + _laid_onto(points, model))), (x + across, y + down, z)


def _laid_onto(points: NDArray[np.float64], model: NDArray[np.float64]) -> NDArray[np.float64]:
    """(3, 3): the turn with which a model, (N, 3), lies best on points, (N, 3) px (Kabsch 1976)."""
    there, own = points * (1, 1, _DEPTH), model - model.mean(0)
    return _nearest_rotation((there - there.mean(0)).T @ own)


def _nearest_rotation(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The (3, 3) that turns and does not mirror; of a sum of turns, their mean."""
    left, _, right = np.linalg.svd(matrix)
    return np.asarray(left @ np.diag([1.0, 1.0, np.linalg.det(left @ right)]) @ right, np.float64)


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
def _head() -> tuple[list[int], list[int], NDArray[np.float64]]:
    """Of N landmarks: their numbers, those on the other side, and (N, 3) mm from the bridge: right, down, away."""
    places = dict(_MIDLINE)
    for (left, right), (x, y, z) in _PAIRS.items():
        places[left], places[right] = (-x, y, z), (x, y, z)
    other = dict([*_PAIRS, *(pair[::-1] for pair in _PAIRS)])
    points = np.array(list(places.values())) * (10, -10, -10)
    return list(places), [other.get(n, n) for n in places], points - points[list(places).index(_BRIDGE)]
