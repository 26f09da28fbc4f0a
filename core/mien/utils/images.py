"""Pictures from files, as OpenCV has them, and as networks take them."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.types import Image, ResizerViews
from mien.utils.files import reading


def decode_picture(data: bytes, *, grey: bool = False) -> Image | None:
    """Decode a picture file's bytes.

    Returns:
        BGR (H, W, 3), or (H, W) in grey, turned upright as its camera says; None where it cannot be decoded.
    """
    flag = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), flag) if data else None
    except cv2.error:  # it says that it is larger than OpenCV allows
        return None
    return None if image is None else np.asarray(image, np.uint8)


def encode_picture(image: Image, suffix: str) -> bytes:
    """Encode a BGR or grey picture as a file with this ending has it.

    Raises:
        MienError: the ending is not a picture's.
    """
    try:
        return bytes(cv2.imencode(suffix, image)[1].tobytes())
    except cv2.error as error:
        raise MienError(f"Pictures cannot be written as '{suffix}' files. Choose .png or .jpg.") from error


def read_picture(path: str | Path) -> Image:
    """Read a picture file: BGR (H, W, 3), turned upright as its camera says.

    Raises:
        MienError: it cannot be read.
    """
    path = Path(path)
    with reading(path):
        data = path.read_bytes()  # OpenCV itself cannot open every file name on Windows
    image = decode_picture(data)
    if image is None:
        raise MienError(f"{path} cannot be read as a picture.")
    return image


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
