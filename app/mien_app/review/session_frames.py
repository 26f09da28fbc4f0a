"""Frames of a session's video or picture, found by their place in `Session.frame_times`."""

import numpy as np

from mien import language
from mien.errors import MienError
from mien.session.session import Session
from mien.sources import is_picture
from mien.types import Frame

_FORWARD = 60  # frames; decoding this many is faster than seeking


class VideoFrames:
    """The frames of a video. Use it on one thread."""

    def __init__(self, session: Session) -> None:
        path = session.video
        if path is None:
            raise session.without_video()
        self._file = session.open_video(path)
        self._numbers, self._times = session.frame_numbers, session.frame_times
        self._next_number = 0
        """Number of the frame that the file gives next."""

    def _is_near(self, place: int) -> bool:
        """Whether decoding up to this frame is faster than seeking it."""
        return 0 <= int(self._numbers[place]) - self._next_number <= _FORWARD

    def next_place(self) -> int:
        """The first place that can be read without seeking."""
        return int(np.searchsorted(self._numbers, self._next_number))

    def read(self, place: int) -> Frame | None:
        """The frame, as large as in the file; None if the file ends before it."""
        if not self._is_near(place):
            self._seek(place)
        while self._next_number < self._numbers[place]:
            if self._file.skip() is None:
                return None
            self._next_number += 1
        frame = self._file.read()
        self._next_number += 1
        return frame

    def _seek(self, place: int) -> None:
        if place:
            number = int(self._numbers[place - 1])
            self._file.go_on_after(number, float(self._times[place - 1]))
            self._next_number = number + 1
        elif self._numbers[0]:
            self._file.go_to(float(self._times[0]))
            self._next_number = int(self._numbers[0])
        else:
            self._file.restart()
            self._next_number = 0

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class PictureFrames:
    """The same for a session of one picture."""

    def __init__(self, session: Session) -> None:
        path = session.video
        if path is None:
            raise session.without_video()
        try:
            self._image = session.read_picture(path)
        except MienError as error:
            raise session.without_video() from error

    def next_place(self) -> int:
        """Past the only frame."""
        return 1

    def read(self, place: int) -> Frame | None:
        """The picture."""
        return Frame(0, 0.0, self._image)

    def close(self) -> None:
        """Nothing is open."""


def open_frames(session: Session) -> VideoFrames | PictureFrames:
    """Open a session's video or picture.

    Raises:
        MienError: it is gone, or cannot be read.
    """
    picture = session.video is not None and is_picture(session.video)
    return PictureFrames(session) if picture else VideoFrames(session)


def read_frame(session: Session, place: int) -> Frame:
    """One frame, as large as in the file. Seeking it may take a second.

    Raises:
        MienError: the video cannot be read, or ends before this frame.
    """
    frames = open_frames(session)
    try:
        frame = frames.read(place)
    finally:
        frames.close()
    if frame is None:
        raise ends_before(session, place)
    return frame


def ends_before(session: Session, place: int) -> MienError:
    """The error for a video that has become shorter since it was analysed."""
    number = int(session.frame_numbers[place])
    return MienError(
        language.tr("{} ends before frame {}. If it was changed, analyse it again.").format(session.video, number)
    )
