"""Where frames come from: a camera, a network camera, a video file, or a demo that needs nothing."""

import math
import os
import time
from pathlib import Path
from typing import Protocol

# OpenCV reports a camera that is not there in lines of its own; Mien says it in one.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")

import cv2
import numpy as np
from numpy.typing import NDArray

from mien import paths
from mien.errors import MienError
from mien.types import Frame, Image

DEMO = "demo"


class Source(Protocol):
    """Gives frames, one after another. Read and close it on one thread."""

    name: str
    """As a person would call it."""
    live: bool
    """Frames come at their own pace and are lost when nobody takes them; a file waits to be paced."""

    def read(self) -> Frame | None:
        """The next frame; None when there is no more."""
        ...

    def close(self) -> None:
        """Let go of the device or file."""
        ...


class _Capture:
    """What a camera and a file share: OpenCV's reader."""

    def __init__(self, address: int | str, failure: str) -> None:
        self._failure = failure
        self._capture = cv2.VideoCapture(address)
        if not self._capture.isOpened():
            self._capture.release()
            raise MienError(failure)
        self._index = 0

    def _next(self) -> Image | None:
        good, image = self._capture.read()
        return np.asarray(image, np.uint8) if good else None

    def close(self) -> None:
        """Let go of the device or file."""
        self._capture.release()


class CameraSource(_Capture):
    """A camera by its number, or a network camera by its address."""

    live = True

    def __init__(self, address: int | str) -> None:
        self.name = f"Camera {address}" if isinstance(address, int) else address
        super().__init__(
            address,
            f"{self.name} cannot be opened. Is it plugged in, free (no other program uses it) and allowed?"
            if isinstance(address, int)
            else f"{address} does not answer. Check the address and that the camera is on.",
        )
        self._began = time.monotonic()

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is gone."""
        image = self._next()
        if image is None:
            return None
        frame = Frame(self._index, time.monotonic() - self._began, image)
        self._index += 1
        return frame


class VideoSource(_Capture):
    """A video file, or a single picture."""

    live = False

    def __init__(self, path: Path) -> None:
        self.name = path.name
        if not path.is_file():
            raise MienError(f"{path} does not exist.")
        super().__init__(str(path), f"{path} is no video or picture that can be read.")

    def read(self) -> Frame | None:
        """The next frame with its own time stamp; None at the end."""
        image = self._next()
        if image is None:
            return None
        frame = Frame(self._index, self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, image)
        self._index += 1
        return frame


class DemoSource:
    """One photo's face, moved about, from large to 12 px, blurred and dimmed, in a loop of 20 seconds."""

    live = False
    name = "Demo"
    fps = 25
    loop_s = 20.0
    _size = (480, 640)
    _face = (174, 50, 180, 180)  # where the face lies in the photo: left, top, width, height
    _smallest, _largest = 12.0, 220.0  # px of the face

    def __init__(self, frames: int | None = None) -> None:
        """Read the photo.

        Args:
            frames: end after so many; None goes on for ever.
        """
        path = paths.assets() / "astronaut.png"
        photo = cv2.imread(str(path))
        if photo is None:
            raise MienError(f"{path} is missing. Install Mien again.")
        self._photo: NDArray[np.uint8] = np.asarray(photo, np.uint8)
        self._frames = frames
        self._index = 0

    def read(self) -> Frame | None:
        """The next frame of the loop."""
        if self._frames is not None and self._index >= self._frames:
            return None
        time_s = self._index / self.fps
        frame = Frame(self._index, time_s, self._draw(time_s % self.loop_s / self.loop_s))
        self._index += 1
        return frame

    def _draw(self, phase: float) -> Image:
        height, width = self._size
        # Large, then small, and back; the logarithm gives each size the same time.
        closeness = 0.5 + 0.5 * math.cos(2 * math.pi * phase)
        side = self._smallest * (self._largest / self._smallest) ** closeness
        scale = side / self._face[2]
        x = width / 2 + 0.25 * width * math.sin(4 * math.pi * phase)
        y = height / 2 + 0.1 * height * math.sin(6 * math.pi * phase)
        left, top, face_width, face_height = self._face
        centre = (left + face_width / 2, top + face_height / 2)
        matrix = np.array([[scale, 0, x - scale * centre[0]], [0, scale, y - scale * centre[1]]])
        photo = self._photo
        if scale < 1:  # smooth before shrinking
            photo = np.asarray(cv2.GaussianBlur(photo, (0, 0), 0.4 / scale), np.uint8)
        image = cv2.warpAffine(photo, matrix, (width, height), borderMode=cv2.BORDER_CONSTANT, borderValue=(64, 58, 52))
        if 0.55 < phase < 0.75:
            image = cv2.GaussianBlur(image, (0, 0), 2.0)
        if 0.75 <= phase < 0.9:
            image = cv2.convertScaleAbs(image, alpha=0.35)
        return np.asarray(image, np.uint8)

    def close(self) -> None:
        """Nothing to let go of."""


def open_source(address: str) -> Source:
    """Open `demo`, a camera's number, a network camera's address, or a file.

    Raises:
        MienError: it cannot be opened.
    """
    if address == DEMO:
        return DemoSource()
    if address.isdigit():
        return CameraSource(int(address))
    if "://" in address:
        return CameraSource(address)
    return VideoSource(Path(address).expanduser())
