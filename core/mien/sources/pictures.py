"""A folder of pictures, one after another."""

import logging
from pathlib import Path

import cv2
import numpy as np

from mien.errors import MienError
from mien.types import Frame

log = logging.getLogger(__name__)

SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}


class FolderSource:
    """The pictures of a folder in the order of their names, each as long as a person needs to look at it."""

    live = False
    seconds = 1.0

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        if not self._paths:
            raise MienError(f"{folder} has no pictures in it ({', '.join(sorted(SUFFIXES))}).")
        self._index = 0
        self._place = 0

    def read(self) -> Frame | None:
        """The next picture that can be read; None at the end."""
        while self._place < len(self._paths):
            path = self._paths[self._place]
            self._place += 1
            image = cv2.imread(str(path), cv2.IMREAD_COLOR)
            if image is None:
                log.warning("%s is no readable picture and is left out.", path)
                continue
            frame = Frame(self._index, self._index * self.seconds, np.asarray(image, np.uint8))
            self._index += 1
            return frame
        return None

    def close(self) -> None:
        """Nothing to let go of."""
