from pathlib import Path

import pytest

from mien.types import Image
from mien.video import VideoFile


@pytest.fixture(scope="module")
def grounds(shared: Path) -> list[Image]:
    """Frames without people, on which faces are pasted."""
    with VideoFile(shared / "clips" / "no_face.mp4") as video:
        frames = [frame.image for _ in range(80) if (frame := video.read()) is not None]
    return frames[::20]
