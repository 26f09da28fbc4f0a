"""Before or after reliability balancing, and what its parts say."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mien import language
from mien.types import BalancingTrace
from mien_app.widgets.basics import label
from mien_app.widgets.class_names import shown
from mien_app.widgets.theme import GAP


class BalancingView(QWidget):
    """A switch above three rows: how much classifier, anchors and attention count, and what each says.

    It hides where the model does no balancing.
    """

    switched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._switch = QCheckBox(self.tr("Before balancing"))
        self._switch.setToolTip(
            self.tr(
                "The model corrects a doubtful prediction by learned examples (anchors). Bars show the prediction "
                "after that, or before; the fine line marks the other one, of this frame"
            )
        )
        self._switch.toggled.connect(self.switched)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._switch, 0, 0, 1, 3)
        self._rows = []
        for row, name in enumerate((self.tr("Classifier"), self.tr("Anchors"), self.tr("Attention")), 1):
            cells = (label(name, "muted"), label("", "muted", figures=True), label("", "muted"))
            cells[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column)
            self._rows.append(cells)
        self.hide()

    @property
    def before(self) -> bool:
        """Whether the prediction before balancing is asked for."""
        return self._switch.isChecked()

    def show_trace(self, trace: BalancingTrace | None, classes: tuple[str, ...]) -> None:
        """Show how one prediction came about; hide where there is nothing to show."""
        self.setVisible(trace is not None)
        if trace is None:
            return
        for cells, share, part in zip(self._rows, trace.shares, trace.parts, strict=True):
            on = bool(part.any())
            for cell in cells:
                cell.setVisible(on)
            cells[1].setText(language.percent(share))
            best = int(part.argmax())
            cells[2].setText(f"{shown(classes[best])} {language.number(part[best])}")
