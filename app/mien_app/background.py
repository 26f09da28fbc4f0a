"""Work that would hold up the window, done on another thread."""

import logging
from collections.abc import Callable
from typing import Any

from mien.errors import MienError
from PySide6.QtCore import QObject, QThreadPool, Signal

log = logging.getLogger(__name__)


class Background(QObject):
    """Runs work on threads of its own and hands results back on the window's thread."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._finished.connect(lambda receiver, value: receiver(value))

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None] = lambda _: None
    ) -> None:
        """Do `work` elsewhere, then call `done` with its result, or `failed` with a sentence, here."""

        def job() -> None:
            receiver: Callable[[Any], None]
            try:
                receiver, value = done, work()
            except MienError as error:
                receiver, value = failed, str(error)
            except Exception as error:  # becomes a message; the window goes on
                log.exception("background work failed")
                receiver, value = failed, f"{type(error).__name__}: {error}"
            try:
                self._finished.emit(receiver, value)
            except RuntimeError:  # the window has gone meanwhile
                log.debug("nobody was left to hear of a result")

        self._pool.start(job)

    def wait(self) -> None:
        """Until all work is done."""
        self._pool.waitForDone()
