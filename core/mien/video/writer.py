"""Writes a video file with PyAV: each frame at its own time, with the sound of another file."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream

from mien.types import Image
from mien.utils.closeable import Closeable
from mien.utils.files import cannot_write, make_file
from mien.video.clock import FrameClock
from mien.video.opening import MAY_JUMP, open_container

_TIME_BASE = Fraction(1, 90_000)  # usual in MP4 files, and fine enough for a tenth of a millisecond
# Fragments of half a second, each written at once: after a crash the file is whole up to the last one.
_SAFE = {"movflags": "empty_moov+default_base_moof", "frag_duration": "500000", "flush_packets": "1"}
# Standard range, as pictures here are, whatever the file was that they come from.
_STANDARD = {
    "color_range": ColorRange.MPEG,
    "color_primaries": ColorPrimaries.BT709,
    "color_trc": ColorTrc.BT709,
    "colorspace": 1,  # AVCOL_SPC_BT709
}
_SOUND_IN_MP4 = {"aac", "ac3", "alac", "eac3", "mp3", "opus"}


class VideoWriter(Closeable):
    """An MP4 file while it is written. Use it on one thread."""

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        rate: float,
        *,
        sound: "Sound | None" = None,
        safe: bool = False,
        named: Path | None = None,
    ) -> None:
        """Open the file.

        Args:
            path: the file, with any ending.
            width: of the frames, px; frames of an odd width are written one px wider.
            height: of the frames, px; likewise.
            rate: frames a second, about.
            sound: is copied without a change.
            safe: write so that the file can be played at any moment, also after a crash.
            named: how a person knows the file, where it is renamed later.

        Raises:
            MienError: the file cannot be written.
        """
        self._named, self._shape = named or path, (height, width)
        options = _SAFE if safe else {"movflags": "faststart"}
        try:
            self._container = av.open(str(make_file(path.absolute())), "w", format="mp4", options=options)
        except (av.FFmpegError, OSError) as error:
            raise cannot_write(self._named, error) from error
        per_second = max(round(rate), 1)
        stream = self._container.add_stream(_encoder(), rate=per_second)
        assert isinstance(stream, VideoStream)
        self._stream = stream
        self._stream.width, self._stream.height = width + width % 2, height + height % 2
        self._stream.pix_fmt = "yuv420p"
        for name, value in _STANDARD.items():
            setattr(self._stream.codec_context, name, value)
        self._stream.time_base = self._stream.codec_context.time_base = _TIME_BASE
        self._stream.codec_context.gop_size = per_second
        self._stream.options = {"preset": "veryfast", "crf": "20", **({"tune": "zerolatency"} if safe else {})}
        self._sound = sound.copied_into(self._container) if sound else iter(())
        self._next_sound = next(self._sound, None)
        self._reformatter = VideoReformatter()
        self._last = -1
        self._failed = False

    def write(self, image: Image, time_s: float) -> None:
        """Add a BGR picture (H, W, 3) at a time in seconds, later than the one before.

        One of another size than the video's is fitted into it, with black beside it.

        Raises:
            MienError: it cannot be written.
        """
        if image.shape[:2] != self._shape:
            image = _fitted(image, *self._shape)
        image = np.pad(image, ((0, self._shape[0] % 2), (0, self._shape[1] % 2), (0, 0)), mode="edge")
        colours = VideoFrame.from_ndarray(np.ascontiguousarray(image), format="bgr24")
        frame = self._reformatter.reformat(colours, format="yuv420p", dst_colorspace=Colorspace.ITU709)
        self._last = max(round(time_s / _TIME_BASE), self._last + 1)
        frame.pts, frame.time_base = self._last, _TIME_BASE
        with self._writing():
            self._copy_sound(time_s)
            self._container.mux(self._stream.encode(frame))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (av.FFmpegError, OSError, ValueError) as error:
            self._failed = True
            raise cannot_write(self._named, error) from error

    def _copy_sound(self, until_s: float) -> None:
        while self._next_sound is not None and _time(self._next_sound) <= until_s:
            self._container.mux(self._next_sound)
            self._next_sound = next(self._sound, None)

    def close(self) -> None:
        """Write what is left, and finish the file.

        Raises:
            MienError: it cannot be written.
        """
        with self._writing():
            try:
                if not self._failed:  # else FFmpeg would crash on one that it could not begin
                    self._copy_sound(self._last * float(_TIME_BASE) + 1.0)
                    self._container.mux(self._stream.encode(None))
            finally:
                self._container.close()


def _fitted(image: Image, tall: int, wide: int) -> Image:
    """A picture in the middle of a black one of this size."""
    scale = min(tall / image.shape[0], wide / image.shape[1])
    height, width = max(round(image.shape[0] * scale), 1), max(round(image.shape[1] * scale), 1)
    top, left = (tall - height) // 2, (wide - width) // 2
    fitted = np.zeros((tall, wide, 3), np.uint8)
    fitted[top : top + height, left : left + width] = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    return fitted


def _encoder() -> str:
    return "libx264" if "libx264" in av.codecs_available else "mpeg4"


def _time(packet: "Packet[Any]") -> float:
    return float((packet.pts or 0) * (packet.time_base or 0))


class Sound(Closeable):
    """The sound of a file, or of a span of it."""

    def __init__(self, path: Path, start_s: float, end_s: float) -> None:
        """Open a file, which may have no sound.

        Args:
            path: a video file.
            start_s: where the sound begins, in the file's own time.
            end_s: where it ends.

        Raises:
            MienError: the file cannot be read.
        """
        self._container = open_container(path)
        self.start_s, self.end_s = start_s, end_s

    def copied_into(self, container: OutputContainer) -> "Iterator[Packet[Any]]":
        """Add the sound's stream to a file, and give its packets one by one.

        Returns:
            The packets, whose times begin at 0; none where there is no sound, or none that MP4 can hold.
        """
        streams = [s for s in self._container.streams.audio if s.codec_context.name in _SOUND_IN_MP4]
        if not streams:
            return iter(())
        copy = container.add_stream_from_template(streams[0])
        return self._packets(streams[0], copy)

    def _packets(self, stream: AudioStream, copy: AudioStream) -> "Iterator[Packet[Any]]":
        base = stream.time_base
        assert base is not None
        may_jump = bool(self._container.format.flags & MAY_JUMP)
        clock: FrameClock | None = None
        if self.start_s and not may_jump:
            self._container.seek(round(self.start_s / base), stream=stream)
        for packet in self._container.demux(stream):
            if packet.pts is None:
                continue
            clock = clock or FrameClock(float((packet.duration or 1) * base), gaps_are_joins=may_jump)
            time_s = clock.time_s(_time(packet))
            if time_s < self.start_s:
                continue
            if time_s > self.end_s:
                return
            packet.pts = packet.dts = round((time_s - self.start_s) / base)
            packet.stream = copy
            yield packet

    def close(self) -> None:
        """Close the file."""
        self._container.close()
