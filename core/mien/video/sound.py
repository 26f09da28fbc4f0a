"""Reads the sound of a video file, at the times that the file gives it."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.utils.closeable import Closeable
from mien.video.clock import FrameClock
from mien.video.opening import FAULTS, MAY_JUMP, open_container, refusing

RATE = 48_000
"""Samples a second of what is read, whatever the file has."""
_JOINED = RATE // 50  # samples; what is nearer than this to the end of the piece before goes on from there


@dataclass(frozen=True)
class SoundPiece:
    """A piece of sound."""

    start: int
    """Of its first sample: the video's time, in samples of `RATE`."""
    samples: NDArray[np.float32]
    """(N, 2) left and right, -1..1."""

    @property
    def end(self) -> int:
        """Of the sample after the last one."""
        return self.start + len(self.samples)


def has_sound(path: Path) -> bool:
    """Whether a file has sound that can be decoded here.

    Raises:
        MienError: it cannot be read.
    """
    with open_container(path) as container:
        return _stream(container) is not None


def _stream(container: InputContainer) -> AudioStream | None:
    return next((stream for stream in container.streams.audio if stream.codec_context is not None), None)


class SoundFile(Closeable):
    """The sound of a video file in stereo, piece by piece. Use it on one thread."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            MienError: it cannot be read, or has no sound.
        """
        self.path = path
        self._open()

    def _open(self) -> None:
        self._container = open_container(self.path)
        stream = _stream(self._container)
        if stream is None:
            self._container.close()
            raise MienError(language.tr("{} has no sound.").format(self.path))
        self._stream = stream
        self._may_jump = bool(self._container.format.flags & MAY_JUMP)
        self._begin()

    def _begin(self) -> None:
        """Decode from where the file is now."""
        self._pieces = self._decoded()
        self._clock: FrameClock | None = None
        self._end: int | None = None

    def go_to(self, time_s: float) -> None:
        """Make `read` go on at a time, s, or a little before it; where the file's own times jump, at its beginning.

        Raises:
            MienError: it cannot be read on.
        """
        if self._may_jump or not self._sought(time_s):
            self.close()
            self._open()
        else:
            self._begin()

    def _sought(self, time_s: float) -> bool:
        """Whether that could be done: not past its end, nor in a file without an index."""
        try:
            self._container.seek(round(max(time_s, 0.0) / (self._stream.time_base or 1)), stream=self._stream)
        except FAULTS:
            return False
        return True

    def read(self) -> SoundPiece | None:
        """The next piece; None at the end.

        Raises:
            MienError: it cannot be read on.
        """
        with refusing(self.path):
            return next(self._pieces, None)

    def _decoded(self) -> Generator[SoundPiece, None, None]:
        resampler, kind = None, None
        for packet in self._packets():
            try:
                frames = self._stream.decode(packet)
            except FAULTS:  # a damaged part: the rest is played
                continue
            for frame in frames:
                start = self._start(frame)
                now = (frame.format.name, frame.layout.name, frame.sample_rate)
                if resampler is None or now != kind:  # broadcasts change it; a resampler takes one kind alone
                    resampler, kind = av.AudioResampler(format="flt", layout="stereo", rate=RATE), now
                parts = [part.to_ndarray().reshape(-1, 2) for part in resampler.resample(frame)]
                if parts:
                    yield self._piece(start, np.concatenate(parts))

    def _packets(self) -> "Iterator[Packet[Any]]":
        try:
            yield from self._container.demux(self._stream)
        except FAULTS:  # the file was cut off: nothing follows
            return

    def _start(self, frame: AudioFrame) -> float:
        lasts_s = frame.samples / (frame.sample_rate or RATE)
        self._clock = self._clock or FrameClock(lasts_s, gaps_are_joins=self._may_jump)
        return self._clock.time_s(frame.time)

    def _piece(self, start_s: float, samples: NDArray[np.float32]) -> SoundPiece:
        """Rounding would leave gaps of a sample between pieces, which crackle."""
        start = round(start_s * RATE)
        if self._end is not None and abs(start - self._end) < _JOINED:
            start = self._end
        made = SoundPiece(start, samples)
        self._end = made.end
        return made

    def close(self) -> None:
        """Close the file."""
        self._pieces.close()  # it refers to this: the file would wait for the garbage collector
        self._container.close()
