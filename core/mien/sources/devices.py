"""The cameras of this machine, by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Camera:
    """A camera that is plugged in."""

    number: int
    """What `open_source` takes."""
    name: str


def cameras() -> list[Camera]:
    """The cameras that are plugged in, in the order of their numbers."""
    import cv2
    from cv2_enumerate_cameras import enumerate_cameras

    # The system's own interface; others list the same cameras again.
    preferred = {"V4L2", "AVFOUNDATION", "MSMF"}
    found: dict[int, Camera] = {}
    for info in enumerate_cameras():
        backend = cv2.videoio_registry.getBackendName(info.backend)
        number = info.index % 100  # hundreds stand for the interface
        if backend in preferred and number not in found:
            found[number] = Camera(number, info.name or f"Camera {number}")
    return [found[number] for number in sorted(found)]


def camera_name(number: int) -> str:
    """The name of a camera, or its number where it has none."""
    return next((camera.name for camera in cameras() if camera.number == number), f"Camera {number}")
