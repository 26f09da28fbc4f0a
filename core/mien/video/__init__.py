"""Video files, read and written with exact times."""

from mien.video.reader import VideoFile

__all__ = ["VideoFile"]
