import gc
import struct
import weakref
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from tests.conftest import DEMO_FRAMES, write_demo

from mien.errors import MienError
from mien.video import VideoFile


def listed(path: Path) -> list[float]:
    """The times of the container's own list of frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return sorted(float(p.pts * stream.time_base) for p in container.demux(stream) if p.pts is not None)


def read_all(path: Path) -> list[tuple[int, float]]:
    with VideoFile(path) as video:
        read = []
        while (frame := video.read()) is not None:
            read.append((frame.index, frame.time_s))
        return read


def test_every_frame_in_order_once_with_its_time(demo_video: Path) -> None:
    read = read_all(demo_video)
    assert [index for index, _ in read] == list(range(DEMO_FRAMES))
    assert [time_s for _, time_s in read] == pytest.approx(listed(demo_video), abs=1e-6)
    gaps = np.diff([time_s for _, time_s in read])
    assert gaps.min() < 0.03  # the rate really varies
    assert gaps.max() > 0.9


def test_real_clips_have_the_containers_times(shared: Path) -> None:
    for name, frames in (("WolfgangLanger_Pexels.mp4", 472), ("face_noface.mov", 169), ("single_face.mp4", 72)):
        path = shared / "clips" / name
        read = read_all(path)
        assert len(read) == frames
        assert [time_s for _, time_s in read] == pytest.approx(listed(path)[:frames], abs=1e-3)


def test_an_odd_size(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    write_demo(path, 5, 161, 121)
    with VideoFile(path) as video:
        frame = video.read()
        assert frame is not None
        assert frame.image.shape == (122, 162, 3)  # H.264 in 4:2:0 has even sizes only: a column and a row were doubled


def test_a_turned_video_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "turned.mp4"
    write_demo(path, 3)
    with VideoFile(path) as video:
        plain = video.read()
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 44  # behind version, times, number, duration, layer and volume
    data[matrix : matrix + 36] = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    with VideoFile(path) as video:
        turned = video.read()
    assert plain is not None
    assert turned is not None
    assert np.array_equal(turned.image, np.rot90(plain.image, -1))  # a quarter clockwise, as players do


def test_what_was_cut_off_is_read_as_far_as_it_goes(demo_video: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.ts"
    with av.open(str(demo_video)) as source, av.open(str(whole), "w") as out:
        stream = source.streams.video[0]
        copy = out.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = copy
                out.mux(packet)
    data = whole.read_bytes()
    times = [time_s for _, time_s in read_all(whole)]
    assert len(times) == DEMO_FRAMES
    for share in np.random.default_rng(0).uniform(0.05, 0.95, 5):
        cut = tmp_path / "cut.ts"
        cut.write_bytes(data[: int(share * len(data))])
        read = read_all(cut)
        assert 0 < len(read) < DEMO_FRAMES
        # The last few may lack what they refer to; all before them are the frames that they were.
        assert [t for _, t in read][:-8] == pytest.approx(times[: len(read) - 8], abs=1e-6)


def test_going_on_after_a_frame(demo_video: Path) -> None:
    times = [time_s for _, time_s in read_all(demo_video)]
    with VideoFile(demo_video) as video:
        for index in (0, 1, 249, 250, 320, DEMO_FRAMES - 2, 3):
            video.go_on_after(index, times[index])
            frame = video.read()
            assert frame is not None
            assert (frame.index, frame.time_s) == (index + 1, times[index + 1])
        video.go_to(times[300] - 0.001)
        frame = video.read()
        assert frame is not None
        assert frame.index == 300
        with pytest.raises(MienError, match="ends before frame 5000"):
            video.go_on_after(5000, 999.0)


@pytest.mark.parametrize("content", [b"", b"This is a text.\n" * 50, b"\x00" * 5000])
def test_what_is_no_video_is_reported_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no video.mp4"
    path.write_bytes(content)
    with pytest.raises(MienError, match="cannot be read as a video or picture"):
        VideoFile(path)


@pytest.mark.parametrize("frames", [0, 1, 60])
def test_a_closed_file_holds_no_thread_of_its_decoder(tmp_path: Path, frames: int) -> None:
    """Nor memory, until the garbage collector finds it."""
    write_demo(tmp_path / "a.mp4", 30, 64, 48)
    gc.collect()
    gc.disable()
    try:
        before = psutil.Process().num_threads()
        video = VideoFile(tmp_path / "a.mp4")
        for _ in range(frames):
            video.read()
        video.close()
        gone = weakref.ref(video)
        del video
        assert gone() is None
        assert psutil.Process().num_threads() <= before  # those of others may end meanwhile
    finally:
        gc.enable()
