"""Leads through a training: its four steps across the top, and the buttons at the foot of the page."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QToolButton, QWidget

from mien_app.widgets.actions import allow
from mien_app.widgets.basics import ComboField
from mien_app.widgets.elided_label import ElidedLabel
from mien_app.widgets.flow import Flow
from mien_app.widgets.theme import GAP

START, DATA, SETTINGS, RUN, RESULT = range(5)


@dataclass(frozen=True)
class Situation:
    """What decides where one can go, and what can be done."""

    step: int
    """The step that is shown."""
    data: bool
    """Whether a folder was examined."""
    run: bool
    """Whether there is a training."""
    finished: bool
    """Whether the training came to its end."""
    running: bool
    """Whether a training runs now, this one or another."""
    paused: bool

    @property
    def reachable(self) -> set[int]:
        """The steps that one can go to."""
        steps = {START}
        if self.data:
            steps |= {DATA, SETTINGS}
        if self.run:
            steps.add(RUN)
        if self.finished and not self.running:
            steps.add(RESULT)
        return steps


class StepBar(QWidget):
    """One button for each step. The present one is marked; those that cannot be reached yet are grey."""

    chosen = Signal(int)
    """A step, counted from 1: the start has no button."""

    def __init__(self) -> None:
        super().__init__()
        row = Flow(self)
        names = (self.tr("Data"), self.tr("Split and settings"), self.tr("Training"), self.tr("Result"))
        self._buttons: list[QToolButton] = []
        for number, name in enumerate(names, 1):
            button = QToolButton()
            button.setText(f"{number}  {name}")
            button.setAccessibleName(self.tr("Step {}: {}").format(number, name))
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose, number))
            row.addWidget(button)
            self._buttons.append(button)

    @property
    def last(self) -> QWidget:
        """The last step's button."""
        return self._buttons[-1]

    def _why(self, number: int) -> str:
        """Why a step cannot be reached."""
        if number == RESULT:
            return self.tr("The training has not come to its end.")
        if number == RUN:
            return self.tr("Nothing is trained yet.")
        return self.tr("No pictures were chosen here.")

    def _choose(self, number: int) -> None:
        button = self._buttons[number - 1]
        button.setChecked(not button.isChecked())  # `show_situation` marks the step, not the click
        self.chosen.emit(number)

    def show_situation(self, now: Situation) -> None:
        """Mark the present step and offer those that can be reached."""
        self.setVisible(now.step > START)
        for number, button in enumerate(self._buttons, 1):
            button.setChecked(number == now.step)
            allow(button, number in now.reachable, self._why(number))


class Foot(QWidget):
    """What the training is of, and the buttons that lead on and back."""

    def __init__(self) -> None:
        super().__init__()
        self.what = ElidedLabel("muted")
        self.what.setAccessibleName(self.tr("What the training is of"))
        self.kind = ComboField()
        self.kind.addItem(self.tr("faces, already cut out"), True)
        self.kind.addItem(self.tr("whole pictures: find the faces"), False)
        self.kind.setAccessibleName(self.tr("What the pictures are"))
        self.kind.setToolTip(self.tr("In whole pictures, faces are found and aligned as they are for a prediction"))
        self.leave = QPushButton(self.tr("Leave"))
        self.leave.setToolTip(self.tr("Go back to the start; a training that is running goes on"))
        self.back = QPushButton(self.tr("Back"))
        self.pause = QPushButton()
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Save and stop; the training can go on later"))
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.leave)
        row.addWidget(self.what, 1)
        for widget in (self.kind, self.back, self.pause, self.stop, self.next):
            row.addWidget(widget)

    def _take_focus(self) -> None:
        """Have the keyboard: on what leads on, else on what can be done meanwhile."""
        buttons = (self.next, self.pause, self.back, self.leave)
        next(button for button in buttons if not button.isHidden() and button.isEnabled()).setFocus()

    def show_kind(self, crops: bool) -> None:
        """Show what the pictures are: faces already cut out, or whole pictures."""
        self.kind.setCurrentIndex(self.kind.findData(crops))

    def show_situation(self, now: Situation) -> None:
        """Offer what can be done now. The keyboard stays at the foot, also where the button that has it goes."""
        focused = QApplication.focusWidget()
        self.setVisible(now.step != START)
        self.kind.setVisible(now.step == DATA)
        self.back.setVisible(now.step > DATA and now.step - 1 in now.reachable)
        for button in (self.pause, self.stop):
            button.setVisible(now.step == RUN and now.running)
        self.pause.setText(self.tr("Go on") if now.paused else self.tr("Pause"))
        texts = {DATA: self.tr("Go on", "to the next step"), SETTINGS: self.tr("Train")}
        if now.step == RUN and now.run and not now.running:
            texts[RUN] = self.tr("Result") if now.finished else self.tr("Go on")
        self.next.setVisible(now.step in texts)
        self.next.setText(texts.get(now.step, ""))
        busy = now.step == SETTINGS and now.running
        allow(self.next, not busy, self.tr("Another training is running: wait until it ends, or stop it"))
        gone = focused is not None and (focused.isHidden() or not focused.isEnabled())
        if gone and focused in (self.back, self.pause, self.stop, self.next) and now.step != START:
            self._take_focus()
