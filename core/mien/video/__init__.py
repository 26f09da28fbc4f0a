"""Video files: frames with their exact times, out and in."""

from mien.video.reader import VideoFile

__all__ = ["VideoFile"]
