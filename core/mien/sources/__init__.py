"""Where frames come from: a camera, a network camera, a video file, pictures, or a demo that needs nothing."""

from pathlib import Path

from mien.errors import MienError
from mien.sources.capture import CameraSource, NetworkCameraSource, VideoSource, without_password
from mien.sources.demo import DemoSource
from mien.sources.devices import Camera, camera_name, cameras
from mien.sources.pictures import FolderSource
from mien.sources.source import Source

__all__ = [
    "DEMO",
    "Camera",
    "CameraSource",
    "DemoSource",
    "FolderSource",
    "NetworkCameraSource",
    "Source",
    "VideoSource",
    "camera_name",
    "cameras",
    "is_live",
    "open_source",
    "without_password",
]

DEMO = "demo"


def open_source(address: str) -> Source:
    """Open a source.

    Args:
        address: `demo`, `demo:6` (with six faces), a camera's number, a network camera's address, a video, a picture,
            or a folder of pictures.

    Raises:
        MienError: it cannot be opened.
    """
    if address == DEMO:
        return DemoSource()
    if address.startswith(f"{DEMO}:"):
        count = address.removeprefix(f"{DEMO}:")
        if not count.isdigit():
            raise MienError(f"'{address}' is no demo. Write demo:6 for one with six faces.")
        return DemoSource(int(count))
    if address.isdigit():
        return CameraSource(int(address))
    if "://" in address:
        return NetworkCameraSource(address)
    path = Path(address).expanduser()
    return FolderSource(path) if path.is_dir() else VideoSource(path)


def is_live(address: str) -> bool:
    """Whether an address is that of a camera, which may come back when it is lost."""
    return address.isdigit() or "://" in address
