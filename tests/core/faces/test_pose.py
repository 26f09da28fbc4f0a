"""Head pose, eyes and mouth, of faces that are turned by known angles."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from tests.core.faces.turned_heads import rotation, turned

from mien.faces.detector import FaceDetector
from mien.faces.pose.estimator import SMALLEST_PX, PoseEstimator
from mien.faces.pose.eyes_mouth import Blinks
from mien.faces.pose.head import axes
from mien.faces.pose.head import rotation as rotation_of
from mien.faces.pose.ibug68 import MESH_POINTS
from mien.probabilities.unsure_reasons import reasons
from mien.types import Face, Frame, HeadPose, Image
from mien.utils import paths
from mien.utils.images import read_picture


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector(tiles=False)


@pytest.fixture(scope="module")
def photo() -> Image:
    return read_picture(paths.assets() / "astronaut.png")[:340, 60:400].copy()


def face_in(detector: FaceDetector, image: Image) -> Face:
    return detector.detect(image)[0]


def measured(detector: FaceDetector, image: Image) -> HeadPose:
    (pose,) = PoseEstimator().measure(Frame(0, 0.0, image, still=True), [face_in(detector, image)], [1])
    assert pose is not None
    return pose


@pytest.fixture(scope="module")
def straight(detector: FaceDetector, photo: Image) -> HeadPose:
    return measured(detector, photo)


@pytest.mark.parametrize(("yaw", "roll"), [(-30, 0), (-15, 0), (15, 0), (30, 0), (0, -30), (0, 30), (20, 20)])
def test_a_head_turned_by_a_known_angle_is_measured_within_5_degrees(
    detector: FaceDetector, photo: Image, straight: HeadPose, yaw: float, roll: float
) -> None:
    pose = measured(detector, turned(photo, straight.landmarks, yaw, roll))
    expected = rotation(yaw, roll) @ rotation_of(straight)
    expected_yaw = np.degrees(np.arcsin(expected[0, 2]))
    expected_roll = np.degrees(np.arctan2(-expected[0, 1], expected[0, 0]))
    assert pose.yaw_deg == pytest.approx(expected_yaw, abs=5)
    assert pose.roll_deg == pytest.approx(expected_roll, abs=5)


_MIRRORED_68 = [  # which point of iBUG's scheme each becomes in a mirror
    *range(16, -1, -1),
    *range(26, 16, -1),
    *range(27, 31),
    *range(35, 30, -1),
    *(45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40),
    *(54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55),
    *(64, 63, 62, 61, 60, 67, 66, 65),
]


def test_a_mirrored_face_is_turned_the_other_way(detector: FaceDetector, photo: Image, straight: HeadPose) -> None:
    pose = measured(detector, np.ascontiguousarray(photo[:, ::-1]))
    points, there = (one.landmarks[list(MESH_POINTS), :2] for one in (straight, pose))
    there[:, 0] = photo.shape[1] - 1 - there[:, 0]
    assert np.abs(there[_MIRRORED_68] - points).max() < 7
    assert pose.yaw_deg == pytest.approx(-straight.yaw_deg, abs=3)
    assert pose.roll_deg == pytest.approx(-straight.roll_deg, abs=3)
    assert pose.place_mm[0] == pytest.approx(-straight.place_mm[0], abs=10)


def test_twice_as_large_a_face_is_half_as_far(detector: FaceDetector, photo: Image, straight: HeadPose) -> None:
    wide = cv2.copyMakeBorder(
        photo, 170, 170, 170, 170, cv2.BORDER_REPLICATE
    )  # twice the sides, twice the focal length
    pose = measured(detector, wide)
    assert pose.place_mm[2] == pytest.approx(2 * straight.place_mm[2], rel=0.06)
    ends = axes(straight, 340, 340)
    assert ends[0] == pytest.approx(straight.landmarks[168, :2], abs=3)
    assert ends[1, 0] - ends[0, 0] > 20  # to the right
    assert ends[2, 1] - ends[0, 1] > 20  # down


def test_a_small_face_in_a_picture_of_48_megapixels_has_a_pose(photo: Image) -> None:
    strip = np.full((200, 8000, 3), 90, np.uint8)  # its longer side is what counts
    strip[:, 3900:4100] = cv2.resize(photo, (200, 200), interpolation=cv2.INTER_AREA)
    (face,) = FaceDetector(tiles=False).detect(np.ascontiguousarray(strip[:, 3900:4100]))
    moved = replace(
        face, box=(face.box[0] + 3900, *face.box[1:]), keypoints=face.keypoints + np.array((3900, 0), np.float32)
    )
    (pose,) = PoseEstimator().measure(Frame(0, 0.0, strip, still=True), [moved], [1])
    assert pose is not None
    assert abs(pose.yaw_deg) < 10
    assert 10_000 < pose.place_mm[2] < 25_000


def test_what_is_open_and_what_is_too_small(detector: FaceDetector, photo: Image, straight: HeadPose) -> None:
    assert min(straight.eye_left_open, straight.eye_right_open) > 0.2  # it smiles, with its teeth
    assert straight.mouth_open > 0.1
    assert not straight.blink
    face = face_in(detector, photo)
    small = replace(face, box=(*face.box[:2], SMALLEST_PX - 1, SMALLEST_PX - 1))
    nobody = replace(face, box=(0.0, 0.0, 60.0, 60.0), keypoints=face.keypoints - face.keypoints.mean(0) + 30)
    assert PoseEstimator().measure(Frame(0, 0.0, photo), [small, nobody], [1, 2]) == [None, None]


def test_a_stream_goes_on_with_the_same_figures(detector: FaceDetector, photo: Image) -> None:
    face, poses = face_in(detector, photo), PoseEstimator()
    frames = [Frame(index, index / 30, np.roll(photo, index, 1)) for index in range(3)]
    moved = [replace(face, box=(face.box[0] + index, *face.box[1:])) for index in range(3)]
    for frame, own in zip(frames[:2], moved, strict=False):
        poses.measure(frame, [own], [7])
    resumed = PoseEstimator()
    resumed.load_state_dict(json.loads(json.dumps(poses.state_dict())))
    (one,), (other,) = poses.measure(frames[2], [moved[2]], [7]), resumed.measure(frames[2], [moved[2]], [7])
    assert one is not None
    assert other is not None
    assert one.landmarks.tolist() == other.landmarks.tolist()


def test_turned_rests_on_the_pose_where_that_was_measured(
    straight: HeadPose, photo: Image, detector: FaceDetector
) -> None:
    face, crop = face_in(detector, photo), np.random.default_rng(0).integers(0, 256, (1, 48, 48)).astype(np.uint8)
    for change, turned_away in (
        ({}, False),
        ({"yaw_deg": -31.0}, True),
        ({"pitch_deg": 26.0}, True),
        ({"pitch_deg": -26.0}, False),
    ):
        found = reasons(face, crop, ambiguous=False, pose=replace(straight, **change))
        assert ("turned" in found) == turned_away


def blinks(openness: list[float], rate: float = 30.0) -> list[int]:
    """The frames in which eyes of this openness blink."""
    noticing = Blinks()
    return [frame for frame, value in enumerate(openness) if noticing.update(1, value, value, frame / rate)]


def test_a_blink_is_eyes_that_close_and_open_soon() -> None:
    assert blinks([0.3, 0.17, 0.16, 0.22, 0.3, 0.3, 0.15, 0.31]) == [4, 7]
    assert blinks([0.3] + [0.15] * 20 + [0.3]) == []  # shut for two thirds of a second
    assert blinks([0.15, 0.15, 0.3]) == []  # shut since nobody knows when
    assert blinks([0.3, 0.21, 0.3]) == []
