"""Cameras, network cameras and video files, read by OpenCV."""

import time
from pathlib import Path

import cv2
import numpy as np

from mien.errors import MienError
from mien.sources.addresses import without_password
from mien.sources.devices import camera_name, interface
from mien.types import Frame, Image

_TIMEOUT_MS = 5000  # of a network camera: to answer, and between two frames


class _Capture:
    """What a camera and a file share: OpenCV's reader."""

    still = False

    def __init__(self, capture: cv2.VideoCapture, failure: str) -> None:
        self._capture = capture
        if not capture.isOpened():
            capture.release()
            raise MienError(failure)
        self._index = 0

    def _next(self) -> Image | None:
        good, image = self._capture.read()
        return np.asarray(image, np.uint8) if good else None

    def close(self) -> None:
        """Let go of the device or file."""
        self._capture.release()


class _LiveCapture(_Capture):
    live = True

    def __init__(self, capture: cv2.VideoCapture, failure: str) -> None:
        super().__init__(capture, failure)
        self._began = time.monotonic()

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is gone."""
        image = self._next()
        if image is None:
            return None
        frame = Frame(self._index, time.monotonic() - self._began, image)
        self._index += 1
        return frame


class CameraSource(_LiveCapture):
    """A camera by its number."""

    def __init__(self, number: int) -> None:
        self.name = camera_name(number)
        capture = cv2.VideoCapture(number, interface())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one from a queue
        super().__init__(
            capture,
            f"{self.name} cannot be opened. Is it plugged in, allowed, and not in use by another program?",
        )


class NetworkCameraSource(_LiveCapture):
    """A network camera by its address: RTSP, or MJPEG over HTTP."""

    def __init__(self, address: str) -> None:
        self.name = without_password(address)
        timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
        super().__init__(
            cv2.VideoCapture(address, cv2.CAP_FFMPEG, timeouts),
            f"{self.name} does not answer. Check the address and that the camera is on.",
        )


class VideoSource(_Capture):
    """A video file."""

    live = False

    def __init__(self, path: Path) -> None:
        self.name = path.name
        super().__init__(cv2.VideoCapture(str(path)), f"{path} is no video or picture that can be read.")

    def read(self) -> Frame | None:
        """The next frame with its own time stamp; None at the end."""
        image = self._next()
        if image is None:
            return None
        frame = Frame(self._index, self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, image)
        self._index += 1
        return frame
