"""The row above the video: source, model, and what one does with them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from mien_app.live.source_button import SourceButton
from mien_app.widgets.actions import action_button, allow
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.theme import GAP

_LETTERS, _FEWEST_LETTERS = 8, 3  # that a model's name has room for, by the width of an X


class TopBar(QWidget):
    """Holds the controls in a fixed order, which is also that of the Tab key."""

    def __init__(self, sources: SourceButton, model: str, actions: Sequence[QAction]) -> None:
        """Lay it out, with a button for each action at the right, but for the menu."""
        super().__init__()
        self.models = ModelChoice(model)
        self.models.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.models.setMinimumContentsLength(_LETTERS)
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setToolTip(self.tr("The model that classifies the faces"))
        self.more = QMenu(self)
        """What is needed now and then."""
        more = QToolButton()
        more.setText(self.tr("More"))
        more.setAccessibleName(self.tr("More"))
        more.setToolTip(self.tr("The model's card, panels, keys"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(sources)
        row.addWidget(self.models)
        row.addStretch(1)
        self._first, self._last = (sources, self.models), more
        self._buttons = [action_button(action) for action in actions]
        self.more.aboutToShow.connect(self._list_hidden)
        controls = [sources, self.models, *self._buttons, more]
        for button in controls[2:]:
            row.addWidget(button)
        for control, following in pairwise(controls):
            self.setTabOrder(control, following)
        for action in actions:
            action.changed.connect(self._share_out)  # a recording's button grows by its time and size
        sources.named.connect(lambda _: self._share_out())

    def keep_model(self, keep: bool) -> None:
        """Hold the model fast while something is recorded with it."""
        allow(self.models, not keep, self.tr("A recording is of one model: stop it first."))

    @property
    def _letter(self) -> int:
        return self.models.fontMetrics().horizontalAdvance("X")  # px, as Qt counts the letters of a box

    def minimumSizeHint(self) -> QSize:
        """Without the buttons that go into the menu where there is no room."""
        sources, models = self._first
        shorter = (models.minimumContentsLength() - _FEWEST_LETTERS) * self._letter
        least = sources.least + models.sizeHint().width() - shorter + self._last.sizeHint().width() + 2 * GAP
        return QSize(least, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Share the room out anew where it changes, or what the controls need."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._share_out()
        return super().event(event)

    def _share_out(self) -> None:
        """Leave out the last buttons where there is no room; what they do is in the menu then.

        The first, which stops a recording, is worth more than the whole of a source's name.
        """
        sources, models = self._first
        wanted = self.minimumSizeHint().width() + (_LETTERS - _FEWEST_LETTERS) * self._letter
        models.setMinimumContentsLength(_LETTERS if wanted <= self.width() else _FEWEST_LETTERS)
        others = (models, self._buttons[0], self._last)
        sources.give_room(self.width() - GAP - sum(widget.sizeHint().width() + GAP for widget in others))
        room = self.width() - sum(widget.sizeHint().width() + GAP for widget in (*self._first, self._last))
        for button in self._buttons:
            room -= button.sizeHint().width() + GAP
            button.setVisible(room >= 0)

    def _list_hidden(self) -> None:
        for button in self._buttons:
            self.more.removeAction(button.defaultAction())
        first = self.more.actions()[0]
        for button in self._buttons:
            if button.isHidden():
                self.more.insertAction(first, button.defaultAction())
