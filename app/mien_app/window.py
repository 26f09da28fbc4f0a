"""The main window: the live page, and what holds for the whole program."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow

from mien_app.background import Background
from mien_app.dialogs import KeySheet
from mien_app.live_page import LivePage
from mien_app.preferences import Preferences


class MainWindow(QMainWindow):
    """Frame, keys, dropping of files, and what is kept between starts."""

    def __init__(self, model: str = "", preferences: Preferences | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Mien")
        self.setAcceptDrops(True)
        self.preferences = preferences or Preferences()
        self._background = Background(self)
        self.live = LivePage(self.preferences, self._background, model or self.preferences.model)
        self.live.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.live)
        help_action = self._action(self.tr("Keys"), "?", self._show_keys)
        help_action.setText("?")
        help_action.setToolTip(self.tr("All keys (?)"))
        self.live.top.add(help_action).setAccessibleName(self.tr("Keys"))
        self._action(self.tr("Full screen"), "F", self._toggle_full_screen)
        self._action(self.tr("Leave full screen"), "Esc", self.showNormal)
        self._action(self.tr("Quit"), "Ctrl+Q", self.close)
        self.setMinimumSize(900, 600)
        self.resize(1240, 780)
        self.restoreGeometry(self.preferences.layout("window"))
        self.live.restoreState(self.preferences.layout("live"))

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
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _show_keys(self) -> None:
        actions = [*self.live.sources.actions(), *self.live.actions(), *self.actions()]
        keys = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.text())
            for action in actions
            if not action.shortcut().isEmpty() and action.text() != "?"
        ]
        KeySheet([*keys, ("?", self.tr("This sheet"))], self).show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first of them."""
        path = event.mimeData().urls()[0].toLocalFile()
        if path:
            self.open_source(str(Path(path)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout, and let no thread outlive the window."""
        self.preferences.keep_layout("window", self.saveGeometry())
        self.preferences.keep_layout("live", self.live.saveState())
        self.live.shut()
        self.hide()  # what is still to be waited for is waited for out of sight
        self.live.player.wait()
        self._background.wait()
        super().closeEvent(event)
