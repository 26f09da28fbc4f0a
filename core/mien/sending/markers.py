"""What a stimulus program says over the Lab Streaming Layer: its markers, on the clock of captured frames."""

import logging
import threading
from collections.abc import Callable

import pylsl
from pylsl.util import LostError
from pylsl.util import TimeoutError as LslTimeoutError

from mien.sending.clock_offset import ClockOffset
from mien.sending.lsl import stay_on_this_machine
from mien.utils.at_exit import at_exit
from mien.utils.closeable import Closeable
from mien.utils.text import one_line

log = logging.getLogger(__name__)

_LOOK_S, _POLL_S, _OPEN_S = 1.0, 0.2, 5.0
_LONGEST = 1000  # letters

Take = Callable[[float, str], object]
"""Called with a marker's moment on `time.perf_counter`, and its text."""


class MarkerInlet(Closeable):
    """Waits for a stream of markers by its name, reads it, and waits again when it is gone."""

    def __init__(self, name: str, take: Take, tell: Callable[[bool], object] = lambda found: None) -> None:
        """Begin.

        Args:
            name: of the stream, as the stimulus program gives it.
            take: called with each marker, on a thread of its own: it must not wait for anybody.
            tell: told on that thread when the stream is found (True), and when it is lost.
        """
        stay_on_this_machine()
        self._name, self._take, self._tell = name, take, tell
        self._stop = threading.Event()
        self._clock = ClockOffset(pylsl.local_clock)
        self._thread = threading.Thread(target=self._work, name="mien-markers", daemon=True)
        at_exit(self.close)  # first: Ctrl+C may come while it is started
        self._thread.start()

    def close(self) -> None:
        """Leave the stream."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                for found in pylsl.resolve_bypred(f"name={_literal(self._name)}", timeout=_LOOK_S)[:1]:
                    self._read(found)
            except (LostError, LslTimeoutError, RuntimeError) as error:
                log.info("The markers of %s: %s", self._name, error or type(error).__name__)

    def _read(self, found: pylsl.StreamInfo) -> None:
        # Stamps of another computer come on this one's clock.
        inlet = pylsl.StreamInlet(found, recover=False, processing_flags=pylsl.proc_clocksync)
        inlet.open_stream(timeout=_OPEN_S)  # a program that has just ended is still found, but not open
        self._tell(True)
        try:
            while not self._stop.is_set():
                sample, stamp = inlet.pull_sample(timeout=_POLL_S)
                if sample is not None:
                    self._take(self._clock.from_other(stamp), one_line(str(sample[0]))[:_LONGEST])
        finally:
            inlet.close_stream()
            self._tell(False)


def _literal(text: str) -> str:
    """A text in a question to liblsl, which is XPath and knows no escapes: `resolve_byprop` cannot ask for Anna's."""
    if "'" not in text:
        return f"'{text}'"
    parts = """, "'", """.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"
