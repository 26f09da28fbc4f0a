"""Sends on a thread of its own: recognition never waits for a receiver."""

import logging
import threading
from collections import deque
from collections.abc import Sequence

from mien import language
from mien.sending.base import Sender
from mien.sending.message import Message, message_of
from mien.types import Recognition
from mien.utils.at_exit import at_exit
from mien.utils.closeable import Closeable
from mien.utils.files import reason_of
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)

WAITING = 64
"""Messages that wait for a slow receiver, at most: some two seconds."""
_PATIENCE_S = 1.0
_LAST_S = 0.5  # for the message that is being sent


class Sending(Closeable):
    """Messages on their way. Where a receiver is too slow, the oldest are dropped and counted."""

    def __init__(self, sender: Sender, classes: Sequence[str]) -> None:
        """Begin.

        Args:
            sender: of `mien.sending.open_sender`; it is closed here.
            classes: the C names that the probabilities of all recognitions stand for.
        """
        self._sender, self._classes = sender, tuple(classes)
        self._waiting: deque[Message] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._dropped = 0
        self.sent = 0
        """Messages that the sender took."""
        self.error = ""
        """Why it ended by itself, as a person should read it."""
        self._thread = threading.Thread(target=self._work, name="mien-sending", daemon=True)
        at_exit(self.close)  # first: Ctrl+C may come while it is started
        self._thread.start()

    @property
    def where(self) -> str:
        """Where the messages can be read, for a person."""
        return self._sender.where

    @property
    def waiting(self) -> int:
        """Messages that wait now."""
        return len(self._waiting)

    @property
    def dropped(self) -> int:
        """Messages that no receiver got, because it was too slow."""
        return self._dropped + self._sender.dropped

    def put(self, recognition: Recognition, clock_s: float) -> None:
        """Send a frame's predictions; this never waits.

        Args:
            recognition: the next of the source.
            clock_s: of `time.perf_counter`, at the frame's capture.
        """
        message = message_of(recognition, self._classes, clock_s)
        with self._changed:
            if self._closed or self.error:
                return
            if len(self._waiting) == WAITING:
                self._waiting.popleft()
                self._dropped += 1
            self._waiting.append(message)
            self._changed.notify()

    def close(self) -> None:
        """Send what waits, then end; a receiver that does not read is given a second. What waits then is dropped."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(_PATIENCE_S)
        with self._changed:  # else the thread would send on while the program takes everything down
            self._dropped += len(self._waiting)
            self._waiting.clear()
        self._thread.join(_LAST_S)

    def _work(self) -> None:
        try:
            while (message := self._next()) is not None:
                self._sender.send(message)
                self.sent += 1
        except OSError as error:
            self._fail(language.tr("Nothing is sent any more: {}.").format(reason_of(error)))
        except Exception as error:  # a thread that fails becomes a message
            log.exception("the sender failed")
            self._fail(unexpected(error))
        finally:
            self._sender.close()

    def _next(self) -> Message | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return self._waiting.popleft() if self._waiting else None

    def _fail(self, text: str) -> None:
        with self._changed:
            self.error = text
            self._waiting.clear()
