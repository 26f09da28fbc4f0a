"""Opens video files, also damaged and hostile ones: which stream is the video, and what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from mien import language
from mien.errors import MienError
from mien.utils.file_kinds import HEAD, gif_pictures, picture_format
from mien.utils.files import cannot_read, check_input
from mien.utils.picture_headers import MOST_PICTURES
from mien.video.parts import Part
from mien.video.trial import MAX_PIXELS, OPTIONS, PATIENCE_S, passes

MAY_JUMP = 0x0200
"""Of a format's flags (FFmpeg's AVFMT_TS_DISCONT): times may start again, as in transport and program streams."""

MAY_RESTART = ("flv",)
"""Formats of which that is not said: a recorder whose connection broke writes on from 0."""
GUESSED_RATE = Fraction(30)
"""Frames a second, of files that do not say."""

# All that PyAV raises over files that nobody has made by intention; its own errors are among them.
FAULTS = (av.FFmpegError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, ValueError)

_NO_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Within this, whatever PyAV raises over a file becomes a MienError that names it."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise cannot_read(path, error) from error
    except FAULTS as error:
        raise MienError(language.tr("{} cannot be read as a video or picture.").format(path)) from error


def open_container(path: Path, part: Part | None = None) -> InputContainer:
    """Open a file of video or sound.

    Args:
        path: the file.
        part: of it, where not the whole file is to be read.

    Raises:
        MienError: it cannot be read.
    """
    with refusing(path):
        if path.is_fifo():  # nobody may ever write into it
            check_input(path)
        _check_gif(path)
    if not passes(path):
        raise MienError(
            language.tr("{} is damaged: opening it takes too long, or too much memory. Convert it first.").format(path)
        )
    with refusing(path):
        # Absolute: FFmpeg would take 12:30.mp4 for an address.
        return av.open(
            part or str(path.absolute()), "r", options=OPTIONS, metadata_errors="replace", timeout=PATIENCE_S
        )


def _check_gif(path: Path) -> None:
    """Refuse a GIF by its header: FFmpeg knows its size when it has decoded a frame, and its length at the end."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if picture_format(head) != "GIF":
            return
        width, height = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
        if width * height > MAX_PIXELS:
            raise MienError(
                language.tr(
                    "{} is too large. It has {} x {} px, and videos are read up to {} megapixels. Make it smaller."
                ).format(path, width, height, language.number(MAX_PIXELS / 1e6, 0))
            )
        file.seek(0)
        if gif_pictures(file, MOST_PICTURES + 1) > MOST_PICTURES:
            raise MienError(
                language.tr("{} is too long. A GIF of up to {} frames is read. Make a video of it.").format(
                    path, f"{MOST_PICTURES:,}"
                )
            )


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The stream that a player would show: of those marked as default, else of all, the largest.

    A cover picture of a piece of music is none.

    Raises:
        MienError: there is none, nothing here can decode it, or it cannot be true.
    """
    videos = [s for s in container.streams.video if not s.disposition & _NO_VIDEO]
    if not videos:
        if container.streams.video:  # a cover
            text = language.tr("{} has no video in it, only {} and a picture.")
        else:
            text = language.tr("{} has no video in it, only {}.")
        raise MienError(text.format(path, container.format.long_name))
    known = [s for s in videos if s.codec_context is not None]
    if not known:
        raise MienError(
            language.tr("{} has a video that cannot be decoded here. Convert it to H.264 first.").format(path)
        )
    usual = [s for s in known if s.disposition & Disposition.default]
    stream = max(usual or known, key=lambda s: s.codec_context.width * s.codec_context.height)
    if 0 < container.size < len(stream.index_entries):
        raise MienError(
            language.tr("{} is damaged: it claims to have more frames than bytes. Convert it first.").format(path)
        )
    stream.thread_type = "AUTO"
    stream.codec_context.options = OPTIONS
    return stream


def duration_of(container: InputContainer, stream: VideoStream) -> float:
    """In seconds, by what the file says; 0 where it does not."""
    if stream.duration:
        return max(float(stream.duration * (stream.time_base or 1 / GUESSED_RATE)), 0.0)
    return max((container.duration or 0) / av.time_base, 0.0)
