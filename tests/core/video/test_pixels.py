from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.video.clips import counted, faces, write_clip

from mien.faces.detector import FaceDetector
from mien.types import Image
from mien.video import VideoFile
from mien.video.pixels import square_size


def pictures(path: Path, *, square: bool = True) -> list[Image]:
    with VideoFile(path, square=square) as video:
        return [frame.image for frame in iter(video.read, None)]


# Ending, codec, stored size, aspect of a pixel, size on a screen.
ANAMORPHIC = [
    ("mp4", "libx264", (160, 240), Fraction(2), (320, 240)),  # a phone with an anamorphic lens
    ("mov", "libx264", (320, 120), Fraction(1, 2), (320, 240)),
    ("mkv", "libx264", (240, 240), Fraction(4, 3), (320, 240)),  # as HDV
    ("mpg", "mpeg2video", (360, 288), Fraction(16, 15), (384, 288)),  # PAL DVD, 4:3
    ("mpg", "mpeg2video", (352, 240), Fraction(10, 11), (352, 264)),  # NTSC
    ("ts", "mpeg2video", (240, 288), Fraction(8, 5), (384, 288)),  # SVCD
    ("avi", "mpeg4", (180, 240), Fraction(16, 9), (320, 240)),
    ("dv", "dvvideo", (720, 576), Fraction(64, 45), (1024, 576)),  # a PAL camcorder, 16:9
    ("avi", "dvvideo", (720, 576), Fraction(16, 15), (768, 576)),
]


@pytest.mark.parametrize(("ending", "codec", "stored", "aspect", "shown"), ANAMORPHIC)
def test_pixels_are_square(
    tmp_path: Path, ending: str, codec: str, stored: tuple[int, int], aspect: Fraction, shown: tuple[int, int]
) -> None:
    images = [cv2.resize(image, stored, interpolation=cv2.INTER_AREA) for image in faces(3, *shown)]
    path = write_clip(tmp_path / f"a.{ending}", images, codec, sample_aspect_ratio=aspect, bit_rate=4_000_000)
    made = pictures(path)
    assert [image.shape for image in made] == [(shown[1], shown[0], 3)] * 3
    for image, wanted in zip(made, faces(3, *shown), strict=True):
        assert np.abs(image.astype(int) - wanted).mean() < 8
    assert pictures(path, square=False)[0].shape == (stored[1], stored[0], 3)


@pytest.mark.parametrize("ending", ["dv", "mov"])
@pytest.mark.parametrize(("aspect", "shown"), [(Fraction(8, 9), (720, 540)), (Fraction(32, 27), (853, 480))])
def test_so_are_those_of_an_american_camcorder(
    tmp_path: Path, ending: str, aspect: Fraction, shown: tuple[int, int]
) -> None:
    wanted, rate = faces(3, *shown), Fraction(30_000, 1001)
    stored = [cv2.resize(image, (720, 480), interpolation=cv2.INTER_AREA) for image in wanted]
    settings = {"pix_fmt": "yuv411p", "rate": rate, "sample_aspect_ratio": aspect}
    with VideoFile(write_clip(tmp_path / f"a.{ending}", stored, "dvvideo", **settings)) as video:
        frames = list(iter(video.read, None))
    assert [frame.time_s for frame in frames] == pytest.approx([0, float(1 / rate), float(2 / rate)], abs=1e-4)
    for frame, image in zip(frames, wanted, strict=True):
        assert frame.image.shape == image.shape
        assert np.abs(frame.image.astype(int) - image).mean() < 4


