"""Damaged and hostile videos, and what is done with each.

`mutated` makes one from a small good file; `use` does with it what Mien does with any file. A `MienError` is the right
answer to a file that cannot be read; every other exception, a hang or gigabytes of memory is a fault.
"""

import io
import random
import struct
import tempfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image

from mien.errors import MienError
from mien.sources import DemoSource, open_source
from mien.video.reader import VideoFile
from mien.video.writer import Sound

_CODECS = {
    "mp4": "libx264",
    "mov": "libx264",
    "mkv": "libx264",
    "webm": "libvpx",
    "avi": "mpeg4",
    "ts": "mpeg2video",
    "mpg": "mpeg1video",
    "flv": "flv",
}
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)  # where sizes overflow
_MOST_FRAMES = 40


@cache
def _good() -> dict[str, bytes]:
    """By ending: a few frames of the demo in each format."""
    source = DemoSource(1, 12)
    images = [cv2.resize(frame.image, (160, 120)) for frame in iter(source.read, None)]
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for ending, codec in _CODECS.items():
            path = Path(folder) / f"good.{ending}"
            with av.open(str(path), "w") as out:
                stream = out.add_stream(codec, rate=25)
                stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
                sound = None if ending in ("webm", "flv", "mpg") else out.add_stream("aac", rate=16_000)
                for image in images:
                    out.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
                out.mux(stream.encode(None))
                if sound is not None:
                    silence = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), "fltp", "mono")
                    silence.sample_rate = 16_000
                    out.mux(sound.encode(silence))
                    out.mux(sound.encode(None))
            made[f".{ending}"] = path.read_bytes()
    moving = io.BytesIO()
    first, *others = (Image.fromarray(np.ascontiguousarray(image[..., ::-1])) for image in images)
    first.save(moving, "GIF", save_all=True, append_images=others, duration=40)
    made[".gif"] = moving.getvalue()
    return made


def _boxes(data: bytes, start: int, end: int) -> list[int]:
    """Where the boxes of an MP4 or MOV file begin, also those within others."""
    found = []
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        if size < 8 or start + size > end:
            break
        found.append(start)
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"udta"):
            found += _boxes(data, start + 8, start + size)
        start += size
    return found


def _change(data: bytearray, places: list[int], rng: random.Random) -> None:
    """One mutation: of a box's size or fields, of a number anywhere, of single bytes, of a stretch."""
    kind = rng.choice(("box", "box", "box", "number", "number", "bytes", "cut", "twice", "fill"))
    if kind == "box" and places:
        place = rng.choice(places) + rng.choice((0, 0, 8, 12, 16, 20, 24, rng.randrange(8, 120)))
        data[place : place + 4] = struct.pack(">I", rng.choice((*_EDGES, rng.getrandbits(32), rng.getrandbits(16))))
        return
    where, length = rng.randrange(len(data)), rng.randrange(1, 64)
    if rng.random() < 0.6:
        where = rng.randrange(min(len(data), 1500))  # headers
    if kind in ("box", "number"):
        width, order = rng.choice((">H", "<H", ">I", "<I", ">Q")), rng.choice((*_EDGES, rng.getrandbits(32)))
        size = struct.calcsize(width)
        data[where : where + size] = struct.pack(width, order & ((1 << 8 * size) - 1))
    elif kind == "bytes":
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.getrandbits(8)
    elif kind == "cut":
        del data[where : where + rng.choice((length, len(data)))]
    elif kind == "twice":
        data[where:where] = data[where : where + length] * rng.choice((1, 2, 200))
    else:
        data[where : where + length] = bytes([rng.choice((0, 0xFF, rng.getrandbits(8)))]) * length


def _claim(data: bytearray, rng: random.Random) -> None:
    """Let the tables of an MP4 or MOV file agree on a number of frames that is not there."""
    count = rng.choice((100_000, 10_000_000, 50_000_000, 0x7FFFFFFF))
    for box, offset, *values in ((b"stsz", 12, 1, count), (b"stsc", 20, count), (b"stts", 16, count)):
        place = data.find(box) - 4 + offset
        data[place : place + 4 * len(values)] = struct.pack(f">{len(values)}I", *values)


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A damaged file: its name, with the ending that it had, and its bytes."""
    ending = rng.choice((*_good(), ".mov", ".mp4"))
    data = bytearray(_good()[ending])
    places = _boxes(bytes(data), 0, len(data)) if ending in (".mp4", ".mov") else []
    if places and rng.random() < 0.03:
        _claim(data, rng)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        if data:
            _change(data, places, rng)
    return f"mutated{ending}", bytes(data)


def use(path: Path) -> None:
    """Read a file as Live, an analysis and Review do."""
    with suppress(MienError), closing(open_source(str(path))) as source:
        for _ in range(_MOST_FRAMES):
            if source.read() is None:
                break
        if isinstance(source, VideoFile):
            source.go_to(source.duration_s / 2)
            source.read()
            with Sound(path, 0.0, 1.0):
                pass
