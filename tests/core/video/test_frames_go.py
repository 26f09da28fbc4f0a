import gc
from pathlib import Path

from av.video.frame import VideoFrame

from mien.video import VideoFile


def decoded() -> int:
    return sum(type(one) is VideoFrame for one in gc.get_objects())


def test_a_decoded_frame_goes_with_the_next_one(demo_video: Path) -> None:
    gc.collect()
    before = decoded()
    gc.disable()  # which may not come for minutes
    try:
        with VideoFile(demo_video) as video:
            for _ in range(10):
                assert video.read() is not None
        del video
        assert decoded() == before
    finally:
        gc.enable()
