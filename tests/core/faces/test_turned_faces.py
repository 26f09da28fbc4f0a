"""Faces that lie on their side or upside down are found, and cut out upright."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.faces.pasting import astronaut, paste, patch

from mien.faces.alignment import crop, quarter_turns
from mien.faces.detector import FaceDetector
from mien.faces.places import ExpectedFace
from mien.faces.tracker import Tracker
from mien.faces.windows import Window
from mien.types import Image

QUARTERS = [1, 2, 3]


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    with FaceDetector() as made:
        yield made


def turned(image: Image, quarters: int) -> Image:
    """Clockwise."""
    return np.ascontiguousarray(np.rot90(image, -quarters))


def alike(one: Image, other: Image) -> float:
    return float(np.corrcoef(one.ravel().astype(float), other.ravel().astype(float))[0, 1])


@pytest.mark.parametrize("quarters", QUARTERS)
def test_a_turned_window_shows_what_an_upright_one_did(quarters: int) -> None:
    image = np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)
    image = cv2.resize(image, (320, 240), interpolation=cv2.INTER_CUBIC)
    upright = Window(130, 100, 96)
    middle = {1: (240 - 100, 130), 2: (320 - 130, 240 - 100), 3: (100, 320 - 130)}[quarters]
    window = Window(*middle, 96, quarters)
    assert np.abs(window.cut(turned(image, quarters), 192).astype(int) - upright.cut(image, 192)).max() <= 2
    corner = window.to_picture(np.array([[0.0, 0.0]]), 192)[0]
    expected = {1: (middle[0] + 48, middle[1] - 48), 2: (middle[0] + 48, middle[1] + 48)}
    assert corner == pytest.approx(expected.get(quarters, (middle[0] - 48, middle[1] + 48)))


@pytest.mark.parametrize("quarters", QUARTERS)
def test_a_turned_face_is_cut_out_upright(detector: FaceDetector, quarters: int) -> None:
    photo = astronaut()[0]
    (upright,) = detector.detect(photo)
    (face,) = detector.detect(turned(photo, quarters))
    assert quarter_turns(face) == quarters
    assert quarter_turns(upright) == 0
    assert alike(crop(turned(photo, quarters), face, 128), crop(photo, upright, 128)) > 0.9


@pytest.mark.parametrize("quarters", QUARTERS)
@pytest.mark.parametrize(("name", "count"), [("obama_and_biden.jpg", 2), ("2007_007763.jpg", 7), ("t1.jpg", 6)])
def test_the_people_of_a_turned_photo_are_found_the_right_way_up(
    detector: FaceDetector, shared: Path, quarters: int, name: str, count: int
) -> None:
    photo = cv2.imread(str(shared / "photos" / name))
    photo = cv2.resize(photo, None, fx=min(960 / photo.shape[1], 1), fy=min(960 / photo.shape[1], 1))
    faces = detector.detect(turned(photo, quarters))
    assert sum(quarter_turns(face) == quarters for face in faces) >= count
    assert sum(quarter_turns(face) != quarters for face in faces) == 0


@pytest.mark.parametrize("quarters", QUARTERS)
def test_a_turned_stream_is_found_upright_from_its_first_frames_on(detector: FaceDetector, quarters: int) -> None:
    photo, tracker = turned(astronaut()[0], quarters), Tracker()
    detector.reset()
    for number in range(8):
        faces = detector.detect_in_stream(photo, tracker.expected(number / 25))
        assert tracker.update(faces, number / 25) in ([1], [] if number < 3 else [1])
        assert [quarter_turns(face) for face in faces] in ([quarters], [] if number < 3 else [quarters])


def test_an_upright_face_beside_one_on_its_head(detector: FaceDetector) -> None:
    frame, tracker = np.full((400, 700, 3), (64, 58, 52), np.uint8), Tracker()
    piece = patch(*astronaut(), 110)
    paste(frame, piece, 40, 60)
    paste(frame, turned(piece, 2), 400, 60)
    assert sorted(quarter_turns(face) for face in detector.detect(frame)) == [0, 2]
    detector.reset()
    for number in range(14):
        faces = detector.detect_in_stream(frame, tracker.expected(number / 25))
        tracker.update(faces, number / 25)
    assert sorted(quarter_turns(face) for face in faces) == [0, 2]


def test_a_track_remembers_which_way_up_its_face_is(detector: FaceDetector) -> None:
    tracker = Tracker()
    tracker.update(detector.detect(turned(astronaut()[0], 3)), 0.0)
    again = Tracker()
    again.load_state_dict(tracker.state_dict())
    (place,) = again.expected(0.04)
    assert place.turns == 3
    assert isinstance(place, ExpectedFace)


def test_tracks_of_an_older_state_are_upright() -> None:
    tracker = Tracker()
    tracker.load_state_dict({"next": 2, "tracks": [[1, [100.0, 80.0], 40.0, 0.0, [0.0, 0.0]]]})
    assert tracker.expected(0.04) == [ExpectedFace(100, 80, 40, 0)]
