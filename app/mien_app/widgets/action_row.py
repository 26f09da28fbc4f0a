"""A row of buttons for actions; those that find no room go into a menu at its end."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from mien_app.widgets.actions import action_button
from mien_app.widgets.theme import GAP


class ActionRow(QWidget):
    """Takes the room that it gets, and cuts no button."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._buttons = [action_button(action) for action in actions]
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._more = QToolButton()
        self._more.setText(self.tr("More"))
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("What has no room here"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addStretch(0)
        for button in (*self._buttons, self._more):
            row.addWidget(button)
        for before, after in pairwise((*self._buttons, self._more)):
            self.setTabOrder(before, after)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        for action in actions:
            action.changed.connect(self._share_out)

    def _wanted(self) -> list[QToolButton]:
        """The buttons of actions that mean something now."""
        return [button for button in self._buttons if button.defaultAction().isVisible()]

    def minimumSizeHint(self) -> QSize:
        """The menu alone."""
        return self._more.sizeHint()

    def sizeHint(self) -> QSize:
        """All buttons."""
        return QSize(sum(button.sizeHint().width() + GAP for button in self._wanted()), self._more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the buttons that have room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        wanted = self._wanted()
        widths = [button.sizeHint().width() + GAP for button in wanted]
        room = self.width() + GAP
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + GAP
        for button in self._buttons:
            if button in wanted:
                room -= button.sizeHint().width() + GAP
            button.setVisible(button in wanted and room >= 0)
        self._more.setVisible(any(button.isHidden() for button in wanted))

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.addActions([button.defaultAction() for button in self._wanted() if button.isHidden()])
