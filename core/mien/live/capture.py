"""Reads one source until it ends; a camera that is lost is waited for."""

import threading
import time
from collections.abc import Callable
from contextlib import closing

from mien import language
from mien.errors import MienError
from mien.live.pacing import Pacing
from mien.live.state import State
from mien.live.transport import Transport
from mien.sources import Address, CameraClock, Source, is_live, open_source
from mien.sources.network_camera import RefusedLogin
from mien.types import Frame
from mien.video import VideoFile

_RETRY_S = 1.0


class Capture:
    """The work of the capturing thread."""

    def __init__(
        self,
        address: Address,
        stop: threading.Event,
        transport: Transport,
        *,
        tell: Callable[[State, str], None],
        deliver: Callable[[Frame, float], None],
        note: Callable[[str], None],
    ) -> None:
        """Prepare; `run` opens the source.

        Args:
            address: of `mien.sources.open_source`.
            stop: ends the work.
            transport: what a person asks of the source meanwhile.
            tell: is told the state and a message for a person.
            deliver: takes each frame, and when it was captured (of a file, due) on `time.perf_counter`: a frame's time
                is the same moment on the source's own clock.
            note: is told what a person should know of the source once it is open, in a sentence; of most, nothing.
        """
        self._address, self._stop, self._transport = address, stop, transport
        self._tell, self._deliver, self._note = tell, deliver, note
        self._delivered = False  # a frame, so far

    def run(self) -> None:
        """Deliver every frame, until the end or `stop`.

        Raises:
            MienError: a file cannot be opened, or has no frame; or a camera refuses the password, be it lost before.
        """
        clock = CameraClock()
        while not self._stop.is_set():
            try:
                source = open_source(self._address, clock)
            except MienError as error:
                if not is_live(self._address) or isinstance(error, RefusedLogin):
                    raise
                if not self._delivered:  # else the message stays that it was lost
                    self._tell(State.WAITING, language.tr("{} Trying again...").format(error))
                self._stop.wait(_RETRY_S)
                continue
            self._note(getattr(source, "notice", ""))  # of pictures and cameras
            with closing(source):
                if not source.live:
                    self._play(source)
                    return
                self._follow(source, clock)

    def _follow(self, source: Source, clock: CameraClock) -> None:
        """Until the camera is lost."""
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                self._tell(
                    State.WAITING, language.tr("{} was lost. Waiting for it to come back...").format(source.name)
                )
                self._stop.wait(_RETRY_S)
                return
            if not self._transport.rests:
                self._hand_on(frame, clock.moment(frame.time_s))

    def _play(self, source: Source) -> None:
        self._transport.follow(source)
        pacing = Pacing()
        while not self._stop.is_set():
            pacing.hold(self._transport.wait_while_paused())
            if self._sought(source):
                pacing = Pacing()
            frame = source.read()
            if frame is not None:
                frame, due_s = pacing.next(frame)
                self._stop.wait(max(0.0, due_s - time.perf_counter()))
                self._hand_on(frame, due_s)
            elif not self._at_end(source):
                return

    def _sought(self, source: Source) -> bool:
        """Whether the source was moved to where a person wants it."""
        wanted_s = self._transport.take_wanted()
        if wanted_s is None or not isinstance(source, VideoFile):
            return False
        source.restart()
        source.go_to(wanted_s)
        return True

    def _at_end(self, source: Source) -> bool:
        """Whether the source goes on after its last frame."""
        if not self._delivered:
            raise MienError(language.tr("{} has no picture that can be read.").format(source.name))
        if not isinstance(source, VideoFile):
            self._tell(State.ENDED, "" if source.still else language.tr("{} has ended.").format(source.name))
            return False
        if self._transport.loop:
            self._transport.go_to(source.first_s)
            return True
        self._tell(State.ENDED, language.tr("{} has ended.").format(source.name))
        return self._transport.wait_for_more()

    def _hand_on(self, frame: Frame, clock_s: float) -> None:
        self._delivered = True
        self._deliver(frame, clock_s)
