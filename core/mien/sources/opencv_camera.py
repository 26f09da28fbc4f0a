"""Cameras and network cameras, read by OpenCV."""

import time

import cv2
import numpy as np

from mien.errors import MienError
from mien.sources.address import without_password
from mien.sources.devices import camera_name, interface
from mien.types import Frame

_TIMEOUT_MS = 5000  # of a network camera: to answer, and between two frames


class _Capture:
    """What they share: OpenCV's reader, and the clock."""

    live = True
    still = False

    def __init__(self, capture: cv2.VideoCapture, failure: str) -> None:
        self._capture = capture
        if not capture.isOpened():
            capture.release()
            raise MienError(failure)
        self._index = 0
        self._began = time.monotonic()

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is gone."""
        good, image = self._capture.read()
        if not good:
            return None
        frame = Frame(self._index, time.monotonic() - self._began, np.asarray(image, np.uint8))
        self._index += 1
        return frame

    def close(self) -> None:
        """Let go of the device."""
        self._capture.release()


class CameraSource(_Capture):
    """A camera by its number."""

    def __init__(self, number: int) -> None:
        self.name = camera_name(number)
        capture = cv2.VideoCapture(number, interface())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one from a queue
        super().__init__(
            capture,
            f"{self.name} cannot be opened. Is it plugged in, allowed, and not in use by another program?",
        )


class NetworkCameraSource(_Capture):
    """A network camera by its address: RTSP, or MJPEG over HTTP."""

    def __init__(self, address: str) -> None:
        self.name = without_password(address)
        timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
        super().__init__(
            cv2.VideoCapture(address, cv2.CAP_FFMPEG, timeouts),
            f"{self.name} does not answer. Check the address and that the camera is on.",
        )
