"""Arrays of numbers as pictures: whatever has the right shape and values becomes BGR of 8 bits, all else is refused."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.types import Image

_WANTED = "Pass a uint8 array (height, width, 3) in BGR, or in RGB with rgb=True."
_CHANNELS = (1, 3, 4)
_SURELY_16_BIT = 16_384  # a picture of 16 bits is brighter somewhere; one of 10, 12 or 14 bits cannot be


def bgr_of(array: NDArray[np.generic], *, rgb: bool = False) -> Image:
    """Turn an array into a picture.

    Args:
        array: (H, W), (H, W, C) or (C, H, W) with 1 (grey), 3, or 4 (alpha, which is left out) channels; whole numbers
            0..255, 16 bits 0..65535, fractions 0..1 or 0..255, or booleans.
        rgb: its colours are red, green, blue rather than OpenCV's blue, green, red.

    Returns:
        (H, W, 3) BGR; the array itself where it is one already.

    Raises:
        MienError: it has no pixel, another shape, or values that could mean several things.
    """
    if array.dtype == np.uint8 and array.ndim == 3 and array.shape[2] == 3 and array.size and not rgb:
        return np.ascontiguousarray(array.view(np.uint8))
    if array.ndim not in (2, 3) or not array.size:
        raise MienError(f"An array of the shape {array.shape} is no picture. {_WANTED}")
    if array.ndim == 3 and array.shape[2] not in _CHANNELS and array.shape[0] in _CHANNELS:
        array = array.transpose(1, 2, 0)
    if array.ndim == 3 and array.shape[2] not in _CHANNELS:
        raise MienError(f"An array of the shape {array.shape} is no picture. {_WANTED}")
    pixels = _of_8_bits(array)
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_GRAY2BGR), np.uint8)
    colours = pixels[..., 2::-1] if rgb else pixels[..., :3]
    return np.ascontiguousarray(colours)


def _of_8_bits(array: NDArray[np.generic]) -> Image:
    if array.dtype == np.uint8:
        return array.view(np.uint8)
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype.kind not in "iuf":
        raise MienError(f"An array of {array.dtype} is no picture. {_WANTED}")
    low, high = float(array.min()), float(array.max())
    if not 0 <= low <= high:  # not a number, too
        raise MienError(f"The array's values go from {low:g} to {high:g}, those of a picture from 0 to 255. {_WANTED}")
    if array.dtype.kind == "f":
        if high > 255:
            raise MienError(f"The array's fractions go up to {high:g}; those of a picture up to 1 or 255. {_WANTED}")
        return np.rint(array.astype(np.float32) * (255 if high <= 1 else 1)).astype(np.uint8)
    if high <= 255:
        return array.astype(np.uint8)
    if array.dtype == np.uint16 and high >= _SURELY_16_BIT:
        return np.asarray(cv2.convertScaleAbs(np.ascontiguousarray(array.view(np.uint16)), alpha=1 / 257), np.uint8)
    bits = int(high).bit_length()
    raise MienError(
        f"The array's values go up to {high:g}, and it is not sure of how many bits they are. If of {bits}, pass "
        f"(array >> {bits - 8}).astype(np.uint8)."
    )
