"""Whether the window may close: what goes on is asked about, and what is being saved is waited for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from mien_app.services.background import Background
from mien_app.widgets.dialogs import ask
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.messages import Kind
from mien_app.widgets.page import Page


class Closing(QObject):
    """Asks, and waits, for one window. Nothing stands still meanwhile."""

    def __init__(
        self, window: QWidget, pages: Sequence[Page], background: Background, show: Callable[[Page], object]
    ) -> None:
        """Watch over a window.

        Args:
            window: is closed again once it may.
            pages: say what goes on.
            background: saves.
            show: leads to a page, on which stands what could not be saved.
        """
        super().__init__(window)
        self._window, self._pages, self._background, self._show = window, pages, background, show
        self._agreed = self._at_once = False
        self._since: datetime | None = None
        """Since when it waits for what is being saved."""
        self._lost = self._asked_while_saving = False
        self._told: MessageBar | None = None
        self._waits = self.tr("What was changed is being saved; Mien closes then.")
        self._question: QMessageBox | None = None
        background.lost.connect(self._lose)
        background.saved.connect(self._saved, Qt.ConnectionType.QueuedConnection)

    def at_once(self) -> None:
        """Allow it from now on, whatever goes on."""
        self._at_once = True

    def may(self, shown: Page) -> bool:
        """Whether the window may close now. Else it is asked, or waits and says so on the page that is shown."""
        if self._at_once:
            return True
        goes_on = [] if self._agreed else [sentence for page in self._pages if (sentence := page.closing())]
        saving = self._background.saving
        if saving and self._since is not None:
            goes_on.append(self.tr("Something is not saved yet, and may be lost."))
        if goes_on:
            self._ask(goes_on)
        elif saving:
            self._since, self._lost, self._told = datetime.now(), False, shown.messages
            shown.messages.busy(self._waits)
        return not goes_on and not saving

    def _ask(self, goes_on: list[str]) -> None:
        """Ask before work is ended. Nothing waits for the answer, and the work goes on meanwhile."""
        if self._question is None:
            self._asked_while_saving = self._since is not None
            text = self.tr("Close Mien?") + "\n\n" + "\n\n".join(goes_on)
            self._question = ask(self._window, text, self.tr("Close"), self.tr("Stay"), self._agree)
            self._question.finished.connect(self._stay)

    def _agree(self) -> None:
        self._agreed, self._at_once = True, self._asked_while_saving
        self._window.close()

    def _stay(self) -> None:
        """Wait for nothing any more; the question is answered, whatever the answer."""
        self._question, self._since, self._agreed = None, None, False
        if self._told is not None and self._told.text == self._waits:
            self._told.hide()
        self._told = None

    def _lose(self) -> None:
        self._lost = True

    def _saved(self) -> None:
        """Close the window that waits for it, or stay open and show what could not be saved."""
        since, question, lost, agreed = self._since, self._question, self._lost, self._agreed
        if since is None:
            return
        self._stay()
        if question is not None:  # it asks about what is over now
            question.reject()
        if not lost:
            self._agreed = agreed
            self._window.close()
            return
        failed = [
            (message.at, page)
            for page in self._pages
            for message in page.messages.past
            if message.kind is Kind.FAILED and message.at >= since
        ]
        if failed:
            self._show(max(failed, key=lambda one: one[0])[1])
