"""The Train page: a model learns from a person's own labelled pictures, in four steps."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien.curation.split import Split
from mien.errors import MienError
from mien.models import store
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.train.data_step import DataStep
from mien_app.train.draft import Draft
from mien_app.train.inspection_worker import Inspection, InspectionWorker
from mien_app.train.navigation import DATA, RESULT, RUN, SETTINGS, START, Foot, Situation, StepBar
from mien_app.train.process import TrainingProcess, command
from mien_app.train.result_step import ResultStep
from mien_app.train.run_step import RunStep
from mien_app.train.settings_step import SettingsStep
from mien_app.train.split_worker import SplitWorker
from mien_app.train.start import TrainStart
from mien_app.widgets.actions import add_action, allow
from mien_app.widgets.coming_back import ComingBack
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.page import Page
from mien_app.widgets.scrolling import PageStack
from mien_app.widgets.theme import GAP, MARGIN

if TYPE_CHECKING:
    from mien.training.runs import Plan, Run


class TrainPage(QWidget, Page):
    """Shows one step at a time: start, data, settings, training, result. Going back loses nothing."""

    used = Signal(str)
    """Name of a new model that the person wants to use live."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self.draft = Draft(self)
        self.messages = MessageBar()
        self.process = TrainingProcess(self)
        self._inspecting = InspectionWorker(background, self)
        self._splitting = SplitWorker(self.draft, background, self)
        self._inspection: Inspection | None = None
        self._trained: Run | None = None  # by the process; other pictures may have been chosen since
        self._add_actions()
        self.start = TrainStart(preferences, background, self.ask_folder.trigger, self.messages)
        self.data = DataStep(self.draft, background)
        self.settings = SettingsStep(self.draft, preferences, background, model)
        self.training = RunStep(background)
        self.result = ResultStep(preferences, background, self.messages)
        self.steps = StepBar()
        self.data.before = self.steps.last
        self._lay_out()
        self._connect()
        self.show_step(START)

    def _add_actions(self) -> None:
        self.ask_folder = add_action(self, self.tr("Choose a folder"), "Ctrl+O", lambda: self.start.ask_folder())
        self.pause = add_action(self, self.tr("Pause"), "P", self._pause, self.tr("Pause the training, or go on"))
        self.pause.setCheckable(True)

    def _lay_out(self) -> None:
        self.pages = PageStack()
        for page in (self.start, self.data, self.settings, self.training, self.result):
            self.pages.addWidget(page)
        self.foot = Foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.steps)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)
        self.messages.float_over(self, self.pages, Qt.Edge.BottomEdge)

    def _connect(self) -> None:
        self.settings.start.gone.connect(self.messages.say)
        self.steps.chosen.connect(self.show_step)
        self.start.picked.connect(self.open)
        self.start.opened.connect(self.open_run)
        ComingBack(self, self._look_again)
        self.foot.kind.activated.connect(self._change_kind)
        self.foot.leave.clicked.connect(lambda: self.show_step(START))
        self.foot.back.clicked.connect(lambda: self.show_step(self.pages.currentIndex() - 1))
        self.foot.next.clicked.connect(self._go_on)
        self.foot.pause.clicked.connect(self.pause.trigger)
        self.foot.stop.clicked.connect(self._stop)
        self._inspecting.progressed.connect(self._show_inspected)
        self._inspecting.found.connect(self._begin_with)
        self._inspecting.failed.connect(self._show_not_inspected)
        self.process.reported.connect(self.training.show_events)
        self.process.ended.connect(self._show_ended)
        self.result.used.connect(self.used)
        self.result.discarded.connect(self._discard)

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self.pages.currentIndex()

    def show_step(self, step: int) -> None:
        """Go to a step, which must be reachable."""
        self._splitting.stop()
        if step == START:
            self.start.refresh()
        elif step == RESULT and self.draft.run is not None:
            self.result.show_run(self.draft.run)
        self.pages.setCurrentIndex(step)
        self._show_controls()

    def _show_controls(self) -> None:
        """Offer what can be done now."""
        run, process = self.draft.run, self.process
        now = Situation(
            step=self.step,
            data=self.draft.report is not None,
            run=run is not None,
            finished=run is not None and run.finished,
            running=process.runs,
            paused=process.paused,
        )
        self.steps.show_situation(now)
        self.foot.show_situation(now)
        allow(self.pause, now.running, self.tr("No training is running."))
        self.pause.setChecked(now.paused)

    def open(self, path: Path, *, crops: bool | None = None) -> None:
        """Examine a folder or a table, or import a model that was exported.

        Args:
            path: a folder with a sub-folder for each class, a CSV file or a model's file.
            crops: whether the pictures are faces already cut out; None finds out.
        """
        if path.suffix == store.ENDING:
            self.show_step(START)
            self.start.take(path)
            return
        self._splitting.stop()
        self._delete_crops()
        self._show_controls()
        self.messages.busy(self.tr("Looking at {}...").format(path))
        self._inspecting.start(path, crops)

    def _change_kind(self) -> None:
        if self._inspection is not None and self.foot.kind.currentData() != self._inspection.crops:
            self.open(self._inspection.root, crops=self.foot.kind.currentData())

    def _show_inspected(self, done: int, all_: int) -> None:
        if all_:
            self.messages.busy(self.tr("Looking at the pictures: {} of {}").format(done, all_))

    def _begin_with(self, inspection: Inspection) -> None:
        self.messages.hide()
        self._inspection, self.draft.run = inspection, None
        self.foot.what.setText(str(inspection.root))
        self.foot.show_kind(inspection.crops)
        self.draft.begin(inspection.report, inspection.by)
        self.data.refresh()
        self.settings.refresh()
        self.show_step(DATA)

    def _show_not_inspected(self, why: str) -> None:
        if self._inspection is not None:
            self.foot.show_kind(self._inspection.crops)
        self.messages.fail(why)

    def _delete_crops(self) -> None:
        """Delete the faces that were cut out for a training that was never begun."""
        if self._inspection is not None and not self._inspection.crops and self.draft.run is None:
            shutil.rmtree(self._inspection.report.root, ignore_errors=True)
            self._inspection, self.draft.report = None, None

    def _go_on(self) -> None:
        if self.step == DATA:  # split, so that what stands in the way is shown now
            self._split(lambda _: self.show_step(SETTINGS))
        elif self.step == SETTINGS:
            self._begin()
        elif self.draft.run is not None and self.draft.run.finished:
            self.show_step(RESULT)
        else:
            self._resume()

    def _split(self, done: Callable[[Split], None]) -> None:
        """Split the pictures, then go on."""
        self.messages.hide()
        self._splitting.start(done, self._show_not_split)
        allow(self.foot.next, False, self.tr("The pictures are being split."))

    def _show_not_split(self, why: str) -> None:
        self._show_controls()
        self.messages.fail(why)

    def _begin(self) -> None:
        try:
            self._split(partial(self._create, self.settings.plan(), self.settings.text()))
        except MienError as error:
            self.messages.fail(str(error))

    def _create(self, plan: "Plan", settings: str, split: Split) -> None:
        from mien.training.runs import create

        try:
            self.draft.run = create(plan, settings, split)
        except MienError as error:
            self._show_not_split(str(error))
        else:
            self._resume()

    def open_run(self, run: "Run") -> None:
        """Go on with an earlier training, show its result if it is finished, or how far it is if it runs."""
        if self.process.runs and run != self._trained:
            self.messages.say(self.tr("Another training is running. Wait until it ends, or stop it."))
            return
        if run != self.draft.run:
            self._delete_crops()
            self.draft.run, self.draft.report, self._inspection = run, None, None
            self.foot.what.setText(run.plan.data)
        if self.process.runs:
            self.show_step(RUN)
        elif run.finished:
            self.show_step(RESULT)
        else:
            self._resume()

    def _resume(self) -> None:
        self.messages.hide()
        run = self.draft.run
        assert run is not None
        self._trained = run
        root = Path(run.plan.data)
        self.training.clear(root if root.is_dir() else root.parent)
        self.process.start(command(run), run.events, self.settings.environment)
        self.show_step(RUN)

    def _pause(self) -> None:
        self.process.pause(not self.process.paused)
        self._show_controls()

    def _stop(self) -> None:
        self.training.say(self.tr("Saving..."))
        self.process.stop()

    def _show_ended(self, complete: bool, why: str) -> None:
        if why:
            self.messages.fail(why)
        if not complete:
            self.training.show_stopped(broke_off=bool(why))
        elif self.step == RUN:
            self.show_step(RESULT)
        elif self._trained is not None:
            again = partial(self.open_run, self._trained)
            self.messages.offer(self.tr("The training is finished."), self.tr("Result"), again)
        self._show_controls()

    def _discard(self) -> None:
        try:
            self.draft.discard()
        except MienError as error:
            self.messages.fail(str(error))
        else:
            self.show_step(START)

    def _look_again(self) -> None:
        """List models and trainings again: they may have changed."""
        if self.step == START:
            self.start.refresh()

    def key_actions(self) -> list[QAction]:
        """All actions of the page."""
        return self.actions()

    def space_action(self) -> QAction | None:
        """Pause or go on, while a training runs."""
        return self.pause if self.process.runs else None

    def closing(self) -> str:
        """What becomes of a training: it does not go on unseen, where nobody could pause or stop it."""
        text = self.tr("The training saves and stops; Go on resumes it from the same step.")
        return text if self.process.runs else ""

    def shut(self) -> None:
        """Let a running training save and stop. It can be resumed at the next start."""
        self._inspecting.stop()
        self._splitting.stop()
        self.settings.shut()
        self.process.stop()
        self._delete_crops()

    def wait(self) -> None:
        """Wait until the training's process has ended."""
        self.process.wait()
