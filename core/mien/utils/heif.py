"""HEIC and AVIF files: their tiles put together, turned upright once, whatever their EXIF data say besides."""

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from mien.types import Image
from mien.utils.arrays import bgr_of

if TYPE_CHECKING:
    from pi_heif import HeifFile
    from PIL.AvifImagePlugin import AvifImageFile


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
    return bgr_of(np.asarray(open_heic(data)), rgb=True)


def decode_avif(data: bytes) -> Image:
    """Decode an AVIF file's first picture: BGR (H, W, 3). Raises whatever Pillow raises."""
    from PIL import ImageOps

    # Pillow puts the file's own turn in the place of the EXIF data's.
    return bgr_of(np.asarray(ImageOps.exif_transpose(open_avif(data)).convert("RGB")), rgb=True)
