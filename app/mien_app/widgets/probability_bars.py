"""Probability bars of one face, in a fixed order of classes."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien import language
from mien_app.widgets.class_colours import colour
from mien_app.widgets.class_names import shown
from mien_app.widgets.plots import quiet_plot
from mien_app.widgets.theme import tabular, theme

_ROW_PX = 26
_LONGEST = 9  # of a name beside the bars, in heights of a line: longer ones would leave the bars no room
_AROUND_PX, _LEAST = 14, 0.2  # beside what is written behind the bars; of the width, for the bars


class ProbabilityBars(QWidget):
    """One horizontal bar a class with its value beside it; a fine line marks the value of this frame alone.

    Of a person with a baseline, a diamond marks that, and the change from it stands behind the value. The accessible
    description says all of it in words.
    """

    def __init__(self, form: Callable[[float], str] = language.number) -> None:
        """Make it; `form` is how values are written."""
        self._classes: tuple[str, ...] = ()
        super().__init__()
        self._form = form
        self.setAccessibleName(self.tr("Probabilities"))
        self._plot = quiet_plot()
        self._plot.hideAxis("bottom")
        self._plot.getViewBox().sigResized.connect(lambda _: self._share_width())
        axis = self._plot.getAxis("left")
        axis.setStyle(tickLength=0)
        axis.setPen(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._bars: pg.BarGraphItem | None = None
        self._raw: pg.BarGraphItem | None = None
        self._mark: pg.ScatterPlotItem | None = None
        self._baseline: NDArray[np.floating] | None = None
        self._values: list[pg.TextItem] = []
        self._changes: list[pg.TextItem] = []

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
        self._mark, self._baseline = pg.ScatterPlotItem(symbol="d", size=9), None
        for item in (track, self._bars, self._raw, self._mark):
            self._plot.addItem(item)
        self._values = [self._text(1.0, row, 0.0) for row in range(len(classes))]
        self._changes = [self._text(1.0, row, 1.0) for row in range(len(classes))]
        self._plot.setYRange(-0.6, len(classes) - 0.4, padding=0)
        self._plot.getViewBox().invertY(True)
        self._size()
        self._colour()

    def _text(self, x: float, row: int, side: float) -> pg.TextItem:
        """Beginning at x where `side` is 0, ending there where it is 1."""
        text = pg.TextItem("", anchor=(side, 0.5))
        text.setPos(x, row)
        self._plot.addItem(text)
        return text

    def _size(self) -> None:
        """Make rows as high as the texts need."""
        axis = self._plot.getAxis("left")
        axis.setStyle(tickFont=self.font())
        middle, longest = Qt.TextElideMode.ElideMiddle, _LONGEST * self.fontMetrics().height()
        names = [self.fontMetrics().elidedText(shown(name), middle, longest) for name in self._classes]
        axis.setTicks([list(enumerate(names))])
        for text in (*self._values, *self._changes):
            text.setFont(tabular(self.font()))
        row = max(_ROW_PX, self.fontMetrics().height() + 6)
        self.setFixedHeight(row * len(self._classes) + 8)
        self._share_width()

    def _share_width(self) -> None:
        """Leave room for what is written behind the bars, whatever the width and the size of the text."""
        written = [self._form(1.0)] + ([] if self._baseline is None else [signed(0.0)])
        room = sum(self.fontMetrics().horizontalAdvance(text) + _AROUND_PX for text in written)
        width = self._plot.getViewBox().width()
        end = width / max(width - room, _LEAST * width) if width else 1.0  # in lengths of a bar
        self._plot.setXRange(0, end, padding=0)
        for row, text in enumerate(self._changes):
            text.setPos(end, row)

    def _colour(self) -> None:
        ink = QColor(theme().text)
        self._plot.getAxis("left").setTextPen(ink)
        if self._raw is not None:
            self._raw.setOpts(brush=ink)
        for text in self._values:
            text.setColor(ink)
        for text in self._changes:
            text.setColor(QColor(theme().muted))
        if self._mark is not None:
            self._mark.setBrush(ink)
            self._mark.setPen(QColor(theme().card))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        elif event.type() == QEvent.Type.FontChange and self._classes:
            self._size()
        super().changeEvent(event)

    def show_probabilities(self, smooth: NDArray[np.floating] | None, raw: NDArray[np.floating] | None = None) -> None:
        """Draw (C,) probabilities, smoothed and of this frame alone, or nothing."""
        if self._bars is None or self._raw is None:
            return
        none = np.zeros(len(self._classes))
        self._bars.setOpts(width=none if smooth is None else smooth)
        self._raw.setOpts(x=none - 1 if raw is None else raw)
        for text, value in zip(self._values, none if smooth is None else smooth, strict=True):
            text.setText("" if smooth is None else self._form(float(value)))
        self._describe()

    def show_baseline(self, baseline: NDArray[np.floating] | None, change: NDArray[np.floating] | None = None) -> None:
        """Mark a person's (C,) baseline and write the (C,) change from it, or neither."""
        if self._mark is None:
            return
        if baseline is not self._baseline:  # which for many frames is the same one
            self._baseline = baseline
            self._share_width()
            places = np.zeros(0) if baseline is None else baseline
            self._mark.setData(places, np.arange(len(places)))
        for text, value in zip(self._changes, [None] * len(self._classes) if change is None else change, strict=True):
            written = "" if value is None else signed(value)
            if text.toPlainText() != written:
                text.setText(written)
        self._describe()

    def _describe(self) -> None:
        parts = []
        for name, value, change in zip(self._classes, self._values, self._changes, strict=True):
            written = " ".join(filter(None, (value.toPlainText(), change.toPlainText())))
            parts += [f"{shown(name)} {written}"] if written else []
        self.setAccessibleDescription(", ".join(parts))


def signed(change: float) -> str:
    """Write a change as +0.12, with a minus as wide as the plus."""
    rounded = round(change, 2) + 0.0
    return ("\N{MINUS SIGN}" if rounded < 0 else "+") + language.number(abs(rounded))
