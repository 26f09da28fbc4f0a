"""Probability bars of one face, in a fixed order of classes."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien_app.palette import colour
from mien_app.quiet_plot import quiet_plot
from mien_app.style import tabular, theme

_ROW_PX = 26


class ProbabilityBars(QWidget):
    """One horizontal bar a class with its value beside it; a fine line marks the value of this frame alone."""

    def __init__(self, form: str = "{:.2f}", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setAccessibleName(self.tr("Probabilities"))
        self._plot = quiet_plot()
        self._plot.setXRange(0, 1.3, padding=0)
        self._plot.hideAxis("bottom")
        axis = self._plot.getAxis("left")
        axis.setStyle(tickLength=0, tickFont=self.font())
        axis.setPen(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._classes: tuple[str, ...] = ()
        self._bars: pg.BarGraphItem | None = None
        self._raw: pg.BarGraphItem | None = None
        self._values: list[pg.TextItem] = []

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Lay out a bar for each class."""
        if classes == self._classes:
            return
        self._classes = classes
        self._plot.clear()
        rows, none = np.arange(len(classes)), np.zeros(len(classes))
        brushes = [colour(name, i) for i, name in enumerate(classes)]
        track = pg.BarGraphItem(x0=0, y=rows, height=0.62, width=1.0, brush=QColor(128, 128, 128, 28), pen=None)
        self._bars = pg.BarGraphItem(x0=0, y=rows, height=0.62, width=none, brushes=brushes, pen=None)
        self._raw = pg.BarGraphItem(x=none - 1, y=rows, height=0.86, width=0.008, pen=None)
        for item in (track, self._bars, self._raw):
            self._plot.addItem(item)
        self._plot.getAxis("left").setTicks([list(zip(rows.tolist(), classes, strict=True))])
        self._values = []
        for row in rows:
            text = pg.TextItem("", anchor=(0, 0.5))
            text.setFont(tabular(self.font()))
            text.setPos(1.0, row)
            self._plot.addItem(text)
            self._values.append(text)
        self._plot.setYRange(-0.6, len(classes) - 0.4, padding=0)
        self._plot.getViewBox().invertY(True)
        self.setFixedHeight(_ROW_PX * len(classes) + 8)
        self._dress()

    def _dress(self) -> None:
        ink = QColor(theme().text)
        self._plot.getAxis("left").setTextPen(ink)
        if self._raw is not None:
            self._raw.setOpts(brush=ink)
        for text in self._values:
            text.setColor(ink)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def show_probabilities(self, smooth: NDArray[np.floating] | None, raw: NDArray[np.floating] | None = None) -> None:
        """Draw (C,) probabilities, smoothed and of this frame alone, or nothing."""
        if self._bars is None or self._raw is None:
            return
        none = np.zeros(len(self._classes))
        self._bars.setOpts(width=none if smooth is None else smooth)
        self._raw.setOpts(x=none - 1 if raw is None else raw)
        for text, value in zip(self._values, none if smooth is None else smooth, strict=True):
            text.setText("" if smooth is None else self._form.format(value))
