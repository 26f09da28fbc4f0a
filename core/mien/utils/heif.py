"""HEIC and AVIF files: tiles put together, turned upright once whatever their EXIF data say, in standard range."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mien.types import Image
from mien.utils.arrays import bgr_of
from mien.utils.tone import HDR, to_standard

if TYPE_CHECKING:
    from pi_heif import HeifFile
    from PIL.AvifImagePlugin import AvifImageFile

_COLOURS = b"colrnclx"
"""Begins what a file says of its colours: primaries, transfer characteristic, matrix; two bytes each."""
_HEADER = 1 << 16  # bytes, in which that stands


def open_heic(data: bytes) -> "HeifFile":
    """The picture that a HEIC file shows; nothing is decoded yet. Its `size` is upright, in px."""
    import pi_heif

    return pi_heif.open_heif(data)


def open_avif(data: bytes) -> "AvifImageFile":
    """An AVIF file; nothing is decoded yet."""
    from PIL import AvifImagePlugin

    return AvifImagePlugin.AvifImageFile(BytesIO(data))


def decode_heic(data: bytes) -> Image:
    """Decode the picture that a HEIC file shows: BGR (H, W, 3). Raises whatever libheif raises."""
    import pi_heif

    if transfer := _hdr_transfer(data):
        return _in_standard_range(np.asarray(pi_heif.open_heif(data, convert_hdr_to_8bit=False)), transfer)
    return bgr_of(np.asarray(open_heic(data)), rgb=True)


def decode_avif(data: bytes) -> Image:
    """Decode an AVIF file's first picture: BGR (H, W, 3). Raises whatever Pillow raises."""
    from PIL import ImageOps

    # Pillow puts the file's own turn in the place of the EXIF data's.
    rgb = np.asarray(ImageOps.exif_transpose(open_avif(data)).convert("RGB"))
    return _in_standard_range(rgb, transfer) if (transfer := _hdr_transfer(data)) else bgr_of(rgb, rgb=True)


def _hdr_transfer(data: bytes) -> int:
    """The transfer characteristic of a picture in high dynamic range, as some cameras write it; 0 of all others."""
    place = data.find(_COLOURS, 0, _HEADER)
    first = place + len(_COLOURS) + 2  # behind the primaries
    transfer = int.from_bytes(data[first : first + 2], "big") if place >= 0 else 0
    return transfer if transfer in HDR else 0


def _in_standard_range(rgb: NDArray[Any], transfer: int) -> Image:
    return to_standard(np.ascontiguousarray(rgb[..., 2::-1]), transfer)
