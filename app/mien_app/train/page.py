"""The train page: a model learns from a person's own labelled pictures, in four steps of which one is shown."""

import shutil
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from mien.errors import MienError
from mien_app.services.background import Background
from mien_app.services.page import Page
from mien_app.services.preferences import Preferences
from mien_app.train.data_step import DataStep
from mien_app.train.draft import Draft
from mien_app.train.foot import Foot
from mien_app.train.inspection_worker import InspectionWorker, Looked
from mien_app.train.process import TrainingProcess
from mien_app.train.result_step import ResultStep
from mien_app.train.run_step import RunStep
from mien_app.train.settings_step import SettingsStep
from mien_app.train.start import TrainStart
from mien_app.train.steps import StepBar
from mien_app.widgets.actions import add_action
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.theme import GAP, MARGIN

START, DATA, SETTINGS, RUN, RESULT = range(5)


class TrainPage(QWidget, Page):
    """Start, then data, settings, training, result; going back loses nothing."""

    used = Signal(str)
    """The name of a new model that is to be used live."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self.draft = Draft(self)
        self.banner = MessageBar()
        self.process = TrainingProcess(self)
        self._examining = InspectionWorker(background, self)
        self._looked: Looked | None = None
        self._add_actions()
        self.start = TrainStart(preferences, self.ask_folder.trigger, self._ask_table, self.banner)
        self.data = DataStep(self.draft, background)
        self.settings = SettingsStep(self.draft, preferences, model)
        self.training = RunStep(background)
        self.result = ResultStep(background, self.banner)
        self.steps = StepBar()
        self._lay_out()
        self._connect()
        self.show_step(START)

    def _add_actions(self) -> None:
        self.ask_folder = add_action(self, self.tr("Choose a folder"), "Ctrl+O", self._ask_folder)
        self.pause = add_action(self, self.tr("Pause"), "P", self._pause, self.tr("Halt, and go on later"))
        self.pause.setCheckable(True)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.start, self.data, self.settings, self.training, self.result):
            self.pages.addWidget(page)
        self.foot = Foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.steps)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.steps.chosen.connect(self.show_step)
        self.start.picked.connect(self.open)
        self.start.opened.connect(self.open_run)
        self.foot.kind.activated.connect(self._change_kind)
        self.foot.leave.clicked.connect(lambda: self.show_step(START))
        self.foot.back.clicked.connect(lambda: self.show_step(self.pages.currentIndex() - 1))
        self.foot.next.clicked.connect(self._go_on)
        self.foot.halt.clicked.connect(self.pause.trigger)
        self.foot.stop.clicked.connect(self._stop)
        self._examining.progressed.connect(self._show_far)
        self._examining.found.connect(self._found)
        self._examining.failed.connect(self._not_found)
        self.process.told.connect(self.training.show_events)
        self.process.ended.connect(self._ended)
        self.result.used.connect(self.used)
        self.result.discarded.connect(self._discard)

    @property
    def step(self) -> int:
        """Which page is shown."""
        return self.pages.currentIndex()

    def show_step(self, step: int) -> None:
        """Go to a step that can be gone to."""
        if step == START:
            self.start.refresh()
        elif step == RESULT and self.draft.run is not None:
            self.result.show_run(self.draft.run)
        self.pages.setCurrentIndex(step)
        self._show_controls()

    def _show_controls(self) -> None:
        """Offer what can be done now."""
        step, run = self.step, self.draft.run
        finished = run is not None and run.finished and not self.process.runs
        reachable = {START}
        if self.draft.seen is not None:
            reachable |= {DATA, SETTINGS}
        if run is not None:
            reachable.add(RUN)
        if finished:
            reachable.add(RESULT)
        self.steps.show_state(step, reachable)
        self.foot.setVisible(step != START)
        self.foot.kind.setVisible(step == DATA)
        self.foot.back.setVisible(step > DATA and step - 1 in reachable)
        self.foot.halt.setVisible(step == RUN and self.process.runs)
        self.foot.stop.setVisible(step == RUN and self.process.runs)
        self.pause.setEnabled(self.process.runs)
        self.pause.setChecked(self.process.paused)
        self.foot.halt.setText(self.tr("Go on") if self.process.paused else self.tr("Pause"))
        words = {DATA: self.tr("Go on"), SETTINGS: self.tr("Train")}
        if step == RUN and run is not None and not self.process.runs:
            words[RUN] = self.tr("Result") if finished else self.tr("Go on")
        self.foot.next.setVisible(step in words)
        self.foot.next.setText(words.get(step, ""))
        self.foot.next.setEnabled(step != SETTINGS or not self.process.runs)
        self.foot.next.setToolTip(self.tr("Another training runs") if not self.foot.next.isEnabled() else "")

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("A folder whose sub-folders are the classes"))
        if folder:
            self.open(Path(folder))

    def _ask_table(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("A table"), "", self.tr("Tables (*.csv)"))
        if file:
            self.open(Path(file))

    def open(self, path: Path, *, crops: bool | None = None) -> None:
        """Look at a folder or a table, or take a model from a file that was exported."""
        if path.suffix == ".mien":
            self.show_step(START)
            self.start.take(path)
            return
        self._forget()
        self.banner.say(self.tr("Looking at {}...").format(path))
        self._examining.start(path, crops)

    def _change_kind(self) -> None:
        if self._looked is not None and self.foot.kind.currentData() != self._looked.crops:
            self.open(self._looked.root, crops=self.foot.kind.currentData())

    def _show_far(self, done: int, all_: int) -> None:
        if all_:
            self.banner.say(self.tr("Looking at the pictures: {} of {}").format(done, all_))

    def _found(self, looked: Looked) -> None:
        self.banner.hide()
        self._looked, self.draft.run = looked, None
        self.foot.what.setText(str(looked.root))
        self.foot.show_kind(looked.crops)
        self.draft.show(looked.seen)
        self.data.refresh()
        self.settings.refresh()
        self.show_step(DATA)

    def _not_found(self, why: str) -> None:
        if self._looked is not None:
            self.foot.show_kind(self._looked.crops)
        self.banner.say(why)

    def _forget(self) -> None:
        """Faces that were cut out for a training that never began."""
        if self._looked is not None and not self._looked.crops and self.draft.run is None:
            shutil.rmtree(self._looked.seen.root, ignore_errors=True)
            self._looked, self.draft.seen = None, None

    def _go_on(self) -> None:
        if self.step == DATA:
            try:
                self.draft.split()  # says now what would be in the way
            except MienError as error:
                self.banner.say(str(error))
                return
            self.banner.hide()
            self.show_step(SETTINGS)
        elif self.step == SETTINGS:
            self._begin()
        elif self.draft.run is not None and self.draft.run.finished:
            self.show_step(RESULT)
        else:
            self._resume()

    def _begin(self) -> None:
        from mien.training.runs import Plan, create

        assert self.draft.seen is not None
        try:
            plan = Plan(
                data=str(self.draft.seen.root),
                start=self.settings.start.currentText(),
                reference=self.settings.reference_folder,
            )
            self.draft.run = create(plan, self.settings.text(), self.draft.split())
        except MienError as error:
            self.banner.say(str(error))
            return
        self._resume()

    def open_run(self, run: object) -> None:
        """Go on with a training of an earlier start, or look at what it came to."""
        from mien.training.runs import Run

        assert isinstance(run, Run)
        if self.process.runs:
            if run != self.draft.run:
                self.banner.say(self.tr("Another training runs. Stop it first."))
            else:
                self.show_step(RUN)
            return
        if run != self.draft.run:
            self._forget()
            self.draft.run, self.draft.seen, self._looked = run, None, None
            self.foot.what.setText(run.plan.data)
        if run.finished:
            self.show_step(RESULT)
        else:
            self._resume()

    def _resume(self) -> None:
        run = self.draft.run
        assert run is not None
        root = Path(run.plan.data)
        self.training.clear(root if root.is_dir() else root.parent)
        self.process.start(run.command, run.events, self.settings.environment)
        self.banner.hide()
        self.show_step(RUN)

    def _pause(self) -> None:
        self.process.pause(not self.process.paused)
        self._show_controls()

    def _stop(self) -> None:
        self.training.say(self.tr("Saving..."))
        self.process.stop()

    def _ended(self, complete: bool, why: str) -> None:
        if why:
            self.banner.say(why)
        if not complete:
            self.training.say(
                self.tr("It ended before its time. Go on takes it up from what was last saved.")
                if why
                else self.tr("Stopped. What was learned so far is saved.")
            )
        elif self.step == RUN:
            self.show_step(RESULT)
            return
        else:
            self.banner.offer(self.tr("The training has ended."), self.tr("Result"), lambda: self.show_step(RESULT))
        self._show_controls()

    def _discard(self) -> None:
        if self.draft.run is not None:
            self.draft.run.remove()
            self.draft.run = None
        self.show_step(START)

    def showEvent(self, event: QShowEvent) -> None:
        """Models and trainings may have come or gone."""
        super().showEvent(event)
        if self.step == START:
            self.start.refresh()

    def show_message(self, text: str) -> None:
        """Show a sentence above the page."""
        self.banner.say(text)

    def key_actions(self) -> list[QAction]:
        """For the sheet of keys."""
        return self.actions()

    def space_action(self) -> QAction | None:
        """Pause, while something runs."""
        return self.pause if self.process.runs else None

    def shut(self) -> None:
        """A training that runs saves what it has; it is gone on with at another time."""
        self._examining.stop()
        self.settings.shut()
        self.process.stop()
        self._forget()

    def wait(self) -> None:
        """Until the process has ended."""
        self.process.wait()
