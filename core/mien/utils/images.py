"""Pictures from files, as OpenCV has them, and as networks take them."""

import logging
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.types import Image, ResizerViews
from mien.utils.arrays import bgr_of
from mien.utils.files import read_bounded, reading
from mien.utils.heif import decode_avif, decode_heic
from mien.utils.picture_headers import MOST_BYTES, PictureHeader, header_of
from mien.utils.png import hdr_transfer, used_chunks
from mien.utils.tone import to_standard

log = logging.getLogger(__name__)


def decode_picture(data: bytes, *, grey: bool = False) -> Image | None:
    """Decode a picture file's bytes, in any format of `mien.utils.file_kinds`, whatever the file is called.

    Of several pages or frames it is the first.

    Returns:
        BGR (H, W, 3), or (H, W) in grey, turned upright as its camera says; None where it cannot be decoded, or is
        larger than `mien.utils.picture_headers` allows.
    """
    header = header_of(data)
    return None if header is None or header.too_large else _decoded(header, data, grey=grey)


def _decoded(header: PictureHeader, data: bytes, *, grey: bool) -> Image | None:
    try:
        if header.format == "HEIC":
            image = decode_heic(data)
        elif header.format == "AVIF":  # which OpenCV leaves lying on its side
            image = decode_avif(data)
        else:
            transfer = hdr_transfer(data) if header.format == "PNG" else 0
            if header.format == "PNG" and not (data := used_chunks(data) or b""):
                return None
            coded = np.frombuffer(data, np.uint8)
            decoded = None
            if not transfer:
                decoded = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR)
            if decoded is not None:
                return np.asarray(decoded, np.uint8)
            if header.format != "TIFF" and not transfer:
                return None
            colours = cv2.IMREAD_COLOR if transfer else cv2.IMREAD_ANYCOLOR  # grey fractions do not become colours
            deep = np.asarray(cv2.imdecode(coded, colours | cv2.IMREAD_ANYDEPTH))
            image = to_standard(deep, transfer) if transfer else bgr_of(deep)  # a TIFF of fractions
    except Exception:  # damaged, in as many ways as there are formats and libraries
        return None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8) if grey else image


def encode_picture(image: Image, suffix: str) -> bytes:
    """Encode a BGR or grey picture as a file with this ending has it.

    Raises:
        MienError: the ending is not a picture's.
    """
    try:
        return bytes(cv2.imencode(suffix, image)[1].tobytes())
    except cv2.error as error:
        raise MienError(
            language.tr("Pictures cannot be written as '{}' files. Choose .png or .jpg.").format(suffix)
        ) from error


def read_picture(path: str | Path) -> Image:
    """Read a picture file: BGR (H, W, 3), turned upright as its camera says.

    Of several pages or frames it is the first, which is logged.

    Raises:
        MienError: it cannot be read, or is too large.
    """
    image, notice = read_first(Path(path))
    if notice:
        log.warning("%s", notice)
    return image


def read_first(path: Path) -> tuple[Image, str]:
    """The same, with a sentence where the file has more than one page or frame.

    Raises:
        MienError: it cannot be read, or is too large.
    """
    with reading(path):
        if path.stat().st_size > MOST_BYTES:
            raise MienError(
                language.tr("{} is too large for a picture: more than {} MB.").format(
                    path, language.number(MOST_BYTES / 1e6, 0)
                )
            )
        data = read_bounded(path, MOST_BYTES)  # OpenCV itself cannot open every file name on Windows
    header = header_of(data)
    if header is not None and header.too_large:
        raise MienError(language.tr("{} is too large for a picture. {}").format(path, header.too_large))
    image = None if header is None else _decoded(header, data, grey=False)
    if header is None or image is None:
        raise MienError(language.tr("{} cannot be read as a picture.").format(path))
    return image, f"{path.name} {header.first_of}." if header.first_of else ""


def rotated(image: Image, degrees: int) -> Image:
    """Turn a picture clockwise by one of ROTATIONS, in degrees."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90)) if degrees else image


def shrunk(image: Image, longest_px: int) -> Image:
    """Shrink a BGR or grey picture so that its longer side has at most so many pixels; a smaller one stays."""
    tall, wide = image.shape[:2]
    if max(tall, wide) <= longest_px:
        return image
    scale = longest_px / max(tall, wide)
    size = (max(round(wide * scale), 1), max(round(tall * scale), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def to_chw(image: Image, size: int, channels: int) -> NDArray[np.uint8]:
    """Turn a BGR or grey picture into what a network takes.

    Args:
        image: (h, w, 3) BGR or (h, w) grey; one that is not square is stretched.
        size: side to resize to, px.
        channels: 1 (grey) or 3 (RGB).

    Returns:
        (channels, size, size).
    """
    if channels == 1 and image.ndim == 3:
        image = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    elif channels == 3:
        code = cv2.COLOR_GRAY2RGB if image.ndim == 2 else cv2.COLOR_BGR2RGB
        image = np.asarray(cv2.cvtColor(image, code), np.uint8)
    if image.shape[:2] != (size, size):
        method = cv2.INTER_AREA if min(image.shape[:2]) > size else cv2.INTER_LINEAR
        image = np.asarray(cv2.resize(image, (size, size), interpolation=method), np.uint8)
    return np.ascontiguousarray(image[None] if channels == 1 else image.transpose(2, 0, 1))


def from_chw(values: NDArray[np.floating]) -> Image:
    """Turn (channels, h, w), 0..1, grey or RGB, into a grey or BGR picture."""
    pixels = (values.clip(0, 1) * 255).round().astype(np.uint8)
    return np.ascontiguousarray(pixels[0] if len(pixels) == 1 else pixels[::-1].transpose(1, 2, 0))


def difference(views: ResizerViews) -> NDArray[np.int16]:
    """Learned minus bilinear view, (h, w), -255..255; of the mean over the channels of colour pictures."""
    pair = [view.astype(np.int16) for view in (views.learned, views.bilinear)]
    learned, bilinear = (view if view.ndim == 2 else view.mean(2).astype(np.int16) for view in pair)
    return learned - bilinear


def full_colour(delta: NDArray[np.int16]) -> int:
    """The difference, in grey levels, that is drawn in full colour: 199 of 200 pixels differ by no more.

    A scale up to the largest difference would pale everything for the sake of one bright spot.
    """
    return max(int(np.percentile(np.abs(delta), 99.5, method="higher")), 1)
