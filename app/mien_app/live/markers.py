"""Markers of a stimulus program, which stand in what is recorded: its LSL stream by name, and whether it is found."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from mien import language
from mien.utils import optional
from mien_app.live.recording import Recording
from mien_app.services.background import Background
from mien_app.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from mien.sending.markers import MarkerInlet


class MarkerControl(QObject):
    """Receives from at most one stream, from when its name is given until that is taken away."""

    _found = Signal(str, bool)

    def __init__(self, field: QLineEdit, recording: Recording, background: Background, messages: MessageBar) -> None:
        super().__init__(messages)
        self._field, self._recording, self._background, self._messages = field, recording, background, messages
        self._name = ""
        self._inlet: MarkerInlet | None = None
        field.editingFinished.connect(lambda: self.receive(field.text().strip()))
        self._found.connect(self._tell)

    def receive(self, name: str) -> None:
        """Receive the markers of the stream of this name; an empty name ends it."""
        if name == self._name:
            return
        self.stop()
        self._name = name
        self._field.setText(name)
        if not name:
            return

        def work() -> "MarkerInlet":
            from mien.errors import MienError

            try:
                from mien.sending.markers import MarkerInlet
            except ImportError as error:
                needs = language.tr("Markers need a library that is not installed. {}")
                raise MienError(needs.format(optional.install_extra("lsl"))) from error
            return MarkerInlet(name, self._recording.keep_marker, partial(self._found.emit, name))

        self._background.run(work, partial(self._opened, name), partial(self._fail, name))

    def stop(self) -> None:
        """Receive nothing any more; the stream is left on another thread."""
        self._name = ""
        if self._inlet is not None:
            self._background.run(self._inlet.close, lambda _: None)
            self._inlet = None

    def _opened(self, name: str, inlet: "MarkerInlet") -> None:
        if name != self._name:  # another one was chosen meanwhile
            self._background.run(inlet.close, lambda _: None)
            return
        self._inlet = inlet

    def _fail(self, name: str, text: str) -> None:
        if name == self._name:  # else nobody waits for it any more
            self._name = ""
            self._field.clear()
            self._messages.fail(text)

    def _tell(self, name: str, found: bool) -> None:
        if name == self._name:
            there = self.tr("Markers come from {}. They are kept while a recording runs.")
            gone = self.tr("{} sends no markers any more. It is waited for.")
            self._messages.say((there if found else gone).format(name))
