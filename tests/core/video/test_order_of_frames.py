"""Files that do not say when each of their frames is shown: H.264 in AVI, and bare streams."""

from pathlib import Path

import pytest
from tests.core.video.clips import RATE, counted, number, write_clip

from mien.video import VideoFile


@pytest.mark.parametrize("ending", ["avi", "h264"])
def test_frames_are_evenly_spaced_and_found_again(tmp_path: Path, ending: str) -> None:
    path = write_clip(tmp_path / f"film.{ending}", counted(30), gop_size=10, max_b_frames=3)
    with VideoFile(path) as video:
        frames = list(iter(video.read, None))
        assert [number(f.image) for f in frames] == list(range(30))
        assert [f.time_s - frames[0].time_s for f in frames] == pytest.approx([i / RATE for i in range(30)])
        for i in (1, 2, 7, 13, 21, 28):
            video.go_on_after(i, frames[i].time_s)
            assert number(next(iter(video.read, None)).image) == i + 1
            video.restart()
            video.go_to(frames[i].time_s)
            found = video.read()
            assert found is not None
            assert (number(found.image), found.index, found.time_s) == (i, i, pytest.approx(frames[i].time_s))
        for i in (1, 7, 21):  # as an older session says, in which another frame had that time
            video.go_on_after(i, frames[i + 2].time_s)
            assert number(next(iter(video.read, None)).image) == i + 1
