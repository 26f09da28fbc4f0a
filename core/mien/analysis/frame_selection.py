"""Which frames of a file are analysed."""

import math
from collections.abc import Iterator
from pathlib import Path

from mien import language
from mien.analysis.options import AnalysisOptions
from mien.session.manifest import Input, input_of
from mien.sources.pictures import PictureSource
from mien.types import Frame
from mien.utils.closeable import Closeable
from mien.utils.file_kinds import is_picture
from mien.video import VideoFile

CHUNK = 16  # frames


class FrameSelection(Closeable):
    """A video or a picture, and which of its frames were asked for."""

    def __init__(self, path: Path, options: AnalysisOptions) -> None:
        """Open.

        Raises:
            MienError: the file cannot be read.
        """
        self.path, self._options = path, options
        self._source = (PictureSource if is_picture(path) else VideoFile)(path, rotate=options.rotate)
        self.video = self._source if isinstance(self._source, VideoFile) else None
        """None for a picture."""
        self.notice = self._source.notice if isinstance(self._source, PictureSource) else ""
        """What a person should know of the file, in a sentence; empty of most."""
        self._begun = False

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    @property
    def first_s(self) -> float:
        """Time of the file's first frame, which need not be 0."""
        return self.video.first_s if self.video else 0.0

    @property
    def expected(self) -> int:
        """How many frames there should be; 0 if the file does not say."""
        options, video = self._options, self.video
        if video is None:
            return 1
        first, end = _frames_before(options.start_s, video.rate), video.expected_frames
        if options.end_s is not None:
            asked = _frames_before(options.end_s, video.rate)
            end = min(asked, end or asked)
        # Those whose number is a multiple of `every`, the file's first frame among them.
        return max(math.ceil(end / options.every) - math.ceil(first / options.every), 0)

    @property
    def nothing_read(self) -> str:
        """The sentence for a file that gave no frame."""
        if self._options.start_s or self._options.end_s:
            text = language.tr("{} has no frame that can be read in the time that was asked for.")
        else:
            text = language.tr("{} has no frame that can be read.")
        return text.format(self.path)

    def go_on_after(self, index: int, time_s: float) -> None:
        """Go on with the frame after the one with this index and time.

        Raises:
            MienError: the file has no such frame.
        """
        self._begun = True
        if self.video is not None:
            self.video.go_on_after(index, time_s)
        else:
            self._source.read()  # the picture itself was that frame

    def chunks(self) -> Iterator[list[Frame]]:
        """The frames, `CHUNK` at a time; the same ones are always together."""
        chunk: list[Frame] = []
        for frame in self._frames():
            chunk.append(frame)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _frames(self) -> Iterator[Frame]:
        options, first_s = self._options, self.first_s
        if options.start_s and self.video is not None and not self._begun:
            self.video.go_to(first_s + options.start_s)
        while (frame := self._source.read()) is not None:
            since_s = round(frame.time_s - first_s, 6)
            if options.end_s is not None and since_s >= options.end_s:
                return
            if since_s >= options.start_s and frame.index % options.every == 0:
                yield frame

    def input(self, size_px: tuple[int, int]) -> Input:
        """The file as the manifest has it; `size_px` are height and width of a frame."""
        video = self.video
        return input_of(
            self.path,
            size_px=size_px,
            fps=video.rate if video else 0.0,
            duration_s=video.duration_s if video else 0.0,
            codec=video.codec if video else "",
        )


def _frames_before(time_s: float, rate: float) -> int:
    """How many frames a video of an even rate has before a time, counted from its first one."""
    return math.ceil(round(time_s * rate, 3))
