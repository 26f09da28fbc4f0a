"""The cameras of this machine, by number and name."""

import sys
from dataclasses import dataclass
from itertools import chain, count

from mien import language


@dataclass(frozen=True)
class Camera:
    """A camera that is plugged in."""

    number: int
    """As an address of `open_source`, written as text."""
    name: str


def interface() -> int:
    """OpenCV's number of this system's camera interface. Cameras are named and opened through the same one."""
    import cv2

    return {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_MSMF}.get(sys.platform, cv2.CAP_ANY)


def cameras() -> list[Camera]:
    """The cameras that are plugged in, in the order of their numbers; no two have one name."""
    from cv2_enumerate_cameras import enumerate_cameras

    found = {info.index: info.name or _by_number(info.index) for info in enumerate_cameras(interface())}
    given: dict[str, int] = {}
    for number in sorted(found):
        own = found[number]
        counted = (f"{own} ({i})" for i in count(2))  # two of one model have one name
        others = (name for name in counted if name not in found.values())  # one may be called "X (2)" itself
        given[next(name for name in chain([own], others) if name not in given)] = number
    return [Camera(number, name) for name, number in given.items()]


def camera_name(number: int) -> str:
    """The name of a camera, or its number where it has none."""
    return next((camera.name for camera in cameras() if camera.number == number), _by_number(number))


def spoken_name(number: int, name: str) -> str:
    """A camera's name in a sentence that a person reads: that of one without a name is in their language."""
    return language.tr("Camera {}").format(number) if name == _by_number(number) else name


def _by_number(number: int) -> str:
    return f"Camera {number}"
