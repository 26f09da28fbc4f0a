"""A curve of one quantity over the rounds of a training."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout

from mien_app.widgets.basics import Card, label
from mien_app.widgets.plots import quiet_plot
from mien_app.widgets.theme import theme


class Curve(Card):
    """Shows the curve, its title and its newest value."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._value = label("", "value", figures=True)
        self._value.setAccessibleName(title)
        row = QHBoxLayout()
        row.addWidget(label(title, "muted", wrap=True), 1)
        row.addWidget(self._value)
        self.column.addLayout(row)
        self._plot = quiet_plot()
        self._plot.setAccessibleName(title)
        self._plot.showGrid(y=True, alpha=0.15)
        self._lines = [self._plot.plot(), self._plot.plot()]
        self._plot.setXRange(0, 1, padding=0)
        self.column.addWidget(self._plot, 1)
        self._dress()

    def draw(self, x: list[float], y: list[float], value: str, *, smooth: list[float] | None = None) -> None:
        """Draw the curve.

        Args:
            x: in rounds.
            y: as many values.
            value: the newest one, as a text.
            smooth: the curve if `y` jumps about; `y` is then drawn faintly behind it.
        """
        faint, strong = self._lines
        faint.setData(x, y if smooth is not None else [float("nan")] * len(x))
        strong.setData(x, y if smooth is None else smooth)
        strong.setSymbol("o" if smooth is None else None)
        self._value.setText(value)
        self._show_axes(bool(x))

    def _show_axes(self, yes: bool) -> None:
        """Hide the axes while there is nothing on them, which would count from .1 to .9."""
        for name in ("left", "bottom"):
            self._plot.showAxis(name, yes)

    def set_rounds(self, rounds: int) -> None:
        """Let the scale go up to so many rounds."""
        self._plot.setXRange(0, rounds, padding=0.02)
        self._plot.getAxis("bottom").setTickSpacing(levels=[(max(rounds // 8, 1), 0)])

    def _dress(self) -> None:
        accent = QColor(theme().accent)
        weak = QColor(accent)
        weak.setAlphaF(0.3)
        self._lines[0].setPen(pg.mkPen(weak, width=1))
        self._lines[1].setPen(pg.mkPen(accent, width=2))
        self._lines[1].setSymbolBrush(accent)
        self._lines[1].setSymbolPen(None)
        self._lines[1].setSymbolSize(6)
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setTextPen(QColor(theme().muted))
            axis.setPen(QColor(theme().line))

    def changeEvent(self, event: QEvent) -> None:
        """Change with the system from light to dark and back."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lines"):
            self._dress()
        super().changeEvent(event)
