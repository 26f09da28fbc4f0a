"""Small videos of every kind, written with PyAV."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame

from mien.sources import DemoSource
from mien.types import Image

RATE = 25


def faces(frames: int, width: int = 320, height: int = 240) -> list[Image]:
    """Frames of the demo in which the face goes from large to small."""
    source = DemoSource(1)
    return [
        cv2.resize(source.draw(0.25 * i / frames), (width, height), interpolation=cv2.INTER_AREA) for i in range(frames)
    ]


def counted(frames: int, width: int = 64, height: int = 48) -> list[Image]:
    """Frames whose grey is their number times 8, so that each can be told."""
    return [np.full((height, width, 3), 8 * i, np.uint8) for i in range(frames)]


def number(image: Image) -> int:
    """Which of `counted` an image is."""
    return round(float(image.mean()) / 8)


def add_stream(out: av.container.OutputContainer, codec: str, size: tuple[int, int], **settings: Any) -> Any:
    """Add a stream for frames of this width and height; settings are `rate` and those of its codec context."""
    stream: Any = out.add_stream(codec, rate=settings.pop("rate", RATE))
    stream.width, stream.height = size
    stream.pix_fmt = settings.pop("pix_fmt", "yuv420p")
    matrix = settings.pop("matrix", None)
    for name, value in settings.items():
        setattr(stream.codec_context, name, value)
    stream.codec_context.thread_count = 1
    if codec == "libx264":  # else its pictures differ from run to run, enough to hide a face once in a while
        stream.codec_context.options = {"x264-params": "cpu-independent=1"}
    stream.set_display_matrix(matrix)
    return stream


def write_clip(
    path: Path, images: Iterable[Image | VideoFrame], codec: str = "libx264", *, start_s: float = 0.0, **settings: Any
) -> Path:
    """Write images one after another, from a time on."""
    images = list(images)
    first = images[0]
    size = (first.width, first.height) if isinstance(first, VideoFrame) else (first.shape[1], first.shape[0])
    rate = settings.get("rate", RATE)
    with av.open(str(path), "w") as out:
        stream = add_stream(out, codec, size, **settings)
        for i, image in enumerate(images):
            frame = image if isinstance(image, VideoFrame) else VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = round((start_s + i / rate) * 90_000), Fraction(1, 90_000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def clock_sound(path: Path, seconds: float, rate: int = 48_000, video: Path | None = None) -> Path:
    """A video whose sound says its own time: each sample is its time in s over ten. Its pictures are a video's."""
    times = np.arange(round(seconds * rate)) / rate
    samples = np.round(times / 10 * 32767).astype(np.int16)
    with av.open(str(path), "w") as out:
        sound = out.add_stream("pcm_s16le", rate=rate, layout="stereo")
        if video is None:
            stream = add_stream(out, "mpeg4", (64, 48))
            images = round(seconds * RATE) * counted(1)
            packets = [packet for image in images for packet in stream.encode(VideoFrame.from_ndarray(image, "bgr24"))]
            packets += stream.encode()
        else:
            with av.open(str(video)) as source:
                copy = out.add_stream_from_template(source.streams.video[0])
                packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
                for packet in packets:
                    packet.stream = copy
        out.mux(packets)
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, 2)[None], "s16", "stereo")
        frame.sample_rate = rate
        out.mux(sound.encode(frame))
        out.mux(sound.encode())
    return path
