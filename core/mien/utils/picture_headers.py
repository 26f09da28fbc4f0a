"""How large a picture is, by what its file says first: what is too large is refused before it is decoded."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from mien.utils.file_kinds import HEAD, PictureFormat, gif_pictures, picture_format
from mien.utils.heif import open_avif, open_heic
from mien.utils.png import hdr_transfer
from mien.utils.tiff import tiff_header

MOST_PIXELS = 200_000_000
"""Of a picture. The largest sensors of phones have so many (16,320 x 12,240), and a picture of
this size takes 600 MB in memory as colours of 8 bits, and reading it 1.2 GB at most."""
MOST_BYTES = 3 * MOST_PIXELS
"""Of a picture in memory, and of its file: what so many pixels take as they are."""
_HDR_BYTES = 9  # of a pixel of 16 bits a colour, and of the one that it becomes
MOST_PICTURES = 36_000
"""Of an animated GIF: an hour at ten a second."""


@dataclass(frozen=True)
class PictureHeader:
    """What a picture's file says of it."""

    format: PictureFormat
    width: int
    """px, before it is turned upright."""
    height: int
    """px"""
    pixel_bytes: int = 3
    """Of a pixel while it is decoded."""
    pictures: int = 1
    """Pages, or frames of an animation."""

    @property
    def too_large(self) -> str:
        """Why it is refused, as a sentence; empty where it is not."""
        most = MOST_BYTES // max(self.pixel_bytes, 3)
        if self.width * self.height <= most:
            return ""
        return (
            f"It has {self.width} x {self.height} px, and pictures like it are read up to {most / 1e6:.0f} megapixels. "
            "Make it smaller."
        )

    @property
    def first_of(self) -> str:
        """That the first of several pictures is read, as the end of a sentence; empty where there is one."""
        what = "pages" if self.format == "TIFF" else "frames"
        return f"has {self.pictures} {what}, of which the first is read" if self.pictures > 1 else ""


def header_of(data: bytes) -> PictureHeader | None:
    """Read a picture's header; None where there is no size in it, so that it cannot be decoded either.

    Args:
        data: the whole file.
    """
    kind = picture_format(data[:HEAD])
    try:
        match kind:
            case None:
                return None
            case "TIFF":
                tiff = tiff_header(data)
                return PictureHeader(kind, tiff.width, tiff.height, tiff.pixel_bytes, tiff.pages)
            case "HEIC":  # further pictures in it are no frames, and it says which one it shows
                width, height = open_heic(data).size
            case "AVIF":
                avif = open_avif(data)
                return PictureHeader(kind, *avif.size, pictures=avif.n_frames)
            case _:
                width, height = _SIZES[kind](data)
    except Exception:  # cut off or damaged, in as many ways as there are formats and libraries
        return None
    if width <= 0 or height <= 0:
        return None
    deep = kind == "PNG" and hdr_transfer(data)
    return PictureHeader(kind, width, height, _HDR_BYTES if deep else 3, _pictures(kind, data))


def _jpeg(data: bytes) -> tuple[int, int]:
    place = 2
    while True:
        place = data.index(0xFF, place)  # bytes before a marker are passed over, as decoders do
        marker = data[place + 1]
        if marker == 0xFF or marker == 0 or 0xD0 <= marker <= 0xD9 or marker == 1:  # no length follows
            place += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _pair(data, place + 5, "big", 2)[::-1]
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")


def _pair(data: bytes, place: int, order: Any, size: int) -> tuple[int, int]:
    """Two whole numbers, one after the other."""
    cut = data[place : place + 2 * size]
    if len(cut) < 2 * size:
        raise ValueError("cut off")
    return int.from_bytes(cut[:size], order), int.from_bytes(cut[size:], order)


def _webp(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8X":
        wide, tall = _pair(data, 24, "little", 3)
        return wide + 1, tall + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    wide, tall = _pair(data, 26, "little", 2)
    return wide & 0x3FFF, tall & 0x3FFF


def _bmp(data: bytes) -> tuple[int, int]:
    if data[14] == 12:
        return _pair(data, 18, "little", 2)
    wide, tall = (
        int.from_bytes(data[18:22], "little", signed=True),
        int.from_bytes(data[22:26], "little", signed=True),
    )
    return wide, abs(tall)  # a negative height begins at the top


def _pnm(data: bytes) -> tuple[int, int]:
    found = re.match(rb"P[1-6](?:\s|#[^\n]*\n)+(\d{1,12})(?:\s|#[^\n]*\n)+(\d{1,12})\s", data)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _jpeg2000(data: bytes) -> tuple[int, int]:
    place = data.index(b"\xff\x4f\xff\x51") + 8  # the decoder goes by this, not by the box around it
    right, bottom = _pair(data, place, "big", 4)
    left, top = _pair(data, place + 8, "big", 4)
    return right - left, bottom - top


_SIZES = {
    "BMP": _bmp,
    "GIF": lambda data: _pair(data, 6, "little", 2),
    "JPEG": _jpeg,
    "JPEG 2000": _jpeg2000,
    "PNG": lambda data: _pair(data, 16, "big", 4),
    "PNM": _pnm,
    "WebP": _webp,
}


def _pictures(kind: PictureFormat, data: bytes) -> int:
    if kind == "GIF":
        return gif_pictures(BytesIO(data), MOST_PICTURES + 1)
    if kind == "PNG":
        moving = data.find(b"acTL", 0, data.find(b"IDAT"))
        return int.from_bytes(data[moving + 4 : moving + 8], "big") if moving > 0 else 1
    if kind == "WebP" and data[12:16] == b"VP8X" and data[20] & 2:
        return max(data.count(b"ANMF"), 1)
    return 1
