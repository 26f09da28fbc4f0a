"""The sound of videos, read as samples at the file's own times."""

from pathlib import Path

import av
import numpy as np
import pytest
from tests.core.video.clips import clock_sound

from mien.errors import MienError
from mien.video.sound import RATE, SoundFile, has_sound


def read(file: SoundFile, seconds: float) -> tuple[int, np.ndarray]:
    """Where it begins, and at least so much of it, which has no gap."""
    first = file.read()
    pieces = [first]
    while pieces[-1].end - first.start < seconds * RATE and (piece := file.read()) is not None:
        assert piece.start == pieces[-1].end
        pieces.append(piece)
    return first.start, np.concatenate([piece.samples for piece in pieces])


@pytest.mark.parametrize("rate", [44_100, 8_000])
def test_each_sample_has_its_time_also_after_seeking(tmp_path: Path, rate: int) -> None:
    path = clock_sound(tmp_path / "clock.mov", 2.0, rate)
    assert has_sound(path)
    with SoundFile(path) as file:
        for time_s in (0.0, 1.2, 0.5):
            file.go_to(time_s)
            start, samples = read(file, 0.5)
            assert start <= round(time_s * RATE) + 1
            assert samples.shape[1] == 2
            times = (start + np.arange(len(samples))) / RATE
            inner = slice(RATE // 100, -RATE // 100)
            assert samples[inner, 0] == pytest.approx(times[inner] / 10, abs=0.0005)
        file.go_to(1.9)
        read(file, 60)
        assert file.read() is None


def test_sound_that_becomes_another_kind_within_the_file_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "joined.ts"
    for rate, layout, value in ((48_000, "stereo", 0.2), (44_100, "mono", 0.4)):
        with av.open(str(tmp_path / "part.ts"), "w") as container:
            video = container.add_stream("mpeg4", rate=25)
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
            sound = container.add_stream("mp2", rate=rate, layout=layout)
            for index in range(25):
                container.mux(video.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), index, np.uint8))))
            samples = np.full((1, rate * sound.layout.nb_channels), round(value * 32767), np.int16)
            frame = av.AudioFrame.from_ndarray(samples, "s16", layout)
            frame.sample_rate = rate
            container.mux([*sound.encode(frame), *sound.encode(), *video.encode()])
        with path.open("ab") as joined:
            joined.write((tmp_path / "part.ts").read_bytes())
    with SoundFile(path) as file:
        pieces = []
        while (piece := file.read()) is not None:
            pieces.append(piece.samples)
    assert len(np.concatenate(pieces)) == pytest.approx(2 * RATE, rel=0.1)


def test_a_video_without_sound(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        container.mux(stream.encode())
    assert not has_sound(path)
    with pytest.raises(MienError, match="has no sound"):
        SoundFile(path)
