"""Cameras and network cameras, read by OpenCV."""

import cv2
import numpy as np

from mien.errors import MienError
from mien.sources.address import without_password
from mien.sources.clock import CameraClock
from mien.sources.devices import camera_name, interface
from mien.types import Frame

_TIMEOUT_MS = 5000  # until a network camera answers, and between two of its frames


class _OpenCvCamera:
    """A camera that OpenCV has opened."""

    live = True
    still = False

    def __init__(self, capture: cv2.VideoCapture, clock: CameraClock, failure: str) -> None:
        if not capture.isOpened():
            capture.release()
            raise MienError(failure)
        self._capture, self._clock = capture, clock

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is lost."""
        good, image = self._capture.read()
        return self._clock.frame(np.asarray(image, np.uint8)) if good else None

    def close(self) -> None:
        """Close the device."""
        self._capture.release()


class CameraSource(_OpenCvCamera):
    """A camera of this machine, by its number."""

    def __init__(self, number: int, clock: CameraClock) -> None:
        """Open it.

        Raises:
            MienError: it cannot be opened.
        """
        self.name = camera_name(number)
        capture = cv2.VideoCapture(number, interface())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one from a queue
        super().__init__(
            capture,
            clock,
            f"{self.name} cannot be opened. Is it plugged in, allowed, and not in use by another program?",
        )


class NetworkCameraSource(_OpenCvCamera):
    """A network camera by its address: RTSP, or MJPEG over HTTP."""

    def __init__(self, address: str, clock: CameraClock) -> None:
        """Connect to it.

        Raises:
            MienError: it does not answer.
        """
        self.name = without_password(address)
        timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
        super().__init__(
            cv2.VideoCapture(address, cv2.CAP_FFMPEG, timeouts),
            clock,
            f"{self.name} does not answer. Check its address, and that it is switched on.",
        )
