"""Damaged and hostile pictures of every format that is read."""

import io
import random
import struct
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
from PIL import Image
from tests.core.utils.heic_grid import FAST, grid_heic
from tests.fuzz.changes import change_bytes

from mien.errors import MienError
from mien.sources import open_source
from mien.utils.images import decode_picture

_SIZES = (0, 1, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 9000, 30_000, 0x7FFFFFFF, 0xFFFFFFFF)
_HEADER = 200  # bytes, in which most numbers are that matter
_FORMATS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("avif", "AVIF", {"speed": 10}),
    ("bmp", "BMP", {}),
    ("gif", "GIF", {}),
    ("jpg", "JPEG", {}),
    ("jpg", "JPEG", {"progressive": True}),
    ("jp2", "JPEG2000", {}),
    ("j2k", "JPEG2000", {"no_jp2": True}),
    ("png", "PNG", {}),
    ("ppm", "PPM", {}),
    ("tif", "TIFF", {}),
    ("tif", "TIFF", {"compression": "tiff_lzw"}),
    ("tif", "TIFF", {"big_tiff": True, "compression": "tiff_adobe_deflate"}),
    ("webp", "WEBP", {}),
    ("webp", "WEBP", {"lossless": True}),
)


@cache
def _good() -> tuple[tuple[str, bytes], ...]:
    """Endings and files: each format in colour, most in other modes too, some that move."""
    rng = np.random.default_rng(0)
    noise = cv2.resize(rng.integers(0, 255, (6, 8, 3), np.uint8), (80, 60), interpolation=cv2.INTER_CUBIC)
    photo = Image.fromarray(np.asarray(noise, np.uint8))
    exif = Image.Exif()
    exif[0x112], exif[0x10F] = 6, "A camera"
    made = []
    for ending, kind, options in _FORMATS:
        for mode in ("RGB", "L", "RGBA", "P", "CMYK", "1", "I;16"):
            file = io.BytesIO()
            with suppress(OSError, ValueError, KeyError):  # not every format has every mode
                with_exif = {"exif": exif.tobytes()} if kind in ("JPEG", "PNG", "TIFF", "WEBP", "AVIF") else {}
                photo.convert("L").convert(mode).save(file, kind, **options, **with_exif)
                made.append((ending, file.getvalue()))
        if kind in ("GIF", "PNG", "TIFF", "WEBP", "AVIF"):
            file = io.BytesIO()
            photo.save(file, kind, save_all=True, append_images=[photo.rotate(90), photo], **options)
            made.append((ending, file.getvalue()))
    heic = io.BytesIO()
    pillow_heif.from_pillow(photo).save(heic, quality=80, enc_params=FAST)
    grid = grid_heic(photo.resize((400, 300)), quarter_turns=1, exif_orientation=6)
    for deep in (np.asarray(noise, np.uint8), np.asarray(noise, np.uint16) * 257):
        for transfer in (16, 18):  # PQ and HLG
            data = cv2.imencode(".png", deep)[1].tobytes()
            cicp = b"\0\0\0\4cICP" + bytes([9, transfer, 0, 1]) + b"\0\0\0\0"
            made.append(("png", _with_right_sums(data[:33] + cicp + data[33:])))
    return (*made, *3 * [("heic", heic.getvalue())], *3 * [("heic", grid)])


def _with_right_sums(data: bytes) -> bytes:
    """A PNG whose checksums are those of its chunks, without which a decoder looks at none of them."""
    made, place = bytearray(data), 8
    while place + 12 <= len(made):
        end = place + 8 + int.from_bytes(made[place : place + 4], "big")
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
    return bytes(made)


def _with_number(data: bytes, rng: random.Random) -> bytes:
    """Another number where one may be: a size, a count, a place."""
    made, layout = bytearray(data), rng.choice((">H", "<H", ">I", "<I"))
    number = rng.choice((*_SIZES, rng.getrandbits(32), rng.getrandbits(8))) & ((1 << 8 * struct.calcsize(layout)) - 1)
    place = rng.randrange(min(len(made), _HEADER) if rng.random() < 0.7 else len(made))
    made[place : place + struct.calcsize(layout)] = struct.pack(layout, number)
    return bytes(made)


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A picture of which some numbers or bytes were changed; its name is mostly right."""
    ending, data = rng.choice(_good())
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        data = (_with_number if data and rng.random() < 0.6 else change_bytes)(data, rng)
    if ending == "png" and rng.random() < 0.9:
        data = _with_right_sums(data)
    return f"mutated.{rng.choice(('txt', 'mp4', 'jpg')) if rng.random() < 0.05 else ending}", data


def use(path: Path) -> None:
    """Read it as Live and an analysis do, and as a data set does."""
    with suppress(MienError):
        source = open_source(str(path))
        source.read()
        source.close()
    decode_picture(path.read_bytes(), grey=True)
