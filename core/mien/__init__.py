"""Mien: facial expression recognition with a learned resizer in front of a transformer.

Importing this package is cheap: PyTorch, OpenCV and OpenVINO are loaded by the modules that need them. It switches
off what they would report of their use and keeps their caches in Mien's folder, so it comes before them.
"""

import os

from mien.utils import own_folders, telemetry

__version__ = "0.1.0"

telemetry.switch_off()
own_folders.choose()

# Read by OpenCV when it is first imported. It reports a camera that is not there in lines of its own; Mien says it
# in one. And on Windows its cameras open many times faster without hardware transforms.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
