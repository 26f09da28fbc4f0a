"""Reads a video file with PyAV: every frame once, in order, with the time that the file gives it."""

import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from av.video.frame import VideoFrame

from mien import language
from mien.errors import MienError
from mien.types import SAME_TIME_S, Frame
from mien.utils.closeable import Closeable
from mien.utils.images import rotated
from mien.video.clock import FrameClock, OwnTimes, has_no_order, is_join
from mien.video.opening import (
    FAULTS,
    GUESSED_RATE,
    MAY_JUMP,
    MAY_RESTART,
    duration_of,
    open_container,
    refusing,
    video_stream,
)
from mien.video.packets import packet_times
from mien.video.parts import Part, parts
from mien.video.pixels import FramePictures
from mien.video.trial import PATIENCE_S

_FASTEST = 1000.0  # frames a second; what says more is damaged


class VideoFile(Closeable):
    """A video file, as a player shows it: a `Source` that is not live. Use it on one thread.

    Frames are upright, with square pixels, in standard range. Their times are the file's own; where recordings were
    joined to one file and its times jump, they go on. Whatever reads on raises a MienError where that cannot be done.
    """

    live = False
    still = False

    def __init__(self, path: str | Path, *, square: bool = True, rotate: int = 0) -> None:
        """Open it.

        Args:
            path: the file.
            square: False leaves pixels that are not square as they are, as Mien once did.
            rotate: turn each picture clockwise by so many degrees (see `mien.types.ROTATIONS`), after it was
                turned as the file says.

        Raises:
            MienError: it cannot be read as a video.
        """
        self.path, self.name = Path(path), Path(path).name
        self._square, self._rotate = square, rotate
        self._pictures = FramePictures()
        self.damaged = 0
        """How many parts of the file could not be decoded so far."""
        self._joined: bool | None = None
        self._open()
        self._own = OwnTimes(by_decoding=has_no_order(self._container.format.name, self._stream.codec_context))
        try:
            with refusing(self.path):
                self.codec: str = self._stream.codec_context.name
                self.duration_s = self._duration()  # 0 where the file does not say it
            self.first_s = self._first_s()
            """Time of the first frame, s; 0 where there is none."""
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        self._open_part(None)
        with refusing(self.path):
            self._parts = parts(self.path) if self._container.format.name == "mpegts" else []
        if len(self._parts) > 1:
            self._close_part()
            self._open_part(self._parts.pop(0))
            self._joined = True
        else:
            self._parts = []
        self._clock = FrameClock(1 / self.rate, gaps_are_joins=self._may_jump)
        self._frames = self._decoded()
        self._next: tuple[VideoFrame, float] | None = None  # was decoded, but not yet given
        self._index = 0

    def _open_part(self, part: tuple[int, int] | None) -> None:
        with refusing(self.path):
            self._part = Part(self.path, *part) if part else None
        self._container = open_container(self.path, self._part)
        try:
            self._stream = video_stream(self._container, self.path)
            with refusing(self.path):
                stream = self._stream
                rate = float(stream.average_rate or stream.guessed_rate or GUESSED_RATE)
                self.rate = rate if 0 < rate <= _FASTEST else float(GUESSED_RATE)
                """Frames a second, on average."""
                self._base = stream.time_base or 1 / GUESSED_RATE
                self._may_jump = bool(self._container.format.flags & MAY_JUMP)
        except BaseException:
            self._close_part()
            raise

    def _close_part(self) -> None:
        self._container.close()
        if self._part is not None:  # PyAV leaves open what it was given
            self._part.close()

    def _first_s(self) -> float:
        self._next = self._take()
        return self._next[1] if self._next else 0.0

    def _duration(self) -> float:
        return duration_of(self._container, self._stream) + sum(map(self._duration_of_part, self._parts))

    def _duration_of_part(self, part: tuple[int, int]) -> float:
        with (
            suppress(MienError),
            refusing(self.path),
            Part(self.path, *part) as opened,
            open_container(self.path, opened) as container,
        ):
            return duration_of(container, video_stream(container, self.path))
        return 0.0  # what is wrong with it is said when it is read

    @property
    def expected_frames(self) -> int:
        """How many frames there should be, by what the file says; 0 where it does not."""
        return max(self._stream.frames, 0) or round(self.duration_s * self.rate)

    @property
    def has_no_order(self) -> bool:
        """Whether the file does not say in which order its frames are shown: see `mien.video.clock`."""
        return self._own.by_decoding

    def _decoded(self) -> Generator[VideoFrame | None, None, None]:
        """Every frame that can be decoded, and None for each packet that gives none."""
        yield from self._decoded_part()
        while self._parts:
            self._close_part()
            self._open_part(self._parts.pop(0))
            yield from self._decoded_part()

    def _decoded_part(self) -> Iterator[VideoFrame | None]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except FAULTS:  # the file was cut off: nothing follows
                self.damaged += 1
                packet = None
            try:
                yield from self._stream.decode(packet)
            except EOFError:
                return
            except FAULTS:
                self.damaged += packet is not None
            if packet is None:
                return
            yield None

    def _take(self) -> tuple[VideoFrame, float] | None:
        """The next frame and its time; None at the end.

        Raises:
            MienError: for a long time nothing could be decoded.
        """
        if self._next is not None:
            taken, self._next = self._next, None
            return taken
        began = time.monotonic()
        for frame in self._frames:
            if frame is not None:
                ticks = self._own.of(frame)
                return frame, self._clock.time_s(None if ticks is None else float(ticks * self._base))
            if time.monotonic() - began > PATIENCE_S:
                raise MienError(
                    language.tr("{} is damaged: nothing in it could be read for {} s.").format(
                        self.path, language.number(PATIENCE_S, 0)
                    )
                )
        return None

    def read(self) -> Frame | None:
        """The next frame with its own time; None at the end.

        Raises:
            MienError: it cannot be read on.
        """
        taken = self._take()
        if taken is None:
            return None
        with refusing(self.path):
            frame, time_s = taken
            image = rotated(self._pictures.of(frame, self._pixel_aspect()), self._rotate)
        made = Frame(self._index, time_s, image)
        self._index += 1
        return made

    def _pixel_aspect(self) -> Fraction | None:
        if not self._square:
            return None
        # Of joined recordings each says its own; other containers know better than the stream in them.
        return (self._stream.codec_context if self._may_jump else self._stream).sample_aspect_ratio

    def skip(self) -> float | None:
        """Pass over the next frame, which is faster than reading it.

        Returns:
            Its time in seconds; None at the end.
        """
        taken = self._take()
        if taken is None:
            return None
        self._index += 1
        return taken[1]

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
                raise MienError(language.tr("{} ends before frame {}. Was it changed?").format(self.path, index))

    def _seek(self, index: int, time_s: float) -> bool:
        """Whether the file could be sought to exactly this frame."""
        if self._is_joined(time_s):  # its own times do not tell frames apart
            return False
        self._next = None
        wanted = round(time_s / self._base)
        if self._own.by_decoding and wanted - round(self.first_s / self._base) != index:
            return False  # a session of an older version, which gave the frame another one's time
        try:
            self._container.seek(wanted, stream=self._stream)
        except FAULTS:
            return False
        for frame in self._frames:
            if frame is None:
                continue
            ticks = self._own.of(frame)
            if ticks is None or ticks > wanted:
                return False
            if ticks == wanted:
                self._clock.go_on_after(time_s)
                self._index = index + 1
                return True
        return False

    def restart(self) -> None:
        """Go back to the first frame."""
        self.close()
        self._open()

    def go_to(self, time_s: float) -> None:
        """Make `read` give the first frame at or after a time in seconds."""
        if not self._is_joined(time_s):
            times = [own for own in packet_times(self.path, self._base, time_s) if own < time_s - SAME_TIME_S]
            if not times and time_s <= self.first_s + SAME_TIME_S:
                return
            if times and self._seek(len(times) - 1, max(times)):
                return
        self._skip_to(time_s)  # also in a bare stream, whose packets have no times, and beyond where a file was cut off

    def _skip_to(self, time_s: float) -> None:
        self.restart()
        while (taken := self._take()) is not None:
            if taken[1] >= time_s - SAME_TIME_S:
                self._next = taken
                return
            self._index += 1

    def _is_joined(self, time_s: float) -> bool:
        """Whether the file's own times jump; where they can or it says to end before a time, it is read once for it."""
        if self._joined is None:
            can = self._may_jump or self._container.format.name in MAY_RESTART
            if not can and time_s < self.first_s + self.duration_s:
                return False
            times = packet_times(self.path, self._base, decoding=True)
            self._joined = any(is_join(a, b, self._may_jump) for a, b in pairwise(times))
        return self._joined

    def close(self) -> None:
        """Close the file."""
        self._frames.close()  # it refers to this: the decoder's threads would wait for the garbage collector
        self._close_part()
