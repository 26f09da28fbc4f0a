"""PQ and HLG against the same pictures in standard range. The curves here are those of BT.2100, the way to the screen's
light; `mien.utils.tone` has the way back."""

import zlib
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from av.video.frame import VideoFrame
from tests.core.utils.heic_grid import FAST
from tests.core.video.clips import faces, write_clip

from mien.faces.detector import FaceDetector
from mien.types import Image
from mien.utils.images import decode_picture, read_picture
from mien.utils.picture_headers import header_of
from mien.video import VideoFile
from mien.video.pixels import FramePictures

PQ, HLG = 16, 18
_TO_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
_LUMA = np.array([0.2627, 0.678, 0.0593])


def pq(nits: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    power = np.clip(nits / 10_000, 0, 1) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def hlg(nits: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    luma = (nits @ _LUMA)[..., None] / 1000
    scene = np.clip(nits / 1000 * np.maximum(luma, 1e-6) ** (-0.2 / 1.2), 0, 1)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


def hdr_frame(image: Image, transfer: int, white_nits: float = 203.0) -> VideoFrame:
    """A BGR picture of standard range as 10 bits of BT.2020, its white as light as paper."""
    light = ((image[..., ::-1] / 255.0) ** 2.4 * white_nits) @ _TO_2020.T
    code = pq(light) if transfer == PQ else hlg(light)
    luma = code @ _LUMA
    blue, red = (code[..., 2] - luma) / 1.8814, (code[..., 0] - luma) / 1.4746
    frame = VideoFrame(image.shape[1], image.shape[0], "yuv420p10le")
    halves = (
        cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) * 224 + 128 for plane in (blue, red)
    )
    for plane, values in zip(frame.planes, (luma * 219 + 16, *halves), strict=True):
        rows = np.frombuffer(plane, np.uint16).reshape(plane.height, -1)
        rows[:, : plane.width] = np.round(values * 4)
    frame.color_trc, frame.color_primaries, frame.colorspace, frame.color_range = transfer, 9, 9, 1
    return frame


def read_hdr(path: Path, images: list[Image], transfer: int, ending: str, codec: str) -> list[Image]:
    frames = [hdr_frame(image, transfer) for image in images]
    colours = {"color_trc": transfer, "color_primaries": 9, "colorspace": 9, "color_range": 1}
    write_clip(path / f"a.{ending}", frames, codec, pix_fmt="yuv420p10le", **colours)
    with VideoFile(path / f"a.{ending}") as video:
        return [frame.image for frame in iter(video.read, None)]


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize(("ending", "codec"), [("mp4", "libx265"), ("mkv", "libx265"), ("webm", "libsvtav1")])
def test_hdr_is_read_as_the_copy_in_standard_range(tmp_path: Path, transfer: int, ending: str, codec: str) -> None:
    images = faces(8)[:4]
    read = read_hdr(tmp_path, images, transfer, ending, codec)
    assert len(read) == 4
    for image, wanted in zip(read, images, strict=True):
        assert abs(image.mean() - wanted.mean()) < 6
        assert np.abs(image.astype(int) - wanted).mean() < 8
    if ending == "mp4":
        with FaceDetector() as detector:
            for image, wanted in zip(read, images, strict=True):
                here, there = detector.detect(image)[0], detector.detect(wanted)[0]
                assert np.array(here.box) == pytest.approx(np.array(there.box), abs=0.1 * there.size)


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("kind", ["heic", "hif of 8 bits", "avif"])
def test_so_are_pictures(tmp_path: Path, transfer: int, kind: str) -> None:
    (image,) = faces(8)[:1]
    path = tmp_path / f"a.{kind.split()[0]}"
    if kind == "avif":
        write_clip(
            path,
            [hdr_frame(image, transfer)],
            "libsvtav1",
            pix_fmt="yuv420p10le",
            color_trc=transfer,
            color_primaries=9,
            colorspace=9,
            color_range=1,
        )
    else:
        light = ((image[..., ::-1] / 255.0) ** 2.4 * 203.0) @ _TO_2020.T
        code = np.clip(pq(light) if transfer == PQ else hlg(light), 0, 1)
        deep = kind == "heic"
        values = (code * (65535 if deep else 255)).round().astype(np.uint16 if deep else np.uint8)
        made = pillow_heif.from_bytes("RGB;16" if deep else "RGB", (320, 240), values.tobytes())
        colours = {"color_primaries": 9, "transfer_characteristics": transfer, "matrix_coefficients": 9}
        made.save(path, quality=95, enc_params=FAST, full_range_flag=1, **colours)
    read = read_picture(path)
    assert abs(read.mean() - image.mean()) < 6
    assert np.abs(read.astype(int) - image).mean() < 8
    assert decode_picture(path.read_bytes(), grey=True).shape == (240, 320)


def png(code: np.ndarray, depth: int, *chunks: bytes) -> bytes:  # type: ignore[type-arg]
    """An RGB picture of code values 0..1 as a PNG file of so many bits a colour, with more chunks behind its header."""
    values = (np.clip(code, 0, 1)[..., ::-1] * (2**depth - 1)).round().astype(f"u{depth // 8}")
    data = cv2.imencode(".png", values)[1].tobytes()
    made = (len(c[4:]).to_bytes(4, "big") + c + zlib.crc32(c).to_bytes(4, "big") for c in chunks)
    return data[:33] + b"".join(made) + data[33:]


@pytest.mark.parametrize("depth", [8, 16])
def test_so_are_pngs_that_say_it_in_cicp_or_by_a_profile_s_name(depth: int) -> None:
    image = faces(8)[0]
    light = ((image[..., ::-1] / 255.0) ** 2.4 * 203.0) @ _TO_2020.T
    profile = b"iCCPITUR_2100_PQ_FULL\0\0" + zlib.compress(b"")
    cicp = {transfer: b"cICP" + bytes([9, transfer, 0, 1]) for transfer in (1, PQ, HLG)}
    for code, *chunks in ((pq(light), cicp[PQ]), (hlg(light), profile, cicp[HLG]), (pq(light), profile)):
        data = png(code, depth, *chunks)
        read = decode_picture(data)
        assert abs(read.mean() - image.mean()) < 6
        assert np.abs(read.astype(int) - image).mean() < 8
        assert decode_picture(data, grey=True).shape == (240, 320)
        assert decode_picture(data[:200]) is None
    plain = decode_picture(png(pq(light), depth))
    assert np.array_equal(decode_picture(png(pq(light), depth, profile, cicp[1])), plain)  # it says standard range
    assert np.array_equal(decode_picture(png(pq(light), depth, b"cICP\x09")), plain)  # damaged
    huge = bytearray(png(pq(light), depth, cicp[PQ]))
    huge[16:24] = (10_000).to_bytes(4, "big") * 2
    assert header_of(bytes(huge)).too_large


def test_highlights_are_rolled_off_and_greys_stay_grey() -> None:
    ramp = np.repeat(np.linspace(0, 255, 64, dtype=np.uint8)[None, :, None], 3, 2).repeat(48, 0)
    for transfer, tolerance in ((PQ, 2), (HLG, 3)):
        image = FramePictures().of(hdr_frame(ramp, transfer, white_nits=1000.0), None)
        assert np.ptp(image.astype(int), 2).max() <= tolerance
        row = image[24, :, 1].astype(int)
        assert (np.diff(row) >= 0).all()  # what is brighter stays brighter
        assert row[-1] >= 252
        assert row[0] == 0
        assert len(np.unique(row[32:])) > 12  # also above paper white
