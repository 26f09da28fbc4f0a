from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
from av.stream import Disposition
from av.video.frame import VideoFrame
from tests.core.video.clips import RATE, add_stream, counted, faces, number, write_clip

from mien.analysis.analyse import analyse
from mien.analysis.frame_selection import FrameSelection
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.errors import MienError
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session
from mien.types import Frame, Image
from mien.video import VideoFile
from mien.video.clock import FrameClock
from mien.video.parts import parts

STEP = 1 / RATE


def frames_of(path: Path) -> list[Frame]:
    with VideoFile(path) as video:
        return list(iter(video.read, None))


def several_streams(path: Path, streams: list[tuple[int, int, Disposition]]) -> Path:
    """A file with a stream of grey pictures for each (side in px, grey, disposition)."""
    with av.open(str(path), "w") as out:
        made = [(add_stream(out, "libx264", (side, side)), side, grey) for side, grey, _ in streams]
        for (stream, _, _), (_, _, disposition) in zip(made, streams, strict=True):
            stream.disposition = disposition
        for stream, side, grey in made:
            for i in range(3):
                frame = VideoFrame.from_ndarray(np.full((side, side, 3), grey, np.uint8), format="bgr24")
                frame.pts, frame.time_base = i, Fraction(1, RATE)
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
    return path


NONE, DEFAULT = Disposition(0), Disposition.default


@pytest.mark.parametrize(
    ("streams", "grey"),
    [
        ([(32, 50, NONE), (32, 200, DEFAULT)], 200),
        ([(64, 50, NONE), (32, 200, DEFAULT)], 200),  # a smaller one that is to be shown
        ([(32, 50, NONE), (64, 200, NONE), (48, 100, NONE)], 200),
        ([(32, 50, DEFAULT), (64, 200, DEFAULT)], 200),
        ([(64, 50, DEFAULT), (32, 200, NONE)], 50),
    ],
)
def test_the_default_stream_is_read_else_the_largest(
    tmp_path: Path, streams: list[tuple[int, int, Disposition]], grey: int
) -> None:
    read = frames_of(several_streams(tmp_path / "a.mkv", streams))
    assert len(read) == 3
    assert abs(read[1].image.mean() - grey) < 4


