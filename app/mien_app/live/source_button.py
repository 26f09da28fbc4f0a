"""The button that shows which source is open, and its menu of sources."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton

from mien import language
from mien.sources import DEMO, Address, AnyAddress, Camera, CameraAddress, cameras, is_demo, is_network, shown_name
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.file_dialogs import ask_file, ask_folder, media
from mien_app.widgets.theme import ARROW, has_large_texts

_REFRESH_MS = 3000
_LONGEST_PX, _SHORTEST_PX = 220, 64
_ARROW = f"  {ARROW}"


class SourceButton(QToolButton):
    """Lists cameras by name, files, network cameras and the demo. Its keys work wherever the focus is."""

    chosen = Signal(object)
    """An address of `mien.sources.open_source`."""
    named = Signal(str)
    """What is open from now on, as a person would call it; empty for nothing."""
    closed = Signal()
    """The person wants no source any more."""

    def __init__(self, preferences: Preferences, background: Background) -> None:
        super().__init__()
        self._preferences, self._background = preferences, background
        self._longest = _LONGEST_PX
        self.show_none()
        self.setAccessibleName(self.tr("Source"))
        self.setToolTip(self.tr("Where the picture comes from: camera (C), file (O), network (N), demo (D)"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.cameras: list[Camera] = []
        self._asking = False
        self.camera = self._action(self.tr("Camera"), "C", self._first_camera)
        self.file = self._action(self.tr("Video or picture..."), "O", self.ask_file)
        self.folder = self._action(self.tr("Folder of pictures..."), "", self.ask_folder)
        self.network = self._action(self.tr("Network camera..."), "N", self.ask_address)
        self.demo = self._action(self.tr("Demo"), "D", lambda: self.chosen.emit(DEMO))
        self.crowd = self._action(self.tr("Demo with six faces"), "", lambda: self.chosen.emit(f"{DEMO}:6"))
        self.close_source = self._action(self.tr("Close the source"), "Ctrl+W", self.closed.emit)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _action(self, text: str, key: str, work: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: work())
        self.addAction(action)
        return action

    def refresh(self) -> None:
        """Look for cameras that were plugged in or unplugged."""
        if not self._asking:
            self._asking = True
            self._background.run(cameras, self._found, lambda _: self._found([]))

    def shut(self) -> None:
        """Stop looking for cameras."""
        self._timer.stop()

    def _found(self, found: list[Camera]) -> None:
        self._asking = False
        self.cameras = found

    def _first_camera(self) -> None:
        self.chosen.emit(str(self.cameras[0].number) if self.cameras else "0")

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        for camera in self.cameras:
            menu.addAction(camera.name.replace("&", "&&"), partial(self.chosen.emit, str(camera.number)))
        if not self.cameras:
            menu.addAction(self.tr("No camera is plugged in")).setEnabled(False)
        menu.addSeparator()
        menu.addActions([self.file, self.folder, self.network])
        menu.addSeparator()
        menu.addActions([self.demo, self.crowd])
        if self._name:
            menu.addSeparator()
            menu.addAction(self.close_source)
        recent = self._preferences.recent
        if recent:
            menu.addSeparator()
            menu.addAction(self.tr("Recent")).setEnabled(False)
            for address in recent:
                menu.addAction(self.title(address).replace("&", "&&"), partial(self.chosen.emit, address))

    def title(self, address: AnyAddress) -> str:
        """An address as a person would call it."""
        if is_demo(address):
            count = Address.of(address).text.partition(":")[2]
            faces = language.tr("one face") if count == "1" else language.tr("{} faces").format(count)
            return language.tr("Demo with {}").format(faces) if count else language.tr("Demo")
        if (camera := CameraAddress.of(address)) is not None:
            names = {known.number: known.name for known in self.cameras}
            return names.get(camera.number, language.tr("Camera {}").format(camera.number))
        return shown_name(address)

    def written_title(self, address: AnyAddress) -> str:
        """The same as files have it."""
        with language.english():
            return self.title(address)

    def show_chosen(self, address: AnyAddress) -> None:
        """Show which source is open."""
        self._name = self.title(address)
        self._write()
        self.named.emit(self._name)

    def give_room(self, width: int) -> None:
        """Shorten the name so that the button is at most so wide, px, but for names of some ten letters."""
        self._longest = max(min(width - self._around(), _LONGEST_PX), _SHORTEST_PX)
        self._write()

    @property
    def least(self) -> int:
        """How wide it is with the shortest name, px."""
        words = self.fontMetrics().horizontalAdvance(self._words)
        return self._around() + (min(words, _SHORTEST_PX) if self._shortens else words)

    @property
    def _shortens(self) -> bool:
        """A name; what it says while nothing is open only where texts are large."""
        return bool(self._name) or has_large_texts()

    @property
    def _words(self) -> str:
        return self._name or self.tr("Choose a source")

    def _around(self) -> int:
        """How wide the button is without its text, px."""
        return self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().removesuffix(_ARROW))

    def _write(self) -> None:
        middle, room = Qt.TextElideMode.ElideMiddle, self._longest
        short = self.fontMetrics().elidedText(self._words, middle, room) if self._shortens else self._words
        self.setText(short.replace("&", "&&") + _ARROW)  # an ampersand alone would underline the letter after it

    def show_none(self) -> None:
        """Show that nothing is open."""
        self._name = ""
        self._write()
        self.named.emit("")

    @property
    def name(self) -> str:
        """What is open, as a person would call it."""
        return self._name

    def ask_file(self) -> None:
        """Let the person choose a file."""
        if path := ask_file(self, self._preferences, "media", self.tr("Open a video or a picture"), media()):
            self.chosen.emit(str(path))

    def ask_folder(self) -> None:
        """Let the person choose a folder."""
        if path := ask_folder(self, self._preferences, "media", self.tr("Open a folder of pictures")):
            self.chosen.emit(str(path))

    def ask_address(self) -> None:
        """Let the person type an address."""
        text = self.tr("Address, such as rtsp://192.168.1.20/stream or http://192.168.1.20/video")
        address, good = QInputDialog.getText(self, self.tr("Network camera"), text)
        address = address.strip()
        if good and address:
            self.chosen.emit(Address(address if is_network(address) else f"http://{address}"))
