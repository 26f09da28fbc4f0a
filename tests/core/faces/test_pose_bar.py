"""Heads that are turned by up to 30 degrees to a side are measured within 5 degrees, yaw and roll: eight people's."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.faces.turned_heads import rotation, turned

from mien.faces.detector import FaceDetector
from mien.faces.pose.estimator import PoseEstimator
from mien.faces.pose.head import rotation as rotation_of
from mien.types import Face, Frame, HeadPose, Image
from mien.utils.images import read_picture

# Whose faces are large enough to be turned, by their places among those detected.
_PEOPLE = {"astronaut.png": (0,), "bald_guys.jpg": (2, 5, 6, 10, 16), "obama_and_biden.jpg": (0, 1)}
_HIDDEN_DEG = 15.0
"""A photo of a head that looks farther aside lacks a part of the face."""


def cut_out(image: Image, face: Face) -> Image:
    (x, y), far = face.centre, face.size * 1.6
    part = image[int(max(y - far, 0)) : int(y + far), int(max(x - far, 0)) : int(x + far)]
    scale = 480 / part.shape[0]
    return np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def measured(detector: FaceDetector, image: Image) -> HeadPose:
    middle = np.array(image.shape[1::-1]) / 2
    face = min(detector.detect(image), key=lambda face: float(np.hypot(*(np.array(face.centre) - middle))))
    (pose,) = PoseEstimator().measure(Frame(0, 0.0, image, still=True), [face], [1])
    assert pose is not None
    return pose


@pytest.mark.slow
def test_heads_turned_to_30_degrees_are_measured_within_5(shared: Path) -> None:
    detector, whole, off = FaceDetector(tiles=False), FaceDetector(), {}
    for name, places in _PEOPLE.items():
        image = read_picture(shared / "photos" / name)
        found = whole.detect(image)
        for place in places:
            photo = cut_out(image, found[place])
            straight = measured(detector, photo)
            assert abs(straight.yaw_deg) < _HIDDEN_DEG
            for to in (-30.0, 30.0):
                # By more than 30 degrees a photo cannot be turned: it lacks what comes into view.
                yaw = min(max(to - straight.yaw_deg, -30.0), 30.0)
                pose = measured(detector, turned(photo, straight.landmarks, yaw))
                there = rotation(yaw, 0) @ rotation_of(straight)
                expected = np.degrees((np.arcsin(there[0, 2]), np.arctan2(-there[0, 1], there[0, 0])))
                off[name, place, to] = np.abs((pose.yaw_deg, pose.roll_deg) - expected).max()
    assert len(off) == 16
    assert {key: value for key, value in off.items() if value > 5} == {}
