"""Reads the frames of a session's video on a thread of its own.

Only the newest request is served; the frames around it are kept ready.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from mien.errors import MienError
from mien.session.session import Session
from mien.types import Frame
from mien.utils.at_exit import at_exit
from mien.utils.images import shrunk
from mien.utils.logs import unexpected
from mien_app.review.session_frames import PictureFrames, VideoFrames, ends_before, open_frames

log = logging.getLogger(__name__)

_LONGEST_PX = 1280  # of the kept pictures: about as large as the video is ever shown
_MAX_BYTES = 200 << 20  # of the cache
_READY = 8  # frames kept ready in the direction of the last step


@dataclass(frozen=True)
class ShownFrame:
    """One frame, ready to be drawn."""

    place: int
    """In `Session.frame_times`."""
    frame: Frame
    """Its picture may be smaller than in the file."""
    width: int
    """Width of the frame in the file, px."""

    @property
    def whole(self) -> bool:
        """Whether the picture is as large as in the file."""
        return bool(self.frame.image.shape[1] == self.width)


def _for_display(place: int, frame: Frame) -> ShownFrame:
    return ShownFrame(place, replace(frame, image=shrunk(frame.image, _LONGEST_PX)), frame.image.shape[1])


class FrameCache:
    """The frames around the one that is shown."""

    def __init__(self) -> None:
        self._bytes = 0
        self._frames: dict[int, ShownFrame] = {}

    def __contains__(self, place: int) -> bool:
        return place in self._frames

    def get(self, place: int) -> ShownFrame | None:
        """The frame, if it is kept."""
        return self._frames.get(place)

    def put(self, shown: ShownFrame, around: int) -> None:
        """Keep a frame; the frames farthest from `around` make room for it."""
        if shown.place in self._frames:
            return
        self._frames[shown.place] = shown
        self._bytes += shown.frame.image.nbytes
        while self._bytes > _MAX_BYTES and len(self._frames) > 1:
            farthest = self._frames.pop(max(self._frames, key=lambda place: abs(place - around)))
            self._bytes -= farthest.frame.image.nbytes


class FrameReader:
    """Reads one session's frames. `ready` and `failed` are called on the reader's thread."""

    def __init__(self, session: Session, ready: Callable[[ShownFrame], None], failed: Callable[[str], None]) -> None:
        """Start the thread.

        Args:
            session: whose video or picture is read.
            ready: takes each frame that was asked for.
            failed: takes one line for a person; nothing is read after it.
        """
        self._session = session
        self._ready, self._failed = ready, failed
        self._cache = FrameCache()
        self._change = threading.Condition()
        self._wanted: int | None = None
        self._stopped = False
        self._last = 0
        self._thread = threading.Thread(target=self._run, name="mien-review", daemon=True)
        at_exit(self._end)  # first: Ctrl+C may come while it is started
        self._thread.start()

    def want(self, place: int) -> None:
        """Ask for a frame. An earlier request that is still waiting is dropped."""
        with self._change:
            self._wanted = place
            self._change.notify()

    def stop(self) -> None:
        """Stop soon, without waiting for it."""
        with self._change:
            self._stopped = True
            self._change.notify()

    @property
    def ended(self) -> bool:
        """Whether its thread has ended."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the thread to end."""
        self._thread.join()

    def _end(self) -> None:
        self.stop()
        self.wait()

    def _run(self) -> None:
        frames: VideoFrames | PictureFrames | None = None
        try:
            frames = open_frames(self._session)
            while (place := self._next()) is not None:
                self._serve(frames, place)
        except MienError as error:
            self._report(str(error))
        except Exception as error:  # becomes a message; the window goes on
            log.exception("cannot read on in %s", self._session.video)
            self._report(unexpected(error))
        finally:
            self._cache = FrameCache()  # 200 MB, while somebody may hold on to this yet
            if frames is not None:
                frames.close()

    def _report(self, text: str) -> None:
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

    def _serve(self, frames: VideoFrames | PictureFrames, place: int) -> None:
        step, self._last = place - self._last, place
        back = -_READY <= step < 0
        if back and place not in self._cache:
            self._read_behind(frames, place + 1)
        shown = self._cache.get(place) or self._read(frames, place)
        if shown is None:
            raise ends_before(self._session, place)
        self._show(shown)
        if not back:
            self._read_ahead(frames, place)
        elif any(before not in self._cache for before in range(max(place - _READY, 0), place)):
            self._read_behind(frames, place)

    def _show(self, shown: ShownFrame) -> None:
        if not self._stopped:
            self._ready(shown)

    def _read(self, frames: VideoFrames | PictureFrames, place: int) -> ShownFrame | None:
        frame = frames.read(place)
        if frame is None:
            return None
        shown = _for_display(place, frame)
        self._cache.put(shown, self._last)
        return shown

    def _read_ahead(self, frames: VideoFrames | PictureFrames, place: int) -> None:
        end = min(place + 1 + _READY, len(self._session.frame_times))
        while self._idle and place < (after := frames.next_place()) < end:
            if self._read(frames, after) is None:
                return

    def _read_behind(self, frames: VideoFrames | PictureFrames, end: int) -> None:
        """Read the frames before a place in one go, since going back one by one would seek for each of them."""
        first = max(end - 3 * _READY, 0)
        for place in range(first, end):
            if self._stopped or not self._wanted_within(first, end):
                return
            if place not in self._cache and self._read(frames, place) is None:
                return

    def _wanted_within(self, first: int, end: int) -> bool:
        """Whether a new request, if there is one, is for one of these frames. A frame that is kept is shown at once."""
        with self._change:
            place = self._wanted
            shown = None if place is None else self._cache.get(place)
            if shown is not None:
                self._wanted = None
        if shown is not None:
            self._last = shown.place
            self._show(shown)
        return shown is not None or place is None or first <= place < end
