"""The live page: video, the selected person, the resizer at work, the last minute."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mien.errors import MienError
from mien.live.pipeline import State, Status
from mien.models import cards
from mien.runtimes import available
from mien.sources import is_demo, is_live
from mien_app.live.baseline import BaselineController
from mien_app.live.face_actions import LiveFaceActions, Looked
from mien_app.live.last_minute import LastMinute
from mien_app.live.panels import arrange
from mien_app.live.person_card import PersonCard
from mien_app.live.pipeline_host import PipelineHost
from mien_app.live.presenter import LivePresenter
from mien_app.live.recording import Recording
from mien_app.live.resizer_card import ResizerCard
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.live.source_button import SourceButton
from mien_app.live.start_page import StartPage, WelcomePage
from mien_app.live.status_bar import StatusBar
from mien_app.live.top_bar import TopBar
from mien_app.services.background import Background
from mien_app.services.page import Page
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import add_action
from mien_app.widgets.dialogs import AboutModel
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.theme import GAP, MARGIN
from mien_app.widgets.video_view import VideoView

_POLL_MS = 15
_FIGURES_EVERY = 20  # polls


class LivePage(QMainWindow, Page):
    """Takes the newest frame and the newest result at the display's rate, and paints what changed."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences, self._background = preferences, background
        self.settings = preferences.settings()
        self.player = PipelineHost(self.settings)
        self._card_name = ""
        self._shown_frame = -1
        self._polls = 0
        self._visible: list[QWidget] = []
        self._begun: datetime | None = None  # when the camera was opened

        self.sources = SourceButton(preferences, background)
        self.sources.chosen.connect(self.open)
        self.top = TopBar(self.sources, model)
        self.top.models.activated.connect(lambda: self._use())
        self.banner = MessageBar()
        self.video = VideoView()
        self.video.set_mirror(preferences.mirror)
        self.welcome, self.start = WelcomePage(), StartPage(self.sources)
        self.welcome.accepted.connect(self._welcomed)
        self.stack = QStackedWidget()
        for page in (self.welcome, self.start, self.video):
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.start if preferences.welcomed else self.welcome)
        self.face, self.resizer, self.timeline = PersonCard(), ResizerCard(), LastMinute()
        self.figures = StatusBar()
        self.panel = SettingsDialog(self.settings, preferences, self)
        self.panel.mirror_changed.connect(self.video.set_mirror)
        self.panel.runtime_changed.connect(lambda _: self._use())
        background.run(available, self.panel.show_runtimes)
        self._faces = LiveFaceActions(self, self._look, preferences, background, self.banner)
        self.collecting, self.evidence = self._faces.collecting, self._faces.evidence
        self.collecting.left.connect(self.video.setFocus)
        self._lay_out()
        self._add_actions()
        self.reading = LivePresenter(self.video, self.face, self.resizer, self.timeline, self.resting)
        self._show_classes()
        self._timer = QTimer(self, interval=_POLL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._poll)

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, MARGIN, GAP // 2, GAP // 2)
        column.setSpacing(GAP)
        for widget in (self.top, self.banner, self.collecting):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.figures)
        self.docks = arrange(self, self.face, self.resizer, self.timeline, self._preferences.layout("live"))

    def _add_actions(self) -> None:
        add = partial(add_action, self)
        # Space is the window's, so that a focused button can have it first.
        self.freeze = add(self.tr("Freeze"), "", self._freeze, self.tr("Hold the picture (Space)"))
        self.freeze.setCheckable(True)
        record = add(self.tr("Record"), "R", lambda: None, self.tr("Keep video and readings of a live source"))
        self.recording = Recording(record, self._preferences, self._background, self.banner)
        self.recording.changed.connect(self.top.models.setDisabled)
        self.snapshot = self._faces.snapshot
        tip = self.tr("Smoothing, thresholds, mirror")
        settings = add(self.tr("Settings"), "Ctrl+,", self.panel.open, tip)
        about = add(self.tr("Model card"), "A", self._about, self.tr("What it can and cannot do"))
        for item in (record, self.freeze, self.snapshot, settings):
            self.top.add(item)
        for signal, action in (
            (self.resizer.save, self._faces.save),
            (self.resizer.copy, self._faces.copy),
            (self.resizer.collect, self._faces.collect),
            (self.face.explain, self._faces.explain),
        ):
            signal.connect(action.trigger)
        self.resting = BaselineController(add, self.face, self.banner)
        self.resting.changed.connect(self.recording.keep_neutral)
        self.top.more.addActions([self._faces.explain, self._faces.collect, self.resting.action, about])
        self.top.more.addSection(self.tr("Panels"))
        self.top.more.addActions([dock.toggleViewAction() for dock in self.docks])
        self.top.more.addSeparator()
        add(self.tr("Previous person"), "[", lambda: self.reading.step(-1))
        add(self.tr("Next person"), "]", lambda: self.reading.step(1))
        add(self.tr("Mirror"), "M", self.panel.mirror.toggle)

    @property
    def model(self) -> str:
        """Name of the chosen model."""
        return self.top.models.currentText()

    def open(self, address: str) -> None:
        """Leave the current source and start another, with the chosen model."""
        self._close()
        if not self._show_classes():
            return
        self.sources.show_chosen(address)
        if not is_demo(address) and not address.isdigit():
            self._preferences.add_recent(address)
        self.banner.hide()
        self.stack.setCurrentWidget(self.video)
        self.video.setFocus()  # else a button that happens to be next has Space
        self.video.clear()
        self.video.show_text(self.tr("Opening..."))
        self._begun = datetime.now() if is_live(address) else None
        self.player.open(address, self.model, self._preferences.runtime)
        self.recording.show_source(self.player.pipeline, self.sources.name)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What runs goes on, but nothing is drawn where nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def key_actions(self) -> list[QAction]:
        """Those of the source, then the page's own."""
        return [*self.sources.actions(), *self.actions()]

    def space_action(self) -> QAction:
        """Freeze."""
        return self.freeze

    def keep_layout(self) -> None:
        """The panels' places."""
        self._preferences.keep_layout("live", self.saveState())

    def wait(self) -> None:
        """Until the pipelines have ended, and the recordings are on the disk."""
        self.player.wait()
        self.recording.wait()

    def shut(self) -> None:
        """Stop everything; the threads end by themselves."""
        self._timer.stop()
        self.sources.shut()
        self.evidence.close()
        self.panel.save()
        self._close()

    def show_alone(self, alone: bool) -> None:
        """The video and nothing else, or everything as it was."""
        if alone:
            self._visible = [widget for widget in (*self.docks, self.top, self.figures) if not widget.isHidden()]
        for widget in self._visible:
            widget.setVisible(not alone)

    def _close(self) -> None:
        self.collecting.leave()
        self.recording.show_source(None, "")
        self.player.close()
        self._shown_frame = -1
        self.reading.selection.clear()
        self.freeze.setChecked(False)
        self.reading.forget()

    def _show_classes(self) -> bool:
        """Lay everything out for the chosen model's classes; False where its card cannot be read."""
        try:
            card = cards.read_card(self.model)
        except MienError as error:
            self.banner.say(str(error))
            return False
        self._card_name = card.name
        self.reading.set_classes(card.network.classes)
        return True

    def use(self, model: str) -> None:
        """Choose a model, and go on with it."""
        self.top.models.choose(model)
        self._use()

    def _use(self) -> None:
        """Go on with the chosen model and runtime."""
        if self._show_classes():
            self._preferences.model = self.model
            self.recording.stop()  # its rows are one model's, and its tracks one tracker's
            self.reading.forget()  # which was another model's
            self.player.use(self.model, self._preferences.runtime)

    def _welcomed(self) -> None:
        self._preferences.welcomed = True
        self.stack.setCurrentWidget(self.start)

    def _freeze(self) -> None:
        """Hold the frame whose reading is shown, so that boxes and picture belong together."""
        if self.freeze.isChecked() and self.reading.newest is not None:
            self.video.show_frame(self.reading.newest.captured.frame, self.reading.newest.captured.preview)

    def _about(self) -> None:
        try:
            AboutModel(cards.read_card(self.model), self).show()
        except MienError as error:
            self.banner.say(str(error))

    def _look(self) -> Looked:
        return Looked(
            newest=self.reading.newest,
            held=self.reading.held,
            recent=self.reading.recent,
            track=self.reading.selection.track,
            source=self.sources.name,
            begun=self._begun,
            classes=self.reading.classes,
            model=self.model,
        )

    def _poll(self) -> None:
        """Paint what is new."""
        pipeline = self.player.pipeline
        self._polls += 1
        if self._polls % _FIGURES_EVERY == 0:
            self.figures.show_pipeline(pipeline)
            self.recording.poll()
        if pipeline is None:
            return
        if not self.freeze.isChecked():
            newest = pipeline.frames.peek()
            if newest is not None and newest.frame.index != self._shown_frame:
                self._shown_frame = newest.frame.index
                self.video.show_frame(newest.frame, newest.preview)
            result = pipeline.results.peek()
            # One of the model before is still on its way after a change.
            if result is not None and result is not self.reading.newest and result.model == self._card_name:
                self.reading.take(result)
        self.reading.paint()
        self._show_state(pipeline.status, bool(pipeline.engine))

    def _show_state(self, status: Status, loaded: bool) -> None:
        if status.state is State.FAILED:
            self._close()
            self.stack.setCurrentWidget(self.start)
            self.banner.say(status.message)
            self.sources.show_none()
        elif status.state is State.OPENING:
            self.video.show_text(self.tr("Opening..."))
        elif status.state is State.RUNNING and not loaded:
            self.video.show_text(self.tr("Loading the model..."))
        else:
            self.video.show_text(status.message)
            if status.state is State.WAITING and self.reading.newest is not None:
                self.reading.forget()
