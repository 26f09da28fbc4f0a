"""Single pictures, and folders of them."""

import logging
from pathlib import Path

import cv2
import numpy as np

from mien.errors import MienError
from mien.types import Frame, Image

log = logging.getLogger(__name__)

SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}


def is_picture(path: Path) -> bool:
    """Whether a file's name is that of a picture."""
    return path.suffix.lower() in SUFFIXES


def read_picture(path: Path) -> Image | None:
    """A picture as BGR (H, W, 3), turned as its camera says; None where it cannot be read.

    Decoded from memory, since OpenCV cannot open every file name on Windows.
    """
    try:
        data = np.fromfile(path, np.uint8)
    except OSError:
        return None
    try:
        image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    except cv2.error:  # a picture that says it is larger than OpenCV takes
        return None
    return None if image is None else np.asarray(image, np.uint8)


class PictureSource:
    """One picture."""

    live = False
    still = True

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._image = read_picture(path)
        if self._image is None:
            raise MienError(f"{path} is no picture that can be read.")

    def read(self) -> Frame | None:
        """The picture, then None."""
        image, self._image = self._image, None
        return None if image is None else Frame(0, 0.0, image)

    def close(self) -> None:
        """Nothing to let go of."""


class FolderSource:
    """The pictures of a folder in the order of their names, each as long as a person needs to look at it."""

    live = False
    still = True
    seconds = 2.0

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._paths = sorted(path for path in folder.iterdir() if is_picture(path))
        if not self._paths:
            raise MienError(f"{folder} has no pictures in it ({', '.join(sorted(SUFFIXES))}).")
        self._index = 0
        self._place = 0

    def read(self) -> Frame | None:
        """The next picture that can be read; None at the end."""
        while self._place < len(self._paths):
            path = self._paths[self._place]
            self._place += 1
            image = read_picture(path)
            if image is None:
                log.warning("%s is no readable picture and is left out.", path)
                continue
            frame = Frame(self._index, self._index * self.seconds, image)
            self._index += 1
            return frame
        return None

    def close(self) -> None:
        """Nothing to let go of."""
