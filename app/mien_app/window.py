"""The main window: the live page, and what holds for the whole program."""

from pathlib import Path

from mien import cards
from mien.errors import MienError
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from mien_app import style
from mien_app.background import Background
from mien_app.dialogs import KeySheet
from mien_app.live_page import LivePage
from mien_app.preferences import Preferences


class MainWindow(QMainWindow):
    """Frame, keys, dropping of files, and what is kept between starts."""

    def __init__(self, model: str = "", preferences: Preferences | None = None) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.setWindowTitle("Mien")
        self.setAcceptDrops(True)
        self.preferences = preferences or Preferences()
        style.choose(application, self.preferences.appearance)
        self._background = Background(self)
        self.live = LivePage(self.preferences, self._background, model or self._kept_model())
        self.live.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.live)
        full = self._action(self.tr("Full screen"), "F", self._toggle_full_screen)
        self.live.top.more.addActions([full, self._action(self.tr("Keys"), "?", self._show_keys)])
        self._action(self.tr("Leave full screen"), "Esc", lambda: self._show_full_screen(False))
        self._action(self.tr("Quit"), "Ctrl+Q", self.close)
        self.setMinimumSize(820, 480)
        self.resize(1240, 780)
        self.restoreGeometry(self.preferences.layout("window"))
        self.live.restoreState(self.preferences.layout("live"))

    def _kept_model(self) -> str:
        """The model that was last chosen, if it can still be used."""
        try:
            cards.read_card(self.preferences.model)
            return self.preferences.model
        except MienError:
            return cards.DEFAULT_MODEL

    def _action(self, text: str, key: str, work: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(work)
        self.addAction(action)
        return action

    def open_source(self, address: str) -> None:
        """Open an address of `mien.sources.open_source`."""
        self.live.open(address)

    def _toggle_full_screen(self) -> None:
        self._show_full_screen(not self.isFullScreen())

    def _show_full_screen(self, full: bool) -> None:
        """The video alone, or the window as it was."""
        if full != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            self.live.show_alone(full)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, where no button has taken it, and Enter, which buttons only take in dialogs."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Space:
            self.live.freeze.trigger()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _show_keys(self) -> None:
        actions = [*self.live.sources.actions(), *self.live.actions(), *self.actions()]
        keys = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.text())
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        KeySheet([*keys, ("Space", self.live.freeze.text())], self).show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first of them."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_source(str(Path(paths[0])))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout, and let no thread outlive the window."""
        self.preferences.keep_layout("window", self.saveGeometry())
        self.preferences.keep_layout("live", self.live.saveState())
        self.live.shut()
        self.hide()  # what is still to be waited for is waited for out of sight
        self.live.player.wait()
        self._background.wait()
        super().closeEvent(event)
