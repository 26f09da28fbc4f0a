"""The list of past messages."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import label
from mien_app.widgets.dialogs import Sheet
from mien_app.widgets.messages import Kind, Message, icon, word
from mien_app.widgets.show_in_folder import show_in_folder
from mien_app.widgets.theme import GAP

_ICON_PX = 20


class PastMessages(Sheet):
    """What the window has said since it was opened, the newest first."""

    def __init__(self, messages: Iterable[tuple[str, Message]], parent: QWidget | None = None) -> None:
        """Show messages, each with the name of its page."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Messages"))
        self._signs: list[tuple[QLabel, Kind]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(2, 1)
        row = 0
        for row, (page, message) in enumerate(sorted(messages, key=lambda pair: pair[1].at, reverse=True)):
            sign = label()
            sign.setToolTip(word(message.kind))
            self._signs.append((sign, message.kind))
            text = label(f"{word(message.kind)}: {message.text}", wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(f"{message.at:%H:%M:%S}  {page}", "muted"), row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 2, Qt.AlignmentFlag.AlignTop)
            if (file := message.file) is not None:
                button = tool_button(
                    self.tr("Show in folder"),
                    self.tr("Show {} in its folder").format(file),
                    partial(show_in_folder, file),
                    f"{self.tr('Show in folder')}: {file.name}",
                )
                grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignTop)
        if not grid.count():
            grid.addWidget(label(self.tr("There was no message yet."), "muted"), 0, 2)
        grid.setRowStretch(row + 1, 1)
        self._draw_signs()
        self.column.addLayout(grid)
        self.finish(720, 420)

    def _draw_signs(self) -> None:
        for sign, kind in self._signs:
            sign.setPixmap(icon(kind, _ICON_PX).pixmap(_ICON_PX, _ICON_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_signs()
