"""Where frames come from: a camera, a network camera, a video file, pictures, or a demo that needs nothing."""

from mien.sources.address import (
    DEMO,
    Address,
    AnyAddress,
    CameraAddress,
    is_camera,
    is_demo,
    is_live,
    is_network,
    shown_name,
    without_password,
)
from mien.sources.base import Source
from mien.sources.clock import CameraClock
from mien.sources.demo import DemoSource
from mien.sources.devices import Camera, cameras
from mien.sources.registry import open_source
from mien.utils.file_kinds import PICTURES, VIDEOS, is_picture

__all__ = [
    "DEMO",
    "PICTURES",
    "VIDEOS",
    "Address",
    "AnyAddress",
    "Camera",
    "CameraAddress",
    "CameraClock",
    "DemoSource",
    "Source",
    "cameras",
    "is_camera",
    "is_demo",
    "is_live",
    "is_network",
    "is_picture",
    "open_source",
    "shown_name",
    "without_password",
]
