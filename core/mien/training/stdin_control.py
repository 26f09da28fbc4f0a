"""Control of a training by another program, through lines on its standard input."""

import sys
import threading
from typing import IO


class StdinControl:
    """Obeys `pause`, `go on` and `stop`, one a line. The end of the input is a `stop`."""

    def __init__(self, lines: IO[str] | None = None) -> None:
        """Listen, on a thread of its own.

        Args:
            lines: standard input where not given.
        """
        self._lines = lines or sys.stdin
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
