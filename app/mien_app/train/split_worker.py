"""Splits the draft's pictures in the background: many of them take seconds."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from mien.curation.split import Split
from mien_app.services.background import Background
from mien_app.train.draft import Draft


class SplitWorker(QObject):
    """Answers the newest request only."""

    def __init__(self, draft: Draft, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft, self._background = draft, background
        self._request = 0

    def start(self, done: Callable[[Split], None], failed: Callable[[str], None]) -> None:
        """Split what is used now.

        Args:
            done: called here with the split.
            failed: called here with a sentence where there is too little to split.
        """
        self.stop()
        request = self._request

        def if_newest(receiver: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda value: receiver(value) if request == self._request else None

        self._background.run(self._draft.splitting(), if_newest(done), if_newest(failed))

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._request += 1
