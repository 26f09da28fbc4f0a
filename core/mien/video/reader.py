"""Reads a video file with PyAV: every frame once, in order, with the time that the file gives it."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from mien.errors import MienError
from mien.types import SAME_TIME_S, Frame, Image
from mien.utils.closeable import Closeable

_GUESSED_RATE = Fraction(30)  # frames a second, of files that do not say


class VideoFile(Closeable):
    """A video file, turned upright as its camera says: a `Source` that is not live. Use it on one thread."""

    live = False
    still = False

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            MienError: it cannot be read as a video.
        """
        self.name, self.path = path.name, path
        self._open()
        stream = self._stream
        self.rate = float(stream.average_rate or stream.guessed_rate or _GUESSED_RATE)
        """Frames a second, on average."""
        self.duration_s = self._duration()
        self.codec: str = stream.codec_context.name
        self.damaged = 0
        """How many parts of the file could not be decoded so far."""

    def _open(self) -> None:
        try:
            self._container = av.open(str(self.path))
        except (av.FFmpegError, OSError, ValueError) as error:
            raise MienError(f"{self.path} cannot be read as a video or picture.") from error
        if not self._container.streams.video:
            self._container.close()
            raise MienError(f"{self.path} has no video in it, only {self._container.format.long_name}.")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._base = self._stream.time_base or 1 / _GUESSED_RATE
        self._reformatter = VideoReformatter()
        self._frames = self._decoded()
        self._index = 0

    def _duration(self) -> float:
        stream = self._stream
        if stream.duration:
            return float(stream.duration * self._base)
        if self._container.duration:
            return self._container.duration / av.time_base
        return 0.0

    @property
    def expected_frames(self) -> int:
        """How many frames there should be, by what the file says; 0 where it does not."""
        return self._stream.frames or round(self.duration_s * self.rate)

    def _decoded(self) -> Iterator[VideoFrame]:
        """Every frame that can be decoded; parts that cannot are counted and left out."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.FFmpegError:  # the file was cut off: nothing follows
                self.damaged += 1
                packet = None
            if packet is None:
                with suppress(av.FFmpegError, EOFError):
                    yield from self._stream.codec_context.decode(None)
                return
            try:
                yield from packet.decode()
            except EOFError:
                return
            except av.FFmpegError:
                self.damaged += 1

    def _time_s(self, frame: VideoFrame) -> float:
        return self._index / self.rate if frame.pts is None else float(frame.pts * self._base)

    def _image(self, frame: VideoFrame) -> Image:
        image = self._reformatter.reformat(frame, format="bgr24").to_ndarray()
        turns = round(frame.rotation / 90) % 4
        return np.ascontiguousarray(np.rot90(image, turns)) if turns else np.asarray(image, np.uint8)

    def read(self) -> Frame | None:
        """The next frame with its own time; None at the end."""
        for frame in self._frames:
            made = Frame(self._index, self._time_s(frame), self._image(frame))
            self._index += 1
            return made
        return None

    def skip(self) -> float | None:
        """Pass over the next frame, which is faster than reading it.

        Returns:
            Its time in seconds; None at the end.
        """
        for frame in self._frames:
            time_s = self._time_s(frame)
            self._index += 1
            return time_s
        return None

    def go_on_after(self, index: int, time_s: float) -> None:
        """Make `read` give the frame after the one with this index and time.

        Raises:
            MienError: the file has no such frame.
        """
        if self._seek(index, time_s):
            return
        self.restart()  # then it is read from its beginning
        while self._index <= index:
            if self.skip() is None:
                raise MienError(f"{self.path} ends before frame {index}. Was it changed?")

    def _seek(self, index: int, time_s: float) -> bool:
        """Whether the file could be sought to exactly this frame."""
        wanted = round(time_s / self._base)
        try:
            self._container.seek(wanted, stream=self._stream)
        except av.FFmpegError:
            return False
        for frame in self._frames:
            if frame.pts is None or frame.pts > wanted:
                return False
            if frame.pts == wanted:
                self._index = index + 1
                return True
        return False

    def restart(self) -> None:
        """Go back to the first frame."""
        self._container.close()
        self._open()

    def go_to(self, time_s: float) -> None:
        """Make `read` give the first frame at or after a time in seconds."""
        times = self._times_before(time_s)
        if times:
            self.go_on_after(len(times) - 1, max(times))

    def _times_before(self, time_s: float) -> list[float]:
        """Of the frames before a time, from the file's own list of packets, without decoding them."""
        with av.open(str(self.path)) as container:
            packets = container.demux(container.streams.video[0])
            times = [float(p.pts * self._base) for p in packets if p.pts is not None and not p.is_discard]
        return [own for own in times if own < time_s - SAME_TIME_S]

    def close(self) -> None:
        """Close the file."""
        self._container.close()