def test_pixels_are_square_where_only_the_container_knows(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.webm", faces(2, 160, 240), "libvpx")
    data = path.read_bytes()
    size = b"\xb0\x81\xa0\xba\x81\xf0"  # of the stored picture: 160 x 240
    assert b"\xe0\x86" + size in data
    shown = size + b"\x54\xb0\x82\x01\x40\x54\xba\x82\x00\xf0"  # on a screen: 320 x 240
    data = data.replace(b"\xe0\x86" + size, b"\xe0\x90" + shown)
    path.write_bytes(data.replace(b"\x9c\x81\x00\x22\xb5\x9c\x83und", b""))  # lacing and language make room
    assert pictures(path)[0].shape == (240, 320, 3)


def test_a_size_that_no_pixel_has_is_taken_for_square() -> None:
    assert square_size(100, 50, Fraction(100_000)) == (100, 50)
    assert square_size(100, 50, Fraction(1, 99)) == (100, 50)
    assert square_size(100, 50, Fraction(0)) == (100, 50)
    assert square_size(100, 50, None) == (100, 50)


@pytest.mark.parametrize("stored", [(160, 240), (480, 240), (320, 120)])
def test_faces_are_found_where_the_copy_with_square_pixels_has_them(tmp_path: Path, stored: tuple[int, int]) -> None:
    images = faces(12)[:8]  # of those where the face is large; half of its detail is gone in the other copy
    narrow = [cv2.resize(image, stored, interpolation=cv2.INTER_AREA) for image in images]
    aspect = Fraction(320 * stored[1], 240 * stored[0])
    plain = pictures(write_clip(tmp_path / "plain.mp4", images, bit_rate=4_000_000))
    other = pictures(write_clip(tmp_path / "narrow.mp4", narrow, sample_aspect_ratio=aspect, bit_rate=4_000_000))
    with FaceDetector() as detector:
        pairs = [(detector.detect(a), detector.detect(b)) for a, b in zip(plain, other, strict=True)]
    there = [(a[0], b) for a, b in pairs if a]
    assert len(there) == 8
    found = [(a, b[0]) for a, b in there if b]
    assert len(found) >= 0.98 * len(there)
    scale = other[0].shape[1] / 320
    for a, b in found:
        assert np.array(b.box) / scale == pytest.approx(np.array(a.box), abs=0.12 * a.size + 2)


# A square of four corners, each with a grey of its own, in the eight positions of a display matrix (a, b, c, d).
@pytest.mark.parametrize(
    ("matrix", "corners"),
    [
        ((1, 0, 0, 1), [[0, 1], [2, 3]]),
        ((0, 1, -1, 0), [[2, 0], [3, 1]]),  # a quarter clockwise
        ((-1, 0, 0, -1), [[3, 2], [1, 0]]),
        ((0, -1, 1, 0), [[1, 3], [0, 2]]),
        ((-1, 0, 0, 1), [[1, 0], [3, 2]]),  # a mirror: left is right
        ((1, 0, 0, -1), [[2, 3], [0, 1]]),
        ((0, 1, 1, 0), [[0, 2], [1, 3]]),  # transposed
        ((0, -1, -1, 0), [[3, 1], [2, 0]]),
    ],
)
@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_pictures_stand_as_the_display_matrix_says(
    tmp_path: Path, matrix: tuple[int, ...], corners: list[list[int]], ending: str
) -> None:
    image = np.zeros((48, 96, 3), np.uint8)
    for i in range(4):
        image[i // 2 * 24 :, i % 2 * 48 :] = 60 * i
    a, b, c, d = (65536 * v for v in matrix)
    path = write_clip(tmp_path / f"a.{ending}", [image] * 2, matrix=(a, b, 0, c, d, 0, 0, 0, 1 << 30))
    made = pictures(path)[1]
    tall, wide = made.shape[:2]
    assert (tall, wide) == ((96, 48) if matrix[1] else (48, 96))
    got = [[made[y, x].mean() / 60 for x in (wide // 4, 3 * wide // 4)] for y in (tall // 4, 3 * tall // 4)]
    assert np.round(got).tolist() == corners


def test_pixels_are_made_square_before_a_picture_is_turned(tmp_path: Path) -> None:
    settings = {"sample_aspect_ratio": Fraction(2), "matrix": (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)}
    path = write_clip(tmp_path / "a.mp4", counted(2, 64, 48), **settings)
    assert pictures(path)[0].shape == (128, 48, 3)
