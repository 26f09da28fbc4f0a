"""Files whose own times start again though their format does not say that they may, and such as were cut off."""

from pathlib import Path

import pytest
from tests.core.video.clips import RATE, counted, number, write_clip

from mien.video import VideoFile

FLV_HEADER = 13  # bytes; the first tag, which describes the whole file, follows it


def without_head(flv: bytes) -> bytes:
    return flv[FLV_HEADER + 11 + int.from_bytes(flv[FLV_HEADER + 1 : FLV_HEADER + 4]) + 4 :]


@pytest.mark.parametrize("first", [8, 22])
@pytest.mark.parametrize(("ending", "codec"), [("flv", "flv1"), ("flv", "libx264"), ("webm", "libvpx")])
def test_each_frame_is_found_again(tmp_path: Path, ending: str, codec: str, first: int) -> None:
    """As a recorder writes on after its connection broke, or as the pieces of a browser's recorder are put together."""
    images = counted(30)
    a, b = (
        write_clip(tmp_path / f"{name}.{ending}", part, codec, gop_size=4).read_bytes()
        for name, part in (("a", images[:first]), ("b", images[first:]))
    )
    path = tmp_path / f"ab.{ending}"
    path.write_bytes(a + (without_head(b) if ending == "flv" else b))
    with VideoFile(path) as video:
        read = list(iter(video.read, None))
        assert [number(f.image) for f in read] == list(range(30))
        assert [f.time_s - read[0].time_s for f in read] == pytest.approx([i / RATE for i in range(30)], abs=2e-3)
        for place in (1, 10, 25, 4, first):
            video.go_on_after(place, read[place].time_s)
            frame = video.read()
            assert frame is not None
            assert (frame.index, frame.time_s, number(frame.image)) == (place + 1, read[place + 1].time_s, place + 1)
            video.go_to(read[place].time_s)
            frame = video.read()
            assert frame is not None
            assert (frame.index, frame.time_s, number(frame.image)) == (place, read[place].time_s, place)


@pytest.mark.parametrize("codec", ["libx264", "flv1"])
@pytest.mark.parametrize("share", [0.6, 0.84, 0.88])
def test_what_was_cut_off_is_sought_to_its_end(tmp_path: Path, codec: str, share: float) -> None:
    """There the last packets may give no frame."""
    path = write_clip(tmp_path / "a.flv", counted(30), codec, gop_size=8)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with VideoFile(path) as video:
        times = [frame.time_s for frame in iter(video.read, None)]
    for wanted_s in (times[0], times[-2], times[-1], times[-1] + 1 / RATE, times[-1] + 10):
        with VideoFile(path) as video:
            video.go_to(wanted_s)
            frame = video.read()
        assert (None if frame is None else frame.time_s) == next((t for t in times if t >= wanted_s), None)
