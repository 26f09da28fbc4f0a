import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from tests.conftest import write_demo
from tests.core.video.clips import add_stream, counted

from mien.errors import MienError
from mien.video import VideoFile
from mien.video.writer import Sound, VideoWriter


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


@pytest.mark.parametrize("second_s", [0.0, 400.0])
def test_the_sound_of_joined_streams_goes_on(tmp_path: Path, second_s: float) -> None:
    both = tmp_path / "both.ts"
    for start_s in (0.0, second_s):
        with av.open(str(tmp_path / "part.ts"), "w") as out:
            video = add_stream(out, "mpeg2video", (64, 48))
            sound: Any = out.add_stream("aac", rate=16_000)
            for i, image in enumerate(counted(20)):
                frame = VideoFrame.from_ndarray(image, format="bgr24")
                frame.pts, frame.time_base = round(start_s * 25) + i, Fraction(1, 25)
                out.mux(video.encode(frame))
            silence = av.AudioFrame.from_ndarray(np.zeros((1, 12_800), np.float32), "fltp", "mono")
            silence.sample_rate, silence.pts, silence.time_base = 16_000, round(start_s * 16_000), Fraction(1, 16_000)
            out.mux(sound.encode(silence) + sound.encode(None) + video.encode(None))
        with both.open("ab") as file:
            file.write((tmp_path / "part.ts").read_bytes())
    with (
        VideoFile(both) as read,
        Sound(both, read.first_s, read.first_s + 10) as sound_of,
        VideoWriter(tmp_path / "a.mp4", 64, 48, 25, sound=sound_of) as writer,
    ):
        for frame in iter(read.read, None):
            writer.write(frame.image, frame.time_s - read.first_s)
    with av.open(str(tmp_path / "a.mp4")) as made:
        times = [float(packet.pts * packet.time_base) for packet in made.demux(audio=0) if packet.pts is not None]
    assert 1.5 < times[-1] < 1.7
    assert np.diff(times) == pytest.approx([0.064] * (len(times) - 1), abs=0.03)
