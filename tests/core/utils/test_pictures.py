"""Every kind of picture file, under any name, with the picture that is in it."""

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image
from tests.core.utils.heic_grid import FAST, grid_heic

from mien.errors import MienError
from mien.faces.detector import FaceDetector
from mien.utils import paths
from mien.utils.file_kinds import kind_of
from mien.utils.images import decode_picture, read_picture
from mien.utils.picture_headers import MOST_PICTURES, MOST_PIXELS, header_of
from mien.video import VideoFile


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return Image.open(paths.assets() / "astronaut.png").convert("RGB").resize((320, 240))


def bgr(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"))[..., ::-1].astype(int)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(picture).save(file, quality=90, enc_params=FAST, **options)
    else:
        picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int) -> bytes:
    made = Image.Exif()
    made[0x112] = orientation
    return made.tobytes()


KINDS = [
    ("AVIF", "avif", {}),
    ("BMP", "bmp", {}),
    ("GIF", "gif", {}),
    ("HEIC", "heic", {}),
    ("JPEG", "jfif", {}),
    ("JPEG2000", "jp2", {}),
    ("JPEG2000", "j2k", {"no_jp2": True}),
    ("PNG", "png", {}),
    ("PPM", "ppm", {}),
    ("TIFF", "tif", {}),
    ("TIFF", "tiff", {"big_tiff": True, "compression": "tiff_lzw"}),
    ("WEBP", "webp", {}),
    ("WEBP", "webp", {"lossless": True}),
]


@pytest.mark.parametrize(("kind", "ending", "options"), KINDS)
@pytest.mark.parametrize("name", ["right", "wrong.txt", "none", "video.mp4"])
def test_a_picture_is_one_by_its_content(
    kind: str, ending: str, options: dict, name: str, photo: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / (f"right.{ending}" if name == "right" else name)
    path.write_bytes(saved(photo, kind, **options))
    assert kind_of(path) == "picture"
    read = read_picture(path)
    assert np.abs(read.astype(int) - bgr(photo)).mean() < 5
    header = header_of(path.read_bytes())
    assert (header.width, header.height) == (320, 240)


@pytest.mark.parametrize("kind", ["AVIF", "HEIC", "JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (6, 3), (3, 2), (8, 1)])
def test_a_turn_is_made_once(kind: str, orientation: int, turns: int, photo: Image.Image) -> None:
    read = decode_picture(saved(photo, kind, exif=exif(orientation)))
    assert np.abs(read - np.rot90(bgr(photo), turns)).mean() < 5
    grey = decode_picture(saved(photo, kind, exif=exif(orientation)), grey=True)
    assert grey.shape == read.shape[:2]


@pytest.mark.parametrize(("turns", "orientation"), [(0, 1), (3, 6), (1, 6), (2, 3)])
def test_the_tiles_of_an_iphone_are_put_together(turns: int, orientation: int) -> None:
    photo = Image.open(paths.assets() / "astronaut.png").convert("RGB").crop((20, 0, 500, 400))
    data = grid_heic(photo.rotate(-90 * turns, expand=True), quarter_turns=turns, exif_orientation=orientation)
    read = decode_picture(data)
    assert read.shape == (400, 480, 3)
    assert np.abs(read - bgr(photo)).mean() < 5
    with FaceDetector() as detector:
        (found,) = detector.detect(read)
        (wanted,) = detector.detect(bgr(photo).astype(np.uint8))
    assert np.allclose(found.box, wanted.box, atol=4)


def test_deep_heic_is_read_with_8_bits(photo: Image.Image) -> None:
    deep = np.asarray(photo).astype(np.uint16) * 257
    file = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", photo.size, deep.tobytes()).save(file, quality=95, enc_params=FAST)
    assert np.abs(decode_picture(file.getvalue()) - bgr(photo)).mean() < 5


@pytest.mark.parametrize("kind", ["TIFF", "PNG", "WEBP", "AVIF"])
def test_the_first_of_several_is_read_and_said(
    kind: str, photo: Image.Image, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    others = [photo.rotate(90), photo.rotate(180)]
    path = tmp_path / f"several.{kind.lower()}"
    path.write_bytes(saved(photo, kind, save_all=True, append_images=others))
    assert kind_of(path) == "picture"
    assert np.abs(read_picture(path) - bgr(photo)).mean() < 6
    what = "pages" if kind == "TIFF" else "frames"
    assert f"{path.name} has 3 {what}, of which the first is read." in caplog.text


def test_a_gif_that_moves_is_a_video(photo: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "moving.png"  # whatever its name says
    path.write_bytes(saved(photo, "GIF", save_all=True, append_images=[photo.rotate(90)], duration=200))
    assert kind_of(path) == "video"
    with VideoFile(path) as video:
        times = []
        while (frame := video.read()) is not None:
            times.append(frame.time_s)
    assert times == pytest.approx([0, 0.2])


def _as_16_bits(picture: Image.Image) -> np.ndarray:
    return bgr(picture).astype(np.uint16) * 257


@pytest.mark.parametrize("scale", [1 / 255, 1])
@pytest.mark.parametrize("kind", [np.float32, np.float64, np.uint16])
def test_deep_tiffs(scale: float, kind: type, photo: Image.Image) -> None:
    values = _as_16_bits(photo) if kind is np.uint16 else (bgr(photo) * scale).astype(kind)
    data = cv2.imencode(".tiff", values)[1].tobytes()
    assert np.abs(decode_picture(data) - bgr(photo)).max() <= 1
    assert decode_picture(data, grey=True).shape == (240, 320)
    data = cv2.imencode(".tiff", np.ascontiguousarray(values[..., 1]))[1].tobytes()
    assert np.abs(decode_picture(data) - bgr(photo)[..., 1:2]).max() <= 1
    assert decode_picture(data, grey=True).shape == (240, 320)


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "P", "RGBA", "1"])
@pytest.mark.parametrize("kind", ["TIFF", "PNG", "JPEG"])
def test_other_colours(mode: str, kind: str, photo: Image.Image) -> None:
    changed = photo.convert(mode)
    try:
        data = saved(changed, kind)
    except OSError:
        pytest.skip("the format has no such colours")
    assert np.abs(decode_picture(data) - bgr(changed)).mean() < 6


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _tiff(width: int, height: int, bits: int = 8) -> bytes:
    tags = [(256, width), (257, height), (258, bits), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 9)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + b"\0\0\0\0"


ABSURD = {
    "png": b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)),
    "png, 2^31": b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)),
    "bmp": b"BM" + b"\0" * 12 + struct.pack("<IiiHHI", 40, 30_000, -30_000, 1, 24, 0),
    "gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0",
    "jpg": b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 65_500, 65_500) + b"\x03" + b"\0" * 9,
    "ppm": b"P6\n# a comment\n30000 30000\n255\n",
    "j2k": b"\xff\x4f\xff\x51\0\x2f\0\0" + struct.pack(">4I", 60_000, 60_000, 0, 0) + b"\0" * 30,
    "webp": b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16_383).to_bytes(3, "little") * 2,
    "tif": _tiff(30_000, 30_000),
    "tif, 4 GB a line": _tiff(2**32 - 1, 1),
    "tif, 64 bits": _tiff(10_000, 10_000, 64),
    "big tif": b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0"
    + b"".join(struct.pack("<HHQQ", tag, 16, 1, 2**40) for tag in (256, 257))
    + b"\0" * 8,
}


