"""Sends what is recognised to other programs: chosen in Settings, never kept, and shown as long as it goes on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from mien.live.state import LiveResult
from mien.sending import SendOptions, warning
from mien_app.live.pipeline_host import PipelineHost
from mien_app.services.background import Background
from mien_app.widgets.basics import ComboField
from mien_app.widgets.dialogs import ask
from mien_app.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from mien.models.cards import Card
    from mien.sending import Sending

_POLL_MS = 200


class SendingControl(QObject):
    """Sends by at most one protocol; it begins with the first model that is loaded, and again with another one."""

    changed = Signal(bool)
    """Whether something is to be sent from now on."""

    def __init__(self, choice: ComboField, host: PipelineHost, background: Background, messages: MessageBar) -> None:
        """Take what is chosen.

        Args:
            choice: of Settings; each item's data is a protocol's name, that of the first is empty: off.
            host: runs the pipelines whose results are sent.
            background: opens and closes senders.
            messages: says what went wrong.
        """
        super().__init__(messages)
        self._choice, self._host, self._background, self._messages = choice, host, background, messages
        self.badge = QPushButton()
        """Says that something is sent, and where to; a click stops it."""
        self.badge.setProperty("role", "primary")
        self.badge.setToolTip(self.tr("Stop sending"))
        self.badge.clicked.connect(self.stop)
        self.badge.hide()
        self._protocol = ""
        self._opening = False
        self._sending: Sending | None = None
        self._model = ""
        """Whose classes the sender was opened for."""
        host.on_result = self._take
        choice.activated.connect(lambda: self._choose())
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def runs(self) -> bool:
        """Whether something is to be sent, as soon as there is a result."""
        return bool(self._protocol)

    def _choose(self) -> None:
        protocol = self._choice.currentData()
        if protocol == self._protocol:
            return
        self.stop()
        if protocol and (text := warning(protocol, SendOptions())):
            send, leave = self.tr("Send"), self.tr("Do not send")
            ask(self._choice.window(), text, send, leave, partial(self._start, protocol))
        elif protocol:
            self._start(protocol)

    def _start(self, protocol: str) -> None:
        self._protocol = protocol
        self._show()
        self._timer.start()
        self.changed.emit(True)

    def stop(self) -> None:
        """Send nothing any more. What waits still goes out, on another thread."""
        self._timer.stop()
        self._protocol = ""
        if self._sending is not None:
            self._background.run(self._sending.close, lambda _: None)
            self._sending = None
        self._show()
        self.changed.emit(False)

    def _take(self, result: LiveResult) -> None:
        """Runs on the recognition thread."""
        if (sending := self._sending) is not None and result.model == self._model:
            sending.put(result.recognition, result.captured.clock_s)

    def _poll(self) -> None:
        if self._sending is not None and self._sending.error:
            self._fail(self._protocol, self._sending.error)
        pipeline = self._host.pipeline
        card = pipeline.card if pipeline is not None else None
        if self._opening or card is None or (self._sending is not None and card.name == self._model):
            return
        if self._protocol:
            self._open(card)

    def _open(self, card: "Card") -> None:
        protocol, classes, before = self._protocol, card.network.classes, self._sending
        self._sending, self._opening = None, True

        def work() -> "Sending":
            from mien.sending import Sending, open_sender

            if before is not None:
                before.close()  # it has the port
            return Sending(open_sender(protocol, classes), classes)

        self._background.run(work, partial(self._opened, protocol, card.name), partial(self._fail, protocol))

    def _opened(self, protocol: str, model: str, sending: "Sending") -> None:
        self._opening = False
        if protocol != self._protocol:  # stopped meanwhile
            self._background.run(sending.close, lambda _: None)
            return
        self._model, self._sending = model, sending
        self._show()

    def _fail(self, protocol: str, text: str) -> None:
        self._opening = False
        if protocol == self._protocol:  # else nobody waits for it any more
            self.stop()
            self._messages.fail(text)

    def _show(self) -> None:
        self._choice.setCurrentIndex(self._choice.findData(self._protocol))
        where = self._sending.where if self._sending is not None else self._choice.currentText()
        self.badge.setText(self.tr("Sending: {}. Stop").format(where))
        self.badge.setVisible(bool(self._protocol))
