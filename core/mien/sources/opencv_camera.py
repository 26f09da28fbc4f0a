"""Cameras of this machine, read by OpenCV."""

import cv2
import numpy as np

from mien import language
from mien.errors import MienError
from mien.sources.clock import CameraClock
from mien.sources.devices import camera_name, interface
from mien.types import Frame


class CameraSource:
    """A camera of this machine, by its number."""

    live = True
    still = False

    def __init__(self, number: int, clock: CameraClock) -> None:
        """Open it.

        Raises:
            MienError: it cannot be opened.
        """
        self.name = camera_name(number)
        capture = cv2.VideoCapture(number, interface())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one from a queue
        if not capture.isOpened():
            capture.release()
            raise MienError(
                language.tr(
                    "{} cannot be opened. Is it plugged in, allowed, and not in use by another program?"
                ).format(self.name)
            )
        self._capture, self._clock = capture, clock

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is lost."""
        good, image = self._capture.read()
        return self._clock.frame(np.asarray(image, np.uint8)) if good else None

    def close(self) -> None:
        """Close the device."""
        self._capture.release()
