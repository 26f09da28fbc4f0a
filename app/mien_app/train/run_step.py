"""The third step of a training: how it goes."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QGridLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from mien import language
from mien.utils.durations import rough_duration
from mien_app.services.background import Background
from mien_app.train.curve import Curve
from mien_app.train.progress import TrainingProgress
from mien_app.widgets.basics import Card, label
from mien_app.widgets.class_names import shown
from mien_app.widgets.confusion_matrix import ConfusionMatrix
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP
from mien_app.widgets.thumbnail_grid import Thumbnail, ThumbnailGrid

_BAR_PX = 6
_FACE_PX = 88
_FACES_HIGH_PX = 2 * (_FACE_PX + 44)


class RunStep(QWidget):
    """Shows progress, curves, and the confusion matrix and a few faces of the newest round."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._state = label(figures=True)
        self._state.setAccessibleName(self.tr("State of the training"))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(_BAR_PX)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.loss = Curve(self.tr("Loss (lower is better)"))
        self.accuracy = Curve(self.tr("Validation faces classified as labelled, %"))
        self.confusion = ConfusionMatrix()
        self.faces = ThumbnailGrid(background, _FACE_PX)
        self.faces.setFixedHeight(_FACES_HIGH_PX)
        matrix, some = Card(), Card()
        matrix.column.addWidget(label(self.tr("Label and prediction, % of each label"), "muted", wrap=True))
        matrix.column.addWidget(self.confusion, 1)
        some.column.addWidget(
            label(self.tr("Some validation faces, and what is predicted for them now"), "muted", wrap=True)
        )
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
        inside = QWidget()
        inside.setLayout(grid)
        grid.setContentsMargins(0, 0, GAP, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._state)
        column.addWidget(self._bar)
        column.addWidget(VerticalScroll(inside), 1)  # what pauses and stops it stays in view
        self.clear(Path())

    def clear(self, root: Path) -> None:
        """Begin with a training whose pictures lie below `root`."""
        self._root = root
        self.progress = TrainingProgress()
        self._bar.setValue(0)
        self.loss.draw([], [], "")
        self.accuracy.draw([], [], "")
        self.confusion.clear()
        self.faces.show_pictures([])
        self.say(self.tr("Preparing..."))

    def say(self, text: str) -> None:
        """Show a line in place of the progress."""
        self._state.setText(text)

    def show_stopped(self, *, broke_off: bool) -> None:
        """Say that the training can be resumed, whether it was stopped or broke off."""
        self.say(
            self.tr("The training broke off. Press Go on to resume it from where it was last saved.")
            if broke_off
            else self.tr("Stopped. What was learned so far is saved: press Go on to resume.")
        )

    def show_events(self, events: list[dict[str, Any]]) -> None:
        """Show new events of the training."""
        self.progress.add(events)
        if any(event["event"] == "start" for event in events):
            for curve in (self.loss, self.accuracy):
                curve.set_rounds(self.progress.epochs)
        self._draw()
        if any(event["event"] == "epoch" for event in events):
            self._draw_round(self.progress.rounds[-1])

    def _draw(self) -> None:
        now = self.progress
        self._bar.setRange(0, max(now.steps, 1))
        self._bar.setValue(now.step)
        if now.losses:
            x = [step / now.steps_per_round for step, _ in now.losses]
            smooth = now.smoothed_losses
            self.loss.draw(x, [loss for _, loss in now.losses], language.number(smooth[-1]), smooth=smooth)
        if now.steps and now.step >= now.steps:
            self.say(self.tr("Evaluating the new model..."))
        elif now.steps:
            self.say(self.tr("Round {} of {}").format(now.round, now.epochs) + self._left())

    def _left(self) -> str:
        seconds = self.progress.left_s
        return "" if seconds is None else self.tr(", about {} left").format(rough_duration(seconds))

    def _draw_round(self, newest: dict[str, Any]) -> None:
        x = [float(one["epoch"]) + 1 for one in self.progress.rounds]
        self.accuracy.draw(
            x, [100 * one["accuracy"] for one in self.progress.rounds], language.percent(newest["accuracy"], 1)
        )
        self.confusion.show_counts(self.progress.classes, newest["confusion"])
        faces = []
        for face in newest["faces"]:
            right = face["labelled"] == face["read_as"]
            mark = "\N{CHECK MARK}" if right else "\N{MULTIPLICATION SIGN}"
            labelled, read_as, sure = (
                shown(face["labelled"]),
                shown(face["read_as"]),
                language.number(face["probability"]),
            )
            text = f"{mark} {read_as}\n{sure}"
            tip = self.tr("Labelled {}, predicted {} ({})").format(labelled, read_as, sure)
            faces.append(Thumbnail(self._root / face["name"], text, tip))
        self.faces.show_pictures(faces)
