"""Control of a training by another program, through lines on its standard input."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator

_POLL_S = 0.1


def polled(file: int, ready: Callable[[int], bool]) -> Iterator[str]:
    """The lines of a file, which is read only where there is something to read, or its end.

    On Windows the standard input is held by whoever waits in reading it, and everybody else who looks at it waits too:
    libraries while they are loaded, and processes while they start.

    Args:
        file: its descriptor.
        ready: whether reading would not wait.
    """
    rest = b""
    while True:
        while not ready(file):
            time.sleep(_POLL_S)
        if not (data := os.read(file, 4096)):
            return
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)


if sys.platform == "win32":
    import _winapi
    import msvcrt

    def _ready(file: int) -> bool:
        try:
            return bool(_winapi.PeekNamedPipe(msvcrt.get_osfhandle(file), 0)[0])
        except OSError:  # it has ended, or is no pipe
            return True

    def _standard_input() -> Iterable[str]:
        return polled(sys.stdin.fileno(), _ready)

else:

    def _standard_input() -> Iterable[str]:
        return sys.stdin


class StdinControl:
    """Obeys `pause`, `go on` and `stop`, one a line. The end of the input is a `stop`."""

    def __init__(self, lines: Iterable[str] | None = None) -> None:
        """Listen, on a thread of its own.

        Args:
            lines: standard input where not given.
        """
        self._lines = _standard_input() if lines is None else lines
        self._going, self._stopped = threading.Event(), threading.Event()
        self._going.set()
        threading.Thread(target=self._listen, name="mien-stdin-control", daemon=True).start()

    def _listen(self) -> None:
        for line in self._lines:
            word = line.strip()
            if word == "pause":
                self._going.clear()
            elif word == "go on":
                self._going.set()
            elif word == "stop":
                break
        self.stop()

    def stop(self) -> None:
        """Stop, as the word does."""
        self._stopped.set()
        self._going.set()

    @property
    def paused(self) -> bool:
        """Whether the training waits, or will wait after the present step."""
        return not self._going.is_set()

    def should_stop(self) -> bool:
        """Wait while paused, then say whether to save and leave."""
        self._going.wait()
        return self._stopped.is_set()
