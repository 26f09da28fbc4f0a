"""Small faces in frames of every size, and nothing where there is no face."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.faces.no_faces import cartoon, texture
from tests.core.faces.pasting import astronaut, finds, ground, paste, patch

from mien.faces.detector import SMALLEST_IN_STREAM_PX, SMALLEST_PX, FaceDetector
from mien.faces.tracker import Tracker
from mien.faces.windows import in_turns, tiles
from mien.types import Face, Image
from mien.video import VideoFile

SIZES = [
    (640, 480),
    (1280, 720),
    (1080, 1920),
    (1920, 1080),
    pytest.param(2560, 1440, marks=pytest.mark.slow),
    pytest.param(3840, 2160, marks=pytest.mark.slow),
]


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    with FaceDetector() as made:
        yield made


@pytest.fixture(scope="module")
def faces(shared: Path, detector: FaceDetector) -> list[tuple[Image, Face]]:
    photo = cv2.imread(str(shared / "photos" / "t1.jpg"))
    return [astronaut(), *((photo, face) for face in detector.detect(photo)[:3])]


def test_the_number_of_tiles_follows_the_frame_and_is_bounded() -> None:
    def count(width: int, height: int, smallest: float) -> int:
        return len(tiles(np.broadcast_to(np.uint8(0), (height, width, 3)), smallest))

    stills = [count(w, h, SMALLEST_PX) for w, h in ((320, 240), (640, 480), (1280, 720), (1920, 1080), (3840, 2160))]
    assert stills == sorted(set(stills))
    assert stills[-1] == 229
    assert count(12000, 9000, SMALLEST_PX) <= 256
    assert count(1920, 1080, SMALLEST_IN_STREAM_PX) == 30


@pytest.mark.parametrize(
    ("width", "height", "fine", "coarse"), [(640, 480, 4, 0), (1280, 720, 8, 2), (1920, 1080, 18, 6)]
)
def test_the_smallest_tiles_of_a_stream_have_their_turn_in_every_round(
    width: int, height: int, fine: int, coarse: int
) -> None:
    parts = in_turns(np.broadcast_to(np.uint8(0), (height, width, 3)), SMALLEST_IN_STREAM_PX, 3)
    assert sorted(Counter(parts).values()) == [1] * coarse + [3] * fine
    smallest = [part for part in parts if part.side == parts[-1].side]
    assert smallest == smallest[:fine] * 3
    # A third of a cycle's turns, which begin with the second, show every one of them.
    assert set(smallest) <= set(parts[1 : 1 + len(parts) // 3])


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1919, 1081), (500, 3000), (300, 200)])
def test_tiles_cover_the_frame_and_overlap(width: int, height: int) -> None:
    windows = tiles(np.zeros((height, width, 3), np.uint8), SMALLEST_PX)
    for side in {window.side for window in windows}:
        kind = [window for window in windows if window.side == side]
        for middles, length in (({w.x for w in kind}, width), ({w.y for w in kind}, height)):
            edges = sorted((middle - side / 2, middle + side / 2) for middle in middles)
            assert edges[0][0] <= 1e-6
            assert edges[-1][1] >= length - 1e-6
            assert all(one[1] - other[0] >= 0.2 * side - 1e-6 for one, other in pairwise(edges))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_face_of_24_px_is_found_in_a_still(
    detector: FaceDetector, faces: list[tuple[Image, Face]], grounds: list[Image], width: int, height: int
) -> None:
    random = np.random.default_rng(width)
    frame, places = ground(grounds, width, height, random), []
    for number, own in enumerate(faces):
        column = number * width // len(faces)
        left, top = column + random.integers(width // len(faces) - 60), random.integers(height - 60)
        places.append(paste(frame, patch(*own, 24), left, top))
    found = detector.detect(frame)
    assert [finds(found, place, 24) for place in places] == [True] * len(faces)
    assert len(found) == len(faces)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_face_of_32_px_is_found_within_half_a_second_of_a_stream(
    detector: FaceDetector, faces: list[tuple[Image, Face]], grounds: list[Image], width: int, height: int
) -> None:
    random = np.random.default_rng(width)
    for own in faces[:3]:
        frame, tracker = ground(grounds, width, height, random), Tracker()
        place = paste(frame, patch(*own, 32), random.integers(width - 80), random.integers(height - 80))
        detector.reset()
        for number in range(12):
            found = detector.detect_in_stream(frame, tracker.expected(number / 25))
            tracker.update(found, number / 25)
            if finds(found, place, 32):
                break
        assert finds(found, place, 32)


def test_a_face_that_stays_is_found_in_every_frame(detector: FaceDetector, grounds: list[Image]) -> None:
    frame, tracker = ground(grounds, 1280, 720, np.random.default_rng(0)), Tracker()
    places = [paste(frame, patch(*astronaut(), size), 200 + 4 * size, 300) for size in (40, 130)]
    detector.reset()
    for number in range(24):
        found = detector.detect_in_stream(frame, tracker.expected(number / 25))
        tracker.update(found, number / 25)
        if number >= 12:
            assert [finds(found, place, size) for place, size in zip(places, (40, 130), strict=True)] == [True, True]
            assert len(found) == 2


def test_many_faces_that_appear_at_once_are_all_found_in_half_a_second(
    detector: FaceDetector, faces: list[tuple[Image, Face]]
) -> None:
    frame, tracker = np.full((720, 1280, 3), (64, 58, 52), np.uint8), Tracker()
    places = [
        paste(frame, patch(*faces[number % 4], 60), 20 + 210 * (number % 6), 40 + 220 * (number // 6))
        for number in range(18)
    ]
    detector.reset()
    for number in range(13):
        found = detector.detect_in_stream(frame, tracker.expected(number / 25))
        tracker.update(found, number / 25)
    assert sum(finds(found, place, 60) for place in places) == 18


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (2560, 1440), (3840, 2160)])
def test_six_people_of_98_to_131_px_are_all_found(
    detector: FaceDetector, faces: list[tuple[Image, Face]], width: int, height: int
) -> None:
    frame, tracker, sizes = np.full((height, width, 3), (64, 58, 52), np.uint8), Tracker(), range(98, 132, 6)
    places = [
        paste(frame, patch(*faces[number % 4], size), 20 + number * (width - 320) // 5, (height - 330) * number // 5)
        for number, size in enumerate(sizes)
    ]
    detector.reset()
    for number in range(13):
        found = detector.detect_in_stream(frame, tracker.expected(number / 25))
        tracker.update(found, number / 25)
    assert [finds(found, place, size) for place, size in zip(places, sizes, strict=True)] == [True] * 6
    assert len(found) == 6


def test_a_stream_that_is_taken_up_again_gives_the_same(detector: FaceDetector, grounds: list[Image]) -> None:
    random = np.random.default_rng(1)
    frame = ground(grounds, 1280, 720, random)
    for number in range(8):
        paste(frame, patch(*astronaut(), 40), 20 + 150 * number, int(random.integers(600)))

    def rest() -> list[list[Face]]:
        return [detector.detect_in_stream(frame) for _ in range(4)]

    detector.reset()
    detector.detect_in_stream(frame)
    state = detector.state_dict()
    first = [[face.box for face in faces] for faces in rest()]
    detector.load_state_dict(state)
    assert [[face.box for face in faces] for faces in rest()] == first


def test_the_state_of_an_older_stream_is_taken(detector: FaceDetector) -> None:
    detector.load_state_dict([3, 7])
    assert detector.state_dict() == [3, 7, [], [], [], False]
    detector.load_state_dict([3, 7, [], [[[10, 10, 40, 40], 0.4, 5]]])
    assert detector.state_dict() == [3, 7, [], [[[10, 10, 40, 40], 0.4, 5, 24]], [], False]


def test_nothing_is_found_in_textures_and_cartoons(detector: FaceDetector) -> None:
    random = np.random.default_rng(0)
    pictures = [draw(random, 240, 320) for _ in range(10) for draw in (texture, cartoon)]
    assert [detector.detect(picture) for picture in pictures] == [[]] * len(pictures)


def test_smileys_are_no_faces(detector: FaceDetector) -> None:
    for side in (24, 40, 70, 120):
        frame = np.full((240, 320, 3), (190, 150, 90), np.uint8)
        r = side // 2
        cv2.circle(frame, (160, 120), r, (60, 215, 250), -1, cv2.LINE_AA)
        for x in (160 - r // 3, 160 + r // 3):
            cv2.circle(frame, (x, 120 - r // 4), max(r // 7, 1), (20, 20, 20), -1, cv2.LINE_AA)
        cv2.ellipse(frame, (160, 120 + r // 6), (r // 2, r // 2), 0, 20, 160, (20, 20, 20), max(r // 10, 1))
        assert detector.detect(frame) == []


def test_a_house_with_two_windows_is_no_face(detector: FaceDetector) -> None:
    for number in (17, 47, 183):  # both networks take one in these for a face
        assert detector.detect(cartoon(np.random.default_rng(number), 360, 480)) == []


def test_a_dark_face_is_no_drawing(detector: FaceDetector) -> None:
    image = (astronaut()[0] * 0.15).astype(np.uint8)
    assert [finds(detector.detect(image), (220, 119), 103)] == [True]


def test_a_face_that_is_followed_closely_is_found_where_it_jumps_to(
    detector: FaceDetector, grounds: list[Image]
) -> None:
    before, after = (ground(grounds, 1280, 720, np.random.default_rng(0)) for _ in range(2))
    for x in (100, 1000):
        for frame in (before, after):
            paste(frame, patch(*astronaut(), 50), x, 500)  # whom the whole picture does not show
    paste(before, patch(*astronaut(), 120), 400, 200)
    place = paste(after, patch(*astronaut(), 120), 490, 200)
    tracker = Tracker()
    detector.reset()
    for number in range(16):  # the whole picture has its turn in the next but one
        tracker.update(detector.detect_in_stream(before, tracker.expected(number / 25)), number / 25)
    assert finds(detector.detect_in_stream(after, tracker.expected(16 / 25)), place, 120)


def test_what_is_refused_again_rests_twice_as_long(detector: FaceDetector) -> None:
    house = cartoon(np.random.default_rng(47), 360, 480)
    detector.reset()
    assert detector.detect_in_stream(house) == []
    turn, pictures, waiting, refused, *rest = detector.state_dict()
    assert {times for *_, times in refused} == {24}
    detector.load_state_dict([turn, pictures + 24, waiting, refused, *rest])
    assert detector.detect_in_stream(house) == []
    assert max(rest for *_, rest in detector.state_dict()[3]) == 48


def test_nothing_is_found_in_the_hardest_of_two_thousand_textures_and_cartoons(detector: FaceDetector) -> None:
    hardest = (208, 778, 826, 878, 914, 988, 1268, 1390, 1449)  # see tests/endurance/no_faces.py, which looks at all
    pictures = [(texture, cartoon)[number % 2](np.random.default_rng(number), 360, 480) for number in hardest]
    assert [detector.detect(picture) for picture in pictures] == [[]] * len(hardest)


@pytest.mark.slow
def test_nothing_is_found_in_a_clip_without_people(detector: FaceDetector, shared: Path) -> None:
    tracker, found = Tracker(), 0
    detector.reset()
    with VideoFile(shared / "clips" / "no_face.mp4") as video:
        while (frame := video.read()) is not None:
            faces = detector.detect_in_stream(frame.image, tracker.expected(frame.time_s))
            tracker.update(faces, frame.time_s)
            found += len(faces) + (len(detector.detect(frame.image)) if frame.index % 5 == 0 else 0)
    assert found == 0
