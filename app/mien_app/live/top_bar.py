"""The row above the video: source, model, and what one does with them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from mien_app.live.source_button import SourceButton
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.theme import GAP


class TopBar(QWidget):
    """Holds the controls in a fixed order."""

    def __init__(self, sources: SourceButton, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sources = sources
        self.models = ModelChoice(model)
        self.models.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.models.setMinimumContentsLength(8)
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setToolTip(self.tr("The model that reads the faces"))
        self.more = QMenu(self)
        """What is needed now and then."""
        button = QToolButton()
        button.setText(self.tr("More"))
        button.setAccessibleName(self.tr("More"))
        button.setToolTip(self.tr("The model's card, panels, keys"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.more)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(sources)
        self._row.addWidget(self.models)
        self._row.addStretch(1)
        self._row.addWidget(button)
        self._more = button
        self._last: QWidget = self.models

    def add(self, action: QAction) -> QToolButton:
        """A button for an action, at the right but for the menu."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)  # the text alone where there is none
        button.setAccessibleName(action.toolTip())
        action.changed.connect(lambda: button.setAccessibleName(action.toolTip()))
        self._row.insertWidget(self._row.count() - 1, button)
        self.setTabOrder(self._last, button)
        self.setTabOrder(button, self._more)
        self._last = button
        return button
