"""The four steps of a training, across the top."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mien_app.widgets.theme import GAP


class StepBar(QWidget):
    """One button a step; the present one is marked, and those that cannot be gone to yet are grey."""

    chosen = Signal(int)
    """Counted from 1: the beginning has no button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        names = (self.tr("Data"), self.tr("Split and settings"), self.tr("Training"), self.tr("Result"))
        self.buttons: list[QToolButton] = []
        for number, name in enumerate(names, 1):
            button = QToolButton()
            button.setText(f"{number}  {name}")
            button.setAccessibleName(self.tr("Step {}: {}").format(number, name))
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose, number))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)

    def _choose(self, number: int) -> None:
        self.buttons[number - 1].setChecked(not self.buttons[number - 1].isChecked())  # `show_state` decides
        self.chosen.emit(number)

    def show_state(self, step: int, reachable: set[int]) -> None:
        """Mark a step, and offer those that can be gone to."""
        self.setVisible(step > 0)
        for number, button in enumerate(self.buttons, 1):
            button.setChecked(number == step)
            button.setEnabled(number in reachable)
