"""The third step of a training: how it goes."""

import time
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from mien_app.services.background import Background
from mien_app.widgets.basics import Card, label
from mien_app.widgets.confusion_matrix import ConfusionMatrix
from mien_app.widgets.plots import quiet_plot
from mien_app.widgets.theme import GAP, tabular, theme
from mien_app.widgets.thumbnail_grid import Thumbnail, ThumbnailGrid

_BAR_PX = 6
_FACE_PX = 72
_FACES_HIGH_PX = 2 * (_FACE_PX + 44)


class Curve(Card):
    """One quantity over the rounds."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = label("", "value")
        self._value.setFont(tabular(self._value.font()))
        row = QHBoxLayout()
        row.addWidget(label(title, "muted"), 1)
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
        """Draw it, and the newest value as a text. With `smooth`, what jumps about is drawn faintly behind it."""
        faint, strong = self._lines
        faint.setData(x, y if smooth is not None else [float("nan")] * len(x))
        strong.setData(x, y if smooth is None else smooth)
        strong.setSymbol("o" if smooth is None else None)
        self._value.setText(value)

    def set_rounds(self, rounds: int) -> None:
        """How far the scale goes; whole rounds are marked."""
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
        """Follow the system from light to dark."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lines"):
            self._dress()
        super().changeEvent(event)


class RunStep(QWidget):
    """Progress, curves, the confusion matrix and a few faces of the newest round."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = label()
        self._where.setFont(tabular(self._where.font()))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(_BAR_PX)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.loss = Curve(self.tr("Loss (what it tries to make small)"))
        self.accuracy = Curve(self.tr("Faces put aside that are read as labelled, %"))
        self.confusion = ConfusionMatrix()
        self.faces = ThumbnailGrid(background, _FACE_PX)
        self.faces.setFixedHeight(_FACES_HIGH_PX)
        matrix, some = Card(), Card()
        matrix.column.addWidget(label(self.tr("Label and reading, % of each label"), "muted"))
        matrix.column.addWidget(self.confusion, 1)
        some.column.addWidget(label(self.tr("Some of the faces put aside, and how they are read now"), "muted"))
        some.column.addWidget(self.faces)
        some.column.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for place, widget in enumerate((self.loss, self.accuracy, matrix, some)):
            grid.addWidget(widget, place // 2, place % 2)
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        for line in (0, 1):
            grid.setColumnStretch(line, 1)
            grid.setRowStretch(line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._where)
        column.addWidget(self._bar)
        column.addLayout(grid, 1)
        self.clear(Path())

    def clear(self, root: Path) -> None:
        """Begin with a training of pictures below `root`."""
        self._root = root
        self._steps, self._epochs, self._done = 0, 0, 0
        self._classes: tuple[str, ...] = ()
        self._began: tuple[float, int] | None = None  # when, and at which step, this process began
        self._losses: list[tuple[int, float]] = []
        self._rounds: list[dict[str, Any]] = []
        self._bar.setValue(0)
        self.loss.draw([], [], "")
        self.accuracy.draw([], [], "")
        self.confusion.clear()
        self.faces.show_pictures([])
        self.say(self.tr("Preparing..."))

    def say(self, text: str) -> None:
        """A line instead of the progress."""
        self._where.setText(text)

    def show_events(self, events: list[dict[str, Any]]) -> None:
        """What the training has said since."""
        for event in events:
            kind, step = event["event"], int(event["step"])
            self._done = step
            if kind == "start":
                self._steps, self._epochs = int(event["steps"]), int(event["epochs"])
                self._classes = tuple(event["classes"])
                for curve in (self.loss, self.accuracy):
                    curve.set_rounds(self._epochs)
                self._began = time.monotonic(), step
                self._losses = [(at, loss) for at, loss in self._losses if at <= step]
                self._rounds = [one for one in self._rounds if one["step"] <= step]
            elif kind == "step":
                self._losses.append((step, float(event["loss"])))
            elif kind == "epoch":
                self._rounds.append(event)
        self._draw()
        if any(event["event"] == "epoch" for event in events):
            self._draw_round(self._rounds[-1])

    @property
    def _per_round(self) -> float:
        return max(self._steps / max(self._epochs, 1), 1)

    def _draw(self) -> None:
        self._bar.setRange(0, max(self._steps, 1))
        self._bar.setValue(self._done)
        if self._losses:
            x = [step / self._per_round for step, _ in self._losses]
            y = [loss for _, loss in self._losses]
            self.loss.draw(x, y, f"{_smoothed(y)[-1]:.2f}", smooth=_smoothed(y))
        if self._steps:
            now = min(int(self._done / self._per_round) + 1, self._epochs)
            judging = self.tr("Judging the new model...") if self._done >= self._steps else ""
            self.say(judging or self.tr("Round {} of {}").format(now, self._epochs) + self._left())

    def _left(self) -> str:
        if self._began is None or self._done <= self._began[1]:
            return ""
        seconds = (time.monotonic() - self._began[0]) / (self._done - self._began[1]) * (self._steps - self._done)
        if seconds < 90:
            return self.tr(", about {:.0f} s left").format(max(seconds, 1))
        return self.tr(", about {:.0f} min left").format(seconds / 60)

    def _draw_round(self, newest: dict[str, Any]) -> None:
        x = [float(one["epoch"]) + 1 for one in self._rounds]
        self.accuracy.draw(x, [100 * one["accuracy"] for one in self._rounds], f"{newest['accuracy']:.1%}")
        self.confusion.show_counts(self._classes, newest["confusion"])
        shown = []
        for face in newest["faces"]:
            right = face["labelled"] == face["read_as"]
            mark = "\N{CHECK MARK}" if right else "\N{MULTIPLICATION SIGN}"
            text = f"{mark} {face['read_as']}\n{face['probability']:.2f}"
            tip = self.tr("Labelled {}, read as {} ({:.2f})").format(
                face["labelled"], face["read_as"], face["probability"]
            )
            shown.append(Thumbnail(self._root / face["name"], text, tip))
        self.faces.show_pictures(shown)


def _smoothed(values: list[float], memory: float = 0.8) -> list[float]:
    """Exponential mean that begins without a lag."""
    made, total, weight = [], 0.0, 0.0
    for value in values:
        total, weight = memory * total + value, memory * weight + 1
        made.append(total / weight)
    return made