@pytest.mark.parametrize(
    ("ending", "container", "codec"), [("mp3", "mp3", "mp3"), ("m4a", "mp4", "aac"), ("flac", "flac", "flac")]
)
def test_the_cover_of_a_piece_of_music_is_no_video(tmp_path: Path, ending: str, container: str, codec: str) -> None:
    path = tmp_path / f"music.{ending}"
    with av.open(str(path), "w", format=container) as out:
        sound: Any = out.add_stream(codec, rate=44_100)
        cover: Any = out.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        picture = cover.encode(VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="bgr24"))
        out.mux(picture + cover.encode(None))
        silence = av.AudioFrame(format=sound.format.name, layout=sound.layout.name, samples=1024)
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        silence.sample_rate, silence.pts = 44_100, 0
        out.mux(sound.encode(silence) + sound.encode(None))
    with pytest.raises(MienError, match="has no video in it") as refused:
        VideoFile(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("ending", ["mp4", "m4v", "mov"])
def test_the_cover_of_a_film_is_not_read_in_its_place(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"film.{ending}"
    with av.open(str(path), "w", format="mp4") as out:
        cover: Any = out.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 128, 128, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        film = add_stream(out, "libx264", (64, 48))
        black = VideoFrame.from_ndarray(np.zeros((128, 128, 3), np.uint8), format="bgr24")
        out.mux(cover.encode(black) + cover.encode(None))
        for i, image in enumerate(counted(4)):
            frame = VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = i, Fraction(1, RATE)
            out.mux(film.encode(frame))
        out.mux(film.encode(None))
    assert [number(frame.image) for frame in frames_of(path)] == [0, 1, 2, 3]


@pytest.mark.parametrize(("ending", "start_s"), [("ts", 0.0), ("ts", 30_000.0), ("mkv", 7.0), ("mov", 40.0)])
def test_start_and_end_count_from_the_first_frame(tmp_path: Path, ending: str, start_s: float) -> None:
    codec = "mpeg2video" if ending == "ts" else "libx264"
    path = write_clip(tmp_path / f"late.{ending}", counted(20), codec, start_s=start_s)
    whole = frames_of(path)
    assert [number(f.image) for f in whole] == list(range(20))
    first_s = whole[0].time_s
    assert first_s >= start_s
    assert [f.time_s - first_s for f in whole] == pytest.approx([i * STEP for i in range(20)], abs=1e-3)
    with FrameSelection(path, AnalysisOptions(start_s=0.2, end_s=0.4)) as selection:
        chosen = [frame for chunk in selection.chunks() for frame in chunk]
        assert selection.expected == 5
    assert [number(f.image) for f in chosen] == [5, 6, 7, 8, 9]
    assert [f.time_s for f in chosen] == [f.time_s for f in whole[5:10]]  # on the file's own clock


def joined(path: Path, *parts: Path) -> Path:
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def part(folder: Path, name: str, images: list[Image], start_s: float, codec: str = "mpeg2video", **more: Any) -> Path:
    return write_clip(folder / f"{name}.ts", images, codec, start_s=start_s, **more)


@pytest.mark.parametrize("second_s", [0.0, 5000.0, 0.3])  # back to the beginning, forward, into the first's middle
@pytest.mark.parametrize("codec", ["mpeg2video", "libx264"])
def test_joined_streams_go_on_in_time(tmp_path: Path, second_s: float, codec: str) -> None:
    images = counted(20)
    a, b = part(tmp_path, "a", images[:12], 0.0, codec), part(tmp_path, "b", images[12:], second_s, codec)
    path = joined(tmp_path / "ab.ts", a, b)
    read = frames_of(path)
    assert [number(f.image) for f in read] == list(range(20))
    assert [f.index for f in read] == list(range(20))
    assert np.diff([f.time_s for f in read]) == pytest.approx([STEP] * 19, abs=2e-3)
    with VideoFile(path) as video:  # each frame is found again, as Review and a resumed analysis look for it
        for place in (3, 15, 8, 18, 0):
            video.go_on_after(place, read[place].time_s)
            frame = video.read()
            assert frame is not None
            assert (frame.index, frame.time_s, number(frame.image)) == (place + 1, read[place + 1].time_s, place + 1)
        for place in (14, 2):
            video.go_to(read[place].time_s)
            frame = video.read()
            assert frame is not None
            assert (frame.index, number(frame.image)) == (place, place)


def test_a_size_that_changes_within_a_stream(tmp_path: Path) -> None:
    images = counted(20)
    wide = [np.full((96, 128, 3), image[0, 0], np.uint8) for image in images[12:]]
    a, b = part(tmp_path, "a", images[:12], 0.0, "libx264"), part(tmp_path, "b", wide, 0.0, "libx264")
    read = frames_of(joined(tmp_path / "ab.ts", a, b))
    assert [number(f.image) for f in read] == list(range(20))
    assert [f.image.shape[:2] for f in read] == [(48, 64)] * 12 + [(96, 128)] * 8
    assert np.diff([f.time_s for f in read]) == pytest.approx([STEP] * 19, abs=2e-3)


@pytest.mark.parametrize(
    ("first", "second"), [("libx264", "mpeg2video"), ("mpeg2video", "libx264"), ("libx264", "libx265")]
)
def test_a_codec_that_changes_within_a_stream(tmp_path: Path, first: str, second: str) -> None:
    images = counted(20)
    a, b = part(tmp_path, "a", images[:12], 0.0, first), part(tmp_path, "b", images[12:], 0.0, second)
    path = joined(tmp_path / "ab.ts", a, b)
    begins = a.stat().st_size + 188  # behind the list of services, which FFmpeg writes first
    assert parts(path) == [(0, begins), (begins, path.stat().st_size)]
    read = frames_of(path)
    assert [number(f.image) for f in read] == list(range(20))
    assert np.diff([f.time_s for f in read]) == pytest.approx([STEP] * 19, abs=2e-3)
    with VideoFile(path) as video:
        assert video.duration_s == pytest.approx(20 * STEP, abs=2 * STEP)  # of both parts
        video.go_on_after(14, read[14].time_s)
        frame = video.read()
    assert frame is not None
    assert number(frame.image) == 15


def test_one_long_stream_is_one_part_and_a_change_in_its_middle_is_found(tmp_path: Path) -> None:
    a = part(tmp_path, "a", counted(8), 0.0, "libx264")
    b = part(tmp_path, "b", counted(8), 0.0, "mpeg2video")
    size, other = a.stat().st_size, b.stat().st_size
    long = joined(tmp_path / "long.ts", *[a] * 12_000)
    assert long.stat().st_size > 40_000_000
    assert parts(long) == [(0, 12_000 * size)]
    path = joined(tmp_path / "ab.ts", *[a] * 8007, *[b] * 5000)
    begins = 8007 * size + 188
    assert parts(path) == [(0, begins), (begins, 8007 * size + 5000 * other)]


def test_a_camera_that_was_silent_keeps_its_times(tmp_path: Path) -> None:
    path = tmp_path / "gap.mp4"
    with av.open(str(path), "w") as out:
        stream = add_stream(out, "libx264", (64, 48))
        for i, image in enumerate(counted(6)):
            frame = VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = i + (2000 if i > 2 else 0), Fraction(1, RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert frames_of(path)[3].time_s == pytest.approx(2003 / RATE)


def test_a_clock_never_goes_back() -> None:
    clock = FrameClock(0.04, gaps_are_joins=True)
    own = [5.0, 5.04, 5.03, 5.08, None, 0.0, 0.04, 3600.0, 3600.04]
    times = [clock.time_s(t) for t in own]
    assert times == pytest.approx([5.0, 5.04, 5.041, 5.08, 5.12, 5.16, 5.2, 5.24, 5.28])


def test_faces_after_a_join_have_boxes_of_their_own_frame(tmp_path: Path, model_path: str) -> None:
    small, large = faces(8)[:6], [cv2.resize(image, (640, 480)) for image in faces(8)[:6]]
    a, b = part(tmp_path, "a", small, 0.0, "libx264"), part(tmp_path, "b", large, 0.0, "libx264")
    path = joined(tmp_path / "ab.ts", a, b)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        manifest = analyse(path, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    assert manifest.counts["frames"] == 12
    assert np.diff(session.frame_times).min() > 0.9 * STEP
    for place in range(6):
        (before,), (after,) = session.predictions(place), session.predictions(place + 6)
        assert np.array(after.face.box) / 2 == pytest.approx(np.array(before.face.box), abs=0.2 * before.face.size)
    VIDEO.export(session, tmp_path / "annotated.mp4", ExportOptions())
    assert len(frames_of(tmp_path / "annotated.mp4")) == 12
