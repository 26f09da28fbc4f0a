"""Cameras of this machine, read by OpenCV."""

import cv2
import numpy as np

from mien import language
from mien.errors import MienError
from mien.sources.address import CameraAddress
from mien.sources.clock import CameraClock
from mien.sources.devices import camera_name, interface, spoken_name
from mien.types import Frame


class CameraSource:
    """A camera of this machine."""

    live = True
    still = False

    notice = ""
    """What it was asked for and does not give, in a sentence; empty where there is nothing."""

    def __init__(self, wanted: CameraAddress, clock: CameraClock) -> None:
        """Open it, and ask it for what is wanted; what it gives instead is said in `notice`.

        Raises:
            MienError: it cannot be opened.
        """
        self.name = camera_name(wanted.number)
        capture = cv2.VideoCapture(wanted.number, interface())
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not one from a queue
        if not capture.isOpened():
            capture.release()
            raise MienError(
                language.tr(
                    "{} cannot be opened. Is it plugged in, allowed, and not in use by another program?"
                ).format(spoken_name(wanted.number, self.name))
            )
        self.notice = _ask(capture, wanted, spoken_name(wanted.number, self.name))
        self._capture, self._clock = capture, clock

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is lost."""
        good, image = self._capture.read()
        return self._clock.frame(np.asarray(image, np.uint8)) if good else None

    def close(self) -> None:
        """Close the device."""
        self._capture.release()


def _ask(capture: cv2.VideoCapture, wanted: CameraAddress, name: str) -> str:
    """Ask a camera for a size and a rate; a sentence where it gives others, else an empty one."""
    if wanted.width:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # plain, USB is too slow for large pictures
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height)
    if wanted.fps:
        capture.set(cv2.CAP_PROP_FPS, wanted.fps)
    width, height = round(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    fps = capture.get(cv2.CAP_PROP_FPS)  # 0 where the system does not know
    other_size = bool(wanted.width) and (width, height) != (wanted.width, wanted.height)
    other_rate = bool(wanted.fps) and fps > 0 and abs(fps - wanted.fps) > 1  # 29.97 is 30
    if not other_size and not other_rate:
        return ""
    size, rate = "{}x{}", language.tr("{} frames a second")
    asked = [size.format(wanted.width, wanted.height)] * other_size + [rate.format(wanted.fps)] * other_rate
    given = [size.format(width, height)] * other_size + [rate.format(round(fps))] * other_rate
    text = language.tr("{} gives {}, and not {} as it was asked for.")
    return text.format(name, ", ".join(given), ", ".join(asked))
