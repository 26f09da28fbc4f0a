"""A demo that needs no camera: the face of a photo, moved about, from large to small and back."""

import math
import re
from typing import Self

import cv2
import numpy as np

from mien import language
from mien.errors import MienError
from mien.sources.address import DEMO
from mien.types import Frame, Image
from mien.utils import paths
from mien.utils.images import read_picture

_FACE = (174, 50, 180, 180)  # where the face lies in the photo: left, top, width, height
_GROUND = (64, 58, 52)
_PORTRAIT = ((264, 150), (230, 220))  # what is shown of the photo, an ellipse: centre and half axes, px


class DemoSource:
    """One or several copies of a face that grow and shrink, blurred and dimmed for a moment, in a loop of 20 seconds.

    They are never out of sight: in a loop of any length each face stays one person.
    """

    live = False
    still = False
    fps = 25
    loop_s = 20.0
    smallest = 46.0
    """Side of the face at its smallest, px, with a box of 27 px; a smaller one would be lost now and then."""
    _size = (480, 640)

    def __init__(self, faces: int = 1, frames: int | None = None) -> None:
        """Read the photo.

        Args:
            faces: 1 to 12, each in its part of the picture.
            frames: end after so many; None never ends.

        Raises:
            MienError: it is another number of faces, or the photo is missing.
        """
        if not 1 <= faces <= 12:
            raise MienError(language.tr("The demo shows 1 to 12 faces."))
        self.name = "Demo" if faces == 1 else f"Demo, {faces} faces"
        self._photo = _faded(read_picture(paths.assets() / "astronaut.png"))
        self._faces, self._frames = faces, frames
        self._index = 0

    @classmethod
    def of(cls, address: str) -> Self:
        """The demo that an address asks for: `demo`, or `demo:6` with six faces.

        Raises:
            MienError: it asks for no number of faces that there is.
        """
        count = address.removeprefix(DEMO).removeprefix(":") or "1"
        if not re.fullmatch("[0-9]+", count):
            raise MienError(language.tr("There is no '{}'. Write demo:6 for the demo with six faces.").format(address))
        return cls(int(count))

    def go_to(self, time_s: float) -> None:
        """Go on with the first frame at or after a time, s; after 30,000 years it is always the same."""
        self._index = math.ceil(min(time_s, 1e12) * self.fps - 1e-6)

    def read(self) -> Frame | None:
        """The next frame of the loop."""
        if self._frames is not None and self._index >= self._frames:
            return None
        time_s = self._index / self.fps
        phase = time_s % self.loop_s / self.loop_s
        frame = Frame(self._index, time_s, self.draw(phase))
        self._index += 1
        return frame

    def draw(self, phase: float) -> Image:
        """The picture, BGR (480, 640, 3), at a phase of the loop, 0..1; at 0 all faces are large."""
        height, width = self._size
        columns = math.ceil(math.sqrt(self._faces))
        rows = math.ceil(self._faces / columns)
        image = np.full((height, width, 3), _GROUND, np.uint8)
        for i in range(self._faces):
            row, column = divmod(i, columns)
            top, bottom = row * height // rows, (row + 1) * height // rows
            left, right = column * width // columns, (column + 1) * width // columns
            image[top:bottom, left:right] = self._portrait(right - left, bottom - top, phase, i)
        if 0.65 < phase < 0.75:  # not sure, for two seconds
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), 2.0), np.uint8)
        if 0.85 < phase < 0.95:  # as sure as before
            image = np.asarray(cv2.convertScaleAbs(image, alpha=0.5), np.uint8)
        return image

    def _portrait(self, width: int, height: int, phase: float, number: int) -> Image:
        # Large, then small, and back. The scale changes evenly in its logarithm, so that each size lasts as long.
        largest = 0.46 * min(width, height)
        closeness = 0.5 + 0.5 * math.cos(2 * math.pi * phase)
        scale = self.smallest * (largest / self.smallest) ** closeness / _FACE[2]
        sway = 0.7 * number  # so that each face moves in its own way
        # A small one moves less, as one that is far away does: else a slow machine, which sees three frames a second,
        # would take it for another.
        reach = 0.25 + 0.75 * closeness
        x = width / 2 + 0.25 * width * reach * math.sin(4 * math.pi * phase + sway)
        y = height / 2 + 0.1 * height * reach * math.sin(6 * math.pi * phase + sway)
        left, top, face_width, face_height = _FACE
        centre = (left + face_width / 2, top + face_height / 2)
        matrix = np.array([[scale, 0, x - scale * centre[0]], [0, scale, y - scale * centre[1]]])
        photo = self._photo
        if scale < 1:  # smooth before shrinking
            photo = np.asarray(cv2.GaussianBlur(photo, (0, 0), 0.4 / scale), np.uint8)
        portrait = cv2.warpAffine(photo, matrix, (width, height), borderMode=cv2.BORDER_CONSTANT, borderValue=_GROUND)
        return np.asarray(portrait, np.uint8)

    def close(self) -> None:
        """Do nothing: nothing is open."""


def _faded(photo: Image) -> Image:
    """Head and shoulders, which fade into the ground."""
    mask = np.zeros(photo.shape[:2], np.float32)
    cv2.ellipse(mask, *_PORTRAIT, 0, 0, 360, 1.0, cv2.FILLED)
    soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), 8.0))[..., None]
    return np.asarray(soft * photo + (1 - soft) * np.array(_GROUND, np.float32)).round().astype(np.uint8)
