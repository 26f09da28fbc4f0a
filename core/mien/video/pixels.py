"""Turns a decoded frame into the picture that a player shows: square pixels, standard range, upright."""

from fractions import Fraction
from typing import Any

import numpy as np
from av.sidedata.sidedata import SideDataContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from mien.types import Image
from mien.utils.tone import HDR, to_standard

_MOST_STRETCHED = 5  # times; what says more is damaged, and is taken for square


class FramePictures:
    """Makes pictures of one file's frames. Use it on one thread."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def of(self, frame: VideoFrame, pixel_aspect: Fraction | None) -> Image:
        """The picture of a frame.

        Args:
            frame: as decoded.
            pixel_aspect: width of a pixel by its height; None or 0 where the file does not say.

        Returns:
            BGR (H, W, 3). The side that is too short in square pixels is stretched, so that no detail is lost.
        """
        width, height = square_size(frame.width, frame.height, pixel_aspect)
        made = self._reformatter.reformat
        if frame.color_trc in HDR:
            wide = made(frame, width=width, height=height, format="bgr48le").to_ndarray()
            image = to_standard(np.asarray(wide, np.uint16), frame.color_trc)
        else:
            image = np.asarray(made(frame, width=width, height=height, format="bgr24").to_ndarray(), np.uint8)
        return upright(image, frame)


def square_size(width: int, height: int, pixel_aspect: Fraction | None) -> tuple[int, int]:
    """Width and height, px, of a picture with square pixels that looks the same."""
    aspect = pixel_aspect or Fraction(1)
    if not Fraction(1, _MOST_STRETCHED) <= aspect <= _MOST_STRETCHED:
        aspect = Fraction(1)
    return (round(width * aspect), height) if aspect > 1 else (width, round(height / aspect))


def upright(image: Image, frame: VideoFrame) -> Image:
    """Turn and mirror a picture as the frame's display matrix says: the nearest of its eight positions."""
    a, b, c, d = _display_matrix(frame)
    if abs(b) + abs(c) > abs(a) + abs(d):
        image, a, d = image.transpose(1, 0, 2), c, b
    return np.ascontiguousarray(image[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1])


def is_mirrored(frame: VideoFrame) -> bool:
    """Whether a frame's display matrix mirrors it."""
    a, b, c, d = _display_matrix(frame)
    return a * d < b * c


def _display_matrix(frame: VideoFrame) -> tuple[int, int, int, int]:
    """The first two of each of its first two rows: a point (x, y) of the frame is shown at (a x + c y, b x + d y)."""
    # Not the frame's own attribute, which knows the frame: no frame would go before garbage is collected.
    beside: Any = SideDataContainer(frame)  # type: ignore[call-arg]  # which its stub does not say
    try:
        matrix = np.frombuffer(beside["DISPLAYMATRIX"], np.int32)
    except KeyError:
        return 1, 0, 0, 1
    a, b, _, c, d = matrix[:5].tolist()
    return a, b, c, d
