"""Reads one source until it ends; a camera that is lost is waited for."""

import threading
from collections.abc import Callable
from contextlib import closing

from mien.errors import MienError
from mien.live.pacing import Pacing
from mien.live.state import State
from mien.sources import CameraClock, Source, is_live, open_source
from mien.types import Frame

_RETRY_S = 1.0


class Capture:
    """The work of the capturing thread."""

    def __init__(
        self,
        address: str,
        stop: threading.Event,
        *,
        tell: Callable[[State, str], None],
        deliver: Callable[[Frame], None],
    ) -> None:
        """Prepare; `run` opens the source.

        Args:
            address: of `mien.sources.open_source`.
            stop: ends the work.
            tell: is told the state and a message for a person.
            deliver: takes each frame.
        """
        self._address, self._stop = address, stop
        self._tell, self._deliver = tell, deliver
        self._delivered = False  # a frame, so far

    def run(self) -> None:
        """Deliver every frame, until the end or `stop`.

        Raises:
            MienError: a file cannot be opened, or has no frame.
        """
        clock = CameraClock()
        while not self._stop.is_set():
            try:
                source = open_source(self._address, clock)
            except MienError as error:
                if not is_live(self._address):
                    raise
                if not self._delivered:  # else the message stays that it was lost
                    self._tell(State.WAITING, f"{error} Trying again...")
                self._stop.wait(_RETRY_S)
                continue
            with closing(source):
                if not source.live:
                    self._play(source)
                    return
                self._follow(source)

    def _follow(self, source: Source) -> None:
        """Until the camera is lost."""
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                self._tell(State.WAITING, f"{source.name} was lost. Waiting for it to come back...")
                self._stop.wait(_RETRY_S)
                return
            self._hand_on(frame)

    def _play(self, source: Source) -> None:
        pacing = Pacing()
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                if not self._delivered:
                    raise MienError(f"{source.name} has no picture that can be read.")
                self._tell(State.ENDED, "" if source.still else f"{source.name} has ended.")
                return
            frame, wait_s = pacing.next(frame)
            self._stop.wait(wait_s)
            self._hand_on(frame)

    def _hand_on(self, frame: Frame) -> None:
        self._delivered = True
        self._deliver(frame)
