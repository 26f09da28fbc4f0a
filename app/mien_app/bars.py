"""Probability bars of one face, in a fixed order of classes."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien_app.palette import colour

_ROW_PX = 26


class ProbabilityBars(QWidget):
    """One horizontal bar a class, with its value beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Probabilities"))
        self._plot = pg.PlotWidget(background=None)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setMenuEnabled(False)
        self._plot.setXRange(0, 1.18, padding=0)
        self._plot.hideAxis("bottom")
        axis = self._plot.getAxis("left")
        axis.setStyle(tickLength=0)
        axis.setPen(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._classes: tuple[str, ...] = ()
        self._bars: pg.BarGraphItem | None = None
        self._values: list[pg.TextItem] = []

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Lay out a bar for each class."""
        if classes == self._classes:
            return
        self._classes = classes
        self._plot.clear()
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        rows = np.arange(len(classes))
        brushes = [colour(name, i) for i, name in enumerate(classes)]
        self._bars = pg.BarGraphItem(x0=0, y=rows, height=0.62, width=np.zeros(len(classes)), brushes=brushes, pen=None)
        self._plot.addItem(self._bars)
        axis = self._plot.getAxis("left")
        axis.setTicks([list(zip(rows.tolist(), classes, strict=True))])
        axis.setTextPen(ink)
        self._values = []
        for row in rows:
            text = pg.TextItem("", color=ink, anchor=(0, 0.5))
            text.setPos(0, row)
            self._plot.addItem(text)
            self._values.append(text)
        self._plot.setYRange(-0.6, len(classes) - 0.4, padding=0)
        self._plot.getViewBox().invertY(True)
        self.setFixedHeight(_ROW_PX * len(classes) + 8)

    def show_probabilities(self, probabilities: NDArray[np.float32] | None) -> None:
        """Draw (C,) probabilities, or nothing."""
        if self._bars is None:
            return
        values = np.zeros(len(self._classes)) if probabilities is None else probabilities
        self._bars.setOpts(width=values)
        for row, (text, value) in enumerate(zip(self._values, values, strict=True)):
            text.setText("" if probabilities is None else f"{value:.2f}")
            text.setPos(float(value) + 0.01, row)
