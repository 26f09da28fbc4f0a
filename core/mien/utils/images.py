"""Pictures as OpenCV holds them, and as networks take them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.types import Image, ResizerViews


def to_chw(image: Image, size: int, channels: int) -> NDArray[np.uint8]:
    """Turn a BGR or grey picture into what a network takes.

    Args:
        image: (h, w, 3) BGR or (h, w) grey; stretched where it is not square.
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
    """Learned less bilinear, (h, w), -255..255; of the mean over the channels where there are several."""
    pair = [view.astype(np.int16) for view in (views.learned, views.bilinear)]
    learned, bilinear = (view if view.ndim == 2 else view.mean(2).astype(np.int16) for view in pair)
    return learned - bilinear


def full_colour(delta: NDArray[np.int16]) -> int:
    """The difference, in grey levels, that gets a view's full colour: all but one in 200 pixels stay within it.

    A scale up to the very largest would pale everything for the sake of one bright spot.
    """
    return max(int(np.percentile(np.abs(delta), 99.5, method="higher")), 1)
