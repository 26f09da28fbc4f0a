"""Where frames come from: a camera, a network camera, a video file, pictures, or a demo that needs nothing."""

from pathlib import Path

from mien.errors import MienError
from mien.sources.address import DEMO, is_demo, is_live, is_network, shown_name, without_password
from mien.sources.base import Source
from mien.sources.demo import DemoSource
from mien.sources.devices import Camera, camera_name, cameras
from mien.sources.opencv_camera import CameraSource, NetworkCameraSource
from mien.sources.pictures import FolderSource, PictureSource, is_picture
from mien.video import VideoFile

__all__ = [
    "DEMO",
    "Camera",
    "CameraSource",
    "DemoSource",
    "FolderSource",
    "NetworkCameraSource",
    "PictureSource",
    "Source",
    "camera_name",
    "cameras",
    "is_demo",
    "is_live",
    "is_network",
    "open_source",
    "shown_name",
    "without_password",
]


def open_source(address: str) -> Source:
    """Open a source.

    Args:
        address: `demo`, `demo:6` (with six faces), a camera's number, a network camera's address, a video, a picture,
            or a folder of pictures.

    Raises:
        MienError: it cannot be opened.
    """
    if is_demo(address):
        count = address.partition(":")[2] or "1"
        if not count.isdigit():
            raise MienError(f"'{address}' is no demo. Write demo:6 for one with six faces.")
        return DemoSource(int(count))
    if address.isdigit():
        return CameraSource(int(address))
    if is_network(address):
        return NetworkCameraSource(address)
    path = Path(address).expanduser()
    if path.is_dir():
        return FolderSource(path)
    if not path.is_file():
        raise MienError(f"{path} does not exist.")
    return PictureSource(path) if is_picture(path) else VideoFile(path)
