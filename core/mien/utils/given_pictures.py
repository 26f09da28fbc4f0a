"""The one door for pictures that a program hands over: whatever they are, they become BGR of 8 bits or are refused."""

from pathlib import Path
from typing import Any

import numpy as np

from mien.errors import MienError
from mien.types import Image
from mien.utils.arrays import bgr_of
from mien.utils.images import read_picture

_WANTED = "Pass a uint8 array (height, width, 3), a PIL image, or the path of a picture."


def as_image(given: Any, *, rgb: bool = False) -> Image:
    """Turn what a program has into a picture.

    Args:
        given: an array as in `mien.utils.arrays.bgr_of`, a PyTorch tensor of the same kind, on any device, a PIL image
            in any mode, or the path of a picture.
        rgb: an array's or tensor's colours are red, green, blue rather than OpenCV's blue, green, red. Nobody can tell
            from the numbers. A PIL image or file says it itself.

    Returns:
        (H, W, 3) BGR; the array itself where it is one already.

    Raises:
        TypeError: it is nothing that could be a picture.
        MienError: it is a picture that cannot be read; the message says what to pass.
    """
    if isinstance(given, np.ndarray):
        return bgr_of(given, rgb=rgb)
    if isinstance(given, (str, Path)):
        return read_picture(given)
    module = type(given).__module__.partition(".")[0]
    if module == "PIL":
        return _of_pil(given)
    if module == "torch" and hasattr(given, "detach"):
        values = given.detach().cpu()  # NumPy has no bfloat16
        return bgr_of((values.float() if values.is_floating_point() else values).numpy(), rgb=rgb)
    raise TypeError(f"{type(given).__name__} is no picture. {_WANTED}")


def _of_pil(picture: Any) -> Image:
    from PIL import ImageOps

    try:
        if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
            return bgr_of(np.asarray(picture))
        return bgr_of(np.asarray(ImageOps.exif_transpose(picture).convert("RGB")), rgb=True)
    except (OSError, ValueError, SyntaxError) as error:  # a file that was opened, but not read yet
        raise MienError(f"The PIL image cannot be read: {error}. {_WANTED}") from error
