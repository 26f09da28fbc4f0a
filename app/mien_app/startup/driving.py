"""Uses a window as a person would, by its pages and keys, and waits until it shows what is wanted."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog

from mien.sources import AnyAddress
from mien.types import Recognition
from mien_app.shell.window import MainWindow
from mien_app.widgets.page import Page

_PATIENCE_S = 180.0
_TURNS = 8


class Driver:
    """Drives one window, while the application's own loop does not run."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so.

        Raises:
            TimeoutError: it does not come about; `what` says what was wanted.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"The window did not show {what}.")
            QApplication.processEvents()
            time.sleep(0.01)

    def settle(self, seconds: float = 0.6) -> None:
        """Let it work for so long."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end, "anything")

    def lay_out(self) -> None:
        """Let it lay out all that a change of size or look asks for, which takes several turns."""
        for _ in range(_TURNS):
            QApplication.processEvents()

    def do(self, page: Page, key: str) -> None:
        """Do what a key does on a page; off screen, no window has the keyboard."""
        next(action for action in page.key_actions() if action.shortcut().toString() == key).trigger()
        self.settle(0.1)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        return next(dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible())

    def open(self, address: AnyAddress, wanted: Callable[[Recognition], bool]) -> None:
        """Open a source, and wait for a result that is wanted: so a slow machine shows what a fast one does."""
        self.window.open_source(address)
        host = self.window.live.host

        def there() -> bool:
            newest = host.pipeline.results.peek() if host.pipeline else None
            return newest is not None and wanted(newest.recognition)

        self.wait(there, f"what was wanted of {address}")
