"""Mien: facial expression recognition with a learned resizer in front of a small network.

    import mien

    for face in mien.read("people.jpg").faces:
        print(face.label, face.confidence, face.face.box)

Importing this package is cheap: each public name is loaded when it is first used, and PyTorch, OpenCV and OpenVINO with
the one that needs them. Before any of them is loaded, their reports of use are switched off and their caches put into
Mien's own folder.
"""

from mien import _early as _early  # isort: skip  # first of all

import importlib
import os
from typing import TYPE_CHECKING

from mien.utils import own_folders, telemetry

if TYPE_CHECKING:
    from mien.api.functions import analyze, read, read_crops, stream
    from mien.api.result import Result, Results
    from mien.errors import MienError
    from mien.expressions import EXPRESSIONS
    from mien.recognition.recognizer import Recognizer
    from mien.recognition.settings import RecognizerSettings
    from mien.session.session import Session
    from mien.sources import Source, cameras, open_source
    from mien.types import BalancingTrace, Face, Frame, HeadPose, Image, Prediction, Recognition, ResizerViews
    from mien.utils.images import read_picture
    from mien.video.reader import VideoFile

__version__ = "0.1.0"

__all__ = [
    "EXPRESSIONS",
    "BalancingTrace",
    "Face",
    "Frame",
    "HeadPose",
    "Image",
    "MienError",
    "Prediction",
    "Recognition",
    "Recognizer",
    "RecognizerSettings",
    "ResizerViews",
    "Result",
    "Results",
    "Session",
    "Source",
    "VideoFile",
    "analyze",
    "cameras",
    "open_source",
    "read",
    "read_crops",
    "read_picture",
    "stream",
]

_MODULES = {
    "EXPRESSIONS": "mien.expressions",
    "MienError": "mien.errors",
    "Recognizer": "mien.recognition.recognizer",
    "RecognizerSettings": "mien.recognition.settings",
    "Result": "mien.api.result",
    "Results": "mien.api.result",
    "Session": "mien.session.session",
    "Source": "mien.sources",
    "VideoFile": "mien.video.reader",
    "cameras": "mien.sources",
    "open_source": "mien.sources",
    "read_picture": "mien.utils.images",
    **dict.fromkeys(("analyze", "read", "read_crops", "stream"), "mien.api.functions"),
}  # all others are in mien.types

telemetry.switch_off()
own_folders.choose()

# OpenCV reads these when it is first imported. It reports a missing camera in several lines of its own; Mien does in
# one. And on Windows its cameras open many times faster without hardware transforms.
os.environ.setdefault("OPENCV_LOG_LEVEL", "FATAL")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")


if not TYPE_CHECKING:  # a type checker would take any name at all for a public one

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(_MODULES.get(name, "mien.types")), name)
        globals()[name] = value  # the next use comes straight here
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
