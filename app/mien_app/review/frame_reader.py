"""Frames of a session's video on a thread of their own: the newest wish is served, its neighbours are kept ready."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.sources.pictures import is_picture, read_picture
from mien.types import Frame, Image
from mien.video import VideoFile

log = logging.getLogger(__name__)

_LONGEST_PX = 1280  # of the kept pictures; no stage is much larger
_KEPT_BYTES = 200 << 20
_FORWARD = 60  # frames that are sooner decoded than sought over
_READY = 8  # frames kept ready in the direction of the last step


@dataclass(frozen=True)
class ShownFrame:
    """One frame, ready to be drawn."""

    place: int
    frame: Frame
    """Its picture may be smaller than the file's."""
    width: int
    """Of the file's own frame, px."""


def _shown(place: int, frame: Frame) -> ShownFrame:
    image = frame.image
    scale = _LONGEST_PX / max(image.shape[:2])
    if scale < 1:
        smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return ShownFrame(place, Frame(frame.index, frame.time_s, np.asarray(smaller, np.uint8)), image.shape[1])
    return ShownFrame(place, frame, image.shape[1])


class Cache:
    """The frames around the one that is looked at."""

    def __init__(self, most_bytes: int = _KEPT_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._kept: dict[int, ShownFrame] = {}

    def __contains__(self, place: int) -> bool:
        return place in self._kept

    def get(self, place: int) -> ShownFrame | None:
        """A frame, where it is kept."""
        return self._kept.get(place)

    def put(self, shown: ShownFrame, about: int) -> None:
        """Keep a frame; those that are farthest from `about` make room."""
        if shown.place in self._kept:
            return
        self._kept[shown.place] = shown
        self._bytes += shown.frame.image.nbytes
        while self._bytes > self._most and len(self._kept) > 1:
            farthest = self._kept.pop(max(self._kept, key=lambda place: abs(place - about)))
            self._bytes -= farthest.frame.image.nbytes


class _Video:
    """A video's frames by their place in a session."""

    def __init__(self, path: Path, numbers: NDArray[np.int64], times: NDArray[np.float64]) -> None:
        self._file = VideoFile(path)
        self._numbers, self._times = numbers, times
        self._at = 0
        """Number of the frame that the file gives next."""

    def is_near(self, place: int) -> bool:
        """Whether the frame is sooner decoded than sought."""
        return 0 <= int(self._numbers[place]) - self._at <= _FORWARD

    def next_place(self) -> int:
        """The first place that can be read without seeking."""
        return int(np.searchsorted(self._numbers, self._at))

    def read(self, place: int) -> Frame | None:
        """A frame; None where the file ends before it."""
        if not self.is_near(place):
            self._seek(place)
        while self._at < self._numbers[place]:
            if self._file.skip() is None:
                return None
            self._at += 1
        frame = self._file.read()
        self._at += 1
        return frame

    def _seek(self, place: int) -> None:
        if place:
            number = int(self._numbers[place - 1])
            self._file.go_on_after(number, float(self._times[place - 1]))
            self._at = number + 1
        elif self._numbers[0]:
            self._file.go_to(float(self._times[0]))
            self._at = int(self._numbers[0])
        else:
            self._file.restart()
            self._at = 0

    def close(self) -> None:
        self._file.close()


class _Picture:
    """A single picture, by the same questions."""

    def __init__(self, path: Path) -> None:
        image = read_picture(path)
        if image is None:
            raise MienError(f"{path} is no picture that can be read.")
        self._image: Image = image

    def next_place(self) -> int:
        return 1

    def is_near(self, place: int) -> bool:
        return False

    def read(self, place: int) -> Frame | None:
        return Frame(0, 0.0, self._image)

    def close(self) -> None:
        """Nothing to let go of."""


def _opened(path: Path, numbers: NDArray[np.int64], times: NDArray[np.float64]) -> _Video | _Picture:
    return _Picture(path) if is_picture(path) else _Video(path, numbers, times)


def read_frame(path: Path, numbers: NDArray[np.int64], times: NDArray[np.float64], place: int) -> Frame:
    """One frame as large as it is in the file; seeking it may take a second. The rest as for FrameReader.

    Raises:
        MienError: the file cannot be read, or ends before it.
    """
    video = _opened(path, numbers, times)
    try:
        frame = video.read(place)
    finally:
        video.close()
    if frame is None:
        raise _ends_before(path, numbers, place)
    return frame


def _ends_before(path: Path, numbers: NDArray[np.int64], place: int) -> MienError:
    return MienError(f"{path} ends before frame {int(numbers[place])}. Was it changed?")


class FrameReader:
    """One file's frames. `ready` and `failed` are called on the reader's thread."""

    def __init__(
        self,
        path: Path,
        numbers: NDArray[np.int64],
        times: NDArray[np.float64],
        ready: Callable[[ShownFrame], None],
        failed: Callable[[str], None],
    ) -> None:
        """Begin.

        Args:
            path: a video or a picture.
            numbers: (F,) each place's frame number in the file.
            times: (F,) each place's time, s.
            ready: takes each frame that was asked for.
            failed: takes a sentence.
        """
        self._path, self._numbers, self._times = path, numbers, times
        self._ready, self._failed = ready, failed
        self._cache = Cache()
        self._change = threading.Condition()
        self._wanted: int | None = None
        self._stopped = False
        self._last = 0
        self._thread = threading.Thread(target=self._run, name="mien-review", daemon=True)
        self._thread.start()

    def want(self, place: int) -> None:
        """Ask for a frame; what was asked for before and is not begun yet is forgotten."""
        with self._change:
            self._wanted = place
            self._change.notify()

    def stop(self) -> None:
        """End soon."""
        with self._change:
            self._stopped = True
            self._change.notify()

    def wait(self) -> None:
        """Until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        video: _Video | _Picture | None = None
        try:
            video = _opened(self._path, self._numbers, self._times)
            while (place := self._next()) is not None:
                self._serve(video, place)
        except MienError as error:
            self._tell(str(error))
        except Exception as error:  # becomes a message; the window goes on
            log.exception("the video cannot be read on")
            self._tell(f"{type(error).__name__}: {error}")
        finally:
            if video is not None:
                video.close()

    def _tell(self, text: str) -> None:
        if not self._stopped:
            self._failed(text)

    def _next(self) -> int | None:
        with self._change:
            while self._wanted is None and not self._stopped:
                self._change.wait()
            place, self._wanted = self._wanted, None
            return None if self._stopped else place

    @property
    def _idle(self) -> bool:
        return self._wanted is None and not self._stopped

    def _serve(self, video: _Video | _Picture, place: int) -> None:
        step, self._last = place - self._last, place
        back = -_READY <= step < 0
        if back and place not in self._cache:
            self._read_behind(video, place + 1)
        shown = self._cache.get(place) or self._read(video, place)
        if shown is None:
            raise _ends_before(self._path, self._numbers, place)
        self._tell_ready(shown)
        if not back:
            self._read_ahead(video, place)
        elif any(before not in self._cache for before in range(max(place - _READY, 0), place)):
            self._read_behind(video, place)

    def _tell_ready(self, shown: ShownFrame) -> None:
        if not self._stopped:
            self._ready(shown)

    def _read(self, video: _Video | _Picture, place: int) -> ShownFrame | None:
        frame = video.read(place)
        if frame is None:
            return None
        shown = _shown(place, frame)
        self._cache.put(shown, self._last)
        return shown

    def _read_ahead(self, video: _Video | _Picture, place: int) -> None:
        end = min(place + 1 + _READY, len(self._numbers))
        while self._idle and place < (after := video.next_place()) < end:
            if self._read(video, after) is None:
                return

    def _read_behind(self, video: _Video | _Picture, end: int) -> None:
        """The frames before a place, in one go: stepping back would else seek for each of them."""
        first = max(end - 3 * _READY, 0)
        for place in range(first, end):
            if self._stopped or not self._wanted_within(first, end):
                return
            if place not in self._cache and self._read(video, place) is None:
                return

    def _wanted_within(self, first: int, end: int) -> bool:
        """Whether what was asked for meanwhile, if anything, is among these; what is there already is served."""
        with self._change:
            place = self._wanted
            shown = None if place is None else self._cache.get(place)
            if shown is not None:
                self._wanted = None
        if shown is not None:
            self._last = shown.place
            self._tell_ready(shown)
        return shown is not None or place is None or first <= place < end
