"""What the Review page shows while no session is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from mien_app.services.preferences import Preferences
from mien_app.widgets.basics import label, plain_tip
from mien_app.widgets.narrow_page import WIDTH, NarrowPage


class ReviewStart(NarrowPage):
    """Opens a session folder, or one of those that were opened last."""

    chosen = Signal(str)
    """Folder of a session to open."""

    def __init__(self, preferences: Preferences, ask: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.column.addWidget(label(self.tr("What should be reviewed?"), "headline"))
        tip = self.tr("Made by an analysis or a recording  (Ctrl+O)")
        self.button = self.add_choice(self.tr("Open a session folder"), tip)
        self.button.clicked.connect(ask)
        self.column.addWidget(label(self.tr("Or drop a session folder anywhere."), "muted"))
        self._title = label(self.tr("Recent sessions"), "muted")
        self.column.addSpacing(12)
        self.column.addWidget(self._title)
        self.recent: list[QPushButton] = []
        self.refresh()

    def refresh(self) -> None:
        """List the sessions that were opened last."""
        for button in self.recent:
            button.deleteLater()
        self.recent.clear()
        for folder in self._preferences.recent_sessions[:4]:
            parent = QFontMetrics(self.font()).elidedText(
                str(Path(folder).parent), Qt.TextElideMode.ElideMiddle, WIDTH - 60
            )
            button = self.add_choice(Path(folder).name, parent)
            button.setProperty("role", "recent")
            button.setToolTip(plain_tip(folder))
            button.clicked.connect(partial(self.chosen.emit, folder))
            self.recent.append(button)
        self._title.setVisible(bool(self.recent))
