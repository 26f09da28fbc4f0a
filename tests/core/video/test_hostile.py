"""Files that were damaged, or made to do harm: a right reading or one line, in bounded time and memory."""

import gc
import os
import random
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from tests.core.video.clips import counted, write_clip
from tests.fuzz.media import mutated, use

from mien.errors import MienError
from mien.sources import open_source
from mien.types import Frame
from mien.video import VideoFile

MB = 1 << 20


def put(data: bytearray, box: bytes, offset: int, *values: int) -> None:
    """Write 32 bit numbers into the first box of a kind, so many bytes behind its beginning."""
    start = data.index(box) - 4 + offset
    data[start : start + 4 * len(values)] = struct.pack(f">{len(values)}I", *values)


def many_samples(data: bytearray) -> None:
    count = 50_000_000  # of a byte each, in one chunk: an index of 2 GB
    put(data, b"stsz", 12, 1, count)
    put(data, b"stsc", 20, count)
    put(data, b"stts", 16, count)


def few_bytes(data: bytearray) -> None:
    count = 100_000
    put(data, b"stsz", 12, 1, count)
    put(data, b"stsc", 20, count)
    put(data, b"stts", 16, count)


def huge_sizes(data: bytearray) -> None:
    put(data, b"tkhd", 84, 60_000 << 16, 60_000 << 16)
    at = data.index(b"avc1", data.index(b"stsd")) + 28
    data[at : at + 4] = struct.pack(">2H", 60_000, 60_000)


def no_codec(data: bytearray) -> None:
    at = data.index(b"avc1", data.index(b"stsd"))
    data[at : at + 4] = b"none"


def endless_boxes(data: bytearray) -> None:
    for box in (b"mdia", b"minf", b"stbl"):
        put(data, box, 0, 0x7FFFFFFF)


def long_table(data: bytearray) -> None:
    put(data, b"stts", 12, 0x0FFFFFFF)


def no_time(data: bytearray) -> None:
    put(data, b"mdhd", 20, 0, 0xFFFFFFFF)


def outcome(path: Path) -> list[Frame] | str:
    """The frames of a file, or what a person is told."""
    try:
        with VideoFile(path) as video:
            read = list(iter(video.read, None))
            video.go_to(0.2)
            return read
    except MienError as error:
        told = str(error)
    assert str(path) in told
    assert "\n" not in told
    return told


@pytest.fixture
def used() -> Callable[[], float]:
    """How many MB more than at first this process has."""
    process = psutil.Process()
    before = process.memory_info().rss
    return lambda: (process.memory_info().rss - before) / MB


@pytest.mark.parametrize("change", [few_bytes, huge_sizes, no_codec, endless_boxes, long_table, no_time])
@pytest.mark.parametrize("ending", ["mov", "mp4"])
def test_headers_that_claim_too_much(
    tmp_path: Path, change: Callable[[bytearray], None], ending: str, used: Callable[[], float]
) -> None:
    path = write_clip(tmp_path / f"a.{ending}", counted(12))
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    read = outcome(path)
    if change in (few_bytes, no_codec):
        assert isinstance(read, str)
    if not isinstance(read, str):
        assert len(read) <= 12
        assert all(frame.image.nbytes < MB for frame in read)
    assert used() < 500


def test_what_takes_too_much_is_ended_in_a_process_of_its_own(tmp_path: Path, used: Callable[[], float]) -> None:
    path = write_clip(tmp_path / "a.mov", counted(12))
    data = bytearray(path.read_bytes())
    many_samples(data)
    path.write_bytes(data)
    with pytest.raises(MienError, match="too long, or too much memory"):
        open_source(str(path))
    assert used() < 500
    assert not [child for child in psutil.Process().children() if "trial.py" in " ".join(child.cmdline())]


def test_a_picture_of_a_size_that_nobody_has_is_never_decoded(tmp_path: Path, used: Callable[[], float]) -> None:
    path = write_clip(tmp_path / "a.avi", counted(2), "rawvideo")
    data = path.read_bytes().replace(struct.pack("<2i", 64, 48), struct.pack("<2i", 40_000, 40_000))
    path.write_bytes(data)
    read = outcome(path)
    assert isinstance(read, str) or not read
    assert used() < 300


def test_thousands_of_streams_are_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.avi", counted(2), "mpeg4")
    data = path.read_bytes()
    start = data.index(b"LIST", data.index(b"strl") - 12)
    (size,) = struct.unpack("<I", data[start + 4 : start + 8])
    stream = data[start : start + 8 + size]
    many = data[:start] + stream * 20_000 + data[start + len(stream) :]
    path.write_bytes(many)
    assert isinstance(outcome(path), str)


@pytest.mark.parametrize(
    "error", [MemoryError(), OverflowError("x"), IndexError("x"), ValueError("x"), av.FFmpegError(1, "x")]
)
def test_whatever_pyav_raises_is_one_line(tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "a.mp4", counted(4))
    with VideoFile(path) as video:

        def failing(*_: object) -> np.ndarray:  # type: ignore[type-arg]
            raise error

        monkeypatch.setattr(video._pictures, "of", failing)
        with pytest.raises(MienError, match=r"a\.mp4 cannot be read"):
            video.read()


@pytest.mark.skipif(sys.platform != "linux", reason="where open files are listed")
def test_a_file_of_which_nothing_can_be_read_is_closed_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "a.mp4", counted(20), "libx264")
    monkeypatch.setattr("mien.video.reader.PATIENCE_S", -1.0)  # the first packet gives no frame yet
    gc.disable()
    try:
        with pytest.raises(MienError, match="is damaged"):
            VideoFile(path)
        assert str(path) not in [os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir()]
    finally:
        gc.enable()


def test_a_name_that_no_file_can_have_is_one_line() -> None:
    with pytest.raises(MienError, match="too long"):
        open_source(f"{'x' * 300}.mp4")


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="No such file"):
        VideoFile(tmp_path / "missing.mp4")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_media_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    name, data = mutated(random.Random(seed))
    (tmp_path / name).write_bytes(data)
    use(tmp_path / name)