@pytest.mark.parametrize("name", ABSURD)
def test_what_is_too_large_is_refused_by_its_header(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.jpg"
    path.write_bytes(ABSURD[name])
    with pytest.raises(MienError, match=r"bomb\.jpg is too large for a picture\. It has \d+ x \d+ px, .* megapixels\."):
        read_picture(path)
    assert decode_picture(ABSURD[name]) is None


@pytest.mark.parametrize("kind", ["HEIC", "AVIF"])
def test_tiles_that_are_said_to_be_huge(kind: str, photo: Image.Image, tmp_path: Path) -> None:
    data = saved(photo, kind)
    place = data.index(b"ispe") + 8
    path = tmp_path / "bomb.heic"
    path.write_bytes(data[:place] + struct.pack(">II", 30_000, 30_000) + data[place + 8 :])
    with pytest.raises(MienError, match=r"too large|cannot be read"):
        read_picture(path)


def test_a_file_larger_than_any_picture_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "long.tif"
    with path.open("wb") as file:
        file.truncate(3 * MOST_PIXELS + 1)
    with pytest.raises(MienError, match="more than 600 MB"):
        read_picture(path)


def test_the_largest_sensors_are_not_refused() -> None:
    assert header_of(ABSURD["ppm"].replace(b"30000 30000", b"16320 12240")).too_large == ""


@pytest.mark.parametrize("count", [2, 3, 40_000])
def test_the_frames_of_a_gif_are_counted_before_they_are_decoded(
    count: int, photo: Image.Image, tmp_path: Path
) -> None:
    one = Image.new("P", (1, 1))
    data = saved(one, "GIF", save_all=True, append_images=[Image.new("P", (1, 1), 1)], duration=20)
    frame = data[data.index(b"\x21\xf9") : -1]
    path = tmp_path / "long.gif"
    path.write_bytes(data[:13] + data[13 : data.index(b"\x21\xf9")] + frame * count + b";")
    assert kind_of(path) == "video"
    if count > MOST_PICTURES:
        with pytest.raises(MienError, match="A GIF of up to 36,000 frames is read"):
            VideoFile(path)
    else:
        VideoFile(path).close()


def test_a_video_with_absurd_frames_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.gif"
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
    path.write_bytes(b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + b"\0" * 6 + frame * 2 + b";")
    with pytest.raises(MienError, match="65535 x 65535 px"):
        VideoFile(path)


@pytest.mark.parametrize(("kind", "ending", "options"), KINDS)
def test_what_is_cut_off_or_damaged_is_refused_or_read(
    kind: str, ending: str, options: dict, photo: Image.Image
) -> None:
    data = saved(photo.resize((64, 48)), kind, **options)
    rng = np.random.default_rng(0)
    for length in (1, 12, 30, len(data) // 2):
        decode_picture(data[:length])
    for _ in range(20):
        changed = bytearray(data)
        for place in rng.integers(0, min(len(data), 400), 4):
            changed[place] = rng.integers(256)
        image = decode_picture(bytes(changed))
        assert image is None or (image.dtype == np.uint8 and image.ndim == 3)
