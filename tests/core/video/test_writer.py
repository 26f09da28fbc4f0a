import sys
from pathlib import Path

import av
import numpy as np
import pytest
from tests.conftest import write_demo

from mien.errors import MienError
from mien.video import VideoFile
from mien.video.writer import VideoWriter


def test_written_videos_say_that_they_are_of_standard_range(tmp_path: Path) -> None:
    write_demo(tmp_path / "a.mp4", 2)
    with av.open(str(tmp_path / "a.mp4")) as container:
        context = container.streams.video[0].codec_context
        told = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
    assert told == (1, 1, 1, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
@pytest.mark.parametrize("safe", [False, True])
def test_a_full_disk_is_said_in_a_line(safe: bool) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), np.uint8)

    def write() -> None:
        with VideoWriter(Path("/dev/full"), 160, 120, 25, safe=safe) as writer:
            for i in range(100):
                writer.write(noise, i / 25)

    with pytest.raises(MienError, match=r"/dev/full cannot be written: No space left on device\."):
        write()


def test_a_frame_of_another_size_is_fitted_into_the_video(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", 160, 120, 25) as writer:
        for i, size in enumerate([(120, 160), (240, 320), (240, 160), (60, 400)]):
            writer.write(np.full((*size, 3), 200, np.uint8), i / 25)
    with VideoFile(tmp_path / "a.mp4") as video:
        read = [frame.image for frame in iter(video.read, None)]
    assert [image.shape for image in read] == [(120, 160, 3)] * 4
    for image, bright in zip(read, (1.0, 1.0, 0.5, 0.2), strict=True):  # the rest is black
        assert (image > 100).mean() == pytest.approx(bright, abs=0.02)
