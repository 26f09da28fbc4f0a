"""The Live page: a source's video, and panels around it that show what the model makes of the faces."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.models import cards
from mien.runtimes import available
from mien.sources import AnyAddress, is_camera, is_demo
from mien.types import Frame
from mien_app.live.actions import LiveActions
from mien_app.live.baseline import BaselineController
from mien_app.live.camera_control import CameraControl
from mien_app.live.docks import PictureAlone, arrange, put_as_at_first
from mien_app.live.face_actions import LiveFaceActions
from mien_app.live.markers import MarkerControl
from mien_app.live.panels import PANELS
from mien_app.live.pipeline_host import PipelineHost
from mien_app.live.playback_bar import PlaybackBar
from mien_app.live.presenter import LivePresenter
from mien_app.live.recording import Recording
from mien_app.live.second_screen import SecondScreen
from mien_app.live.sending import SendingControl
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.live.source_button import SourceButton
from mien_app.live.source_text import SourceText
from mien_app.live.start_page import StartPage, WelcomePage
from mien_app.live.status_bar import StatusBar
from mien_app.live.top_bar import TopBar
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.page import Page, VisibleTimer
from mien_app.widgets.scrolling import PageStack
from mien_app.widgets.theme import GAP, MARGIN
from mien_app.widgets.video_view import VideoView

_POLL_MS = 15
_STATUS_EVERY = 20  # polls


class LivePage(QMainWindow, Page):
    """Takes the newest frame and the newest result at the display's rate, and paints what changed."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences, self._card_name, self._polls = preferences, "", 0
        self._shown_frame: Frame | None = None
        # Each part is given what it needs; it tells by signals, which `_connect` connects.
        self.commands = commands = LiveActions(self)
        self.sources = SourceButton(preferences, background)
        shown = (commands.record, commands.freeze, commands.snapshot, commands.settings)
        self.top = TopBar(self.sources, model, shown)
        self.messages, self.video = MessageBar(), VideoView()
        self.welcome, self.start, self.stack = WelcomePage(), StartPage(self.sources), PageStack()
        self.host = PipelineHost(preferences.settings())
        self.status_bar, self.playback = StatusBar(), PlaybackBar(self)
        self.source_text = SourceText(self.host, self.video, self.messages)
        self.settings_dialog = SettingsDialog(self.host.settings, preferences, self)
        self.settings_dialog.follow_with(self.video)
        self.camera = CameraControl(self.settings_dialog, self.sources, preferences)
        self.panels = [make(commands) for make in PANELS]
        self.baseline = BaselineController(commands.baseline, self.messages)
        self.second = SecondScreen(commands, self.settings_dialog, self)
        self.presenter = LivePresenter(self.video, [*self.panels, self.second], self.baseline)
        self.recording = Recording(commands.record, preferences, background, self.messages)
        self.sending = SendingControl(self.settings_dialog.send, self.host, background, self.messages)
        self.markers = MarkerControl(self.settings_dialog.markers, self.recording, background, self.messages)
        self.faces = LiveFaceActions(self.presenter, self.host, preferences, background, self.messages, self)
        self._lay_out()
        self.docks = arrange(self, self.panels, preferences.layout("live"), preferences.layout_size("live"))
        self._alone = PictureAlone(self._room, lambda: (*self.docks.values(), self.top, self.status_bar))
        self._fill_menu()
        self._connect()
        background.run(available, self.settings_dialog.show_runtimes)
        self._timer = VisibleTimer(self, _POLL_MS, self._poll)
        self._timer.also_for(self.second)
        for switched in (self._timer.switched, self.recording.changed, self.sending.changed):
            switched.connect(self._rest)  # the latter two may begin or end behind another page
        self._show_classes()

    def _lay_out(self) -> None:
        for page in (self.welcome, self.start, self.video):
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.start if self._preferences.welcomed else self.welcome)
        centre = QWidget()
        self._room = column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, MARGIN, GAP // 2, GAP // 2)
        column.setSpacing(GAP)
        for widget in (self.top, self.sending.badge, self.faces.label_bar, self.stack, self.playback):
            column.addWidget(widget, widget is self.stack)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status_bar)
        self.messages.float_over(self, self.stack)

    def _fill_menu(self) -> None:
        menu, commands = self.top.more, self.commands
        menu.addActions([commands.explain, commands.collect, commands.baseline, commands.about, commands.models])
        menu.addSection(self.tr("Panels"))
        menu.addActions([dock.toggleViewAction() for dock in self.docks.values()])
        menu.addSeparator()

    def _connect(self) -> None:
        self.sources.chosen.connect(self.open)
        self.sources.closed.connect(self.close_source)
        self.playback.moved.connect(self.presenter.forget)
        self.top.models.activated.connect(lambda: self._use())
        self.top.models.gone.connect(self._lost_model)
        self.welcome.accepted.connect(self._welcomed)
        self.camera.chosen.connect(self.open)
        self.recording.changed.connect(self.camera.keep)
        self.settings_dialog.runtime_chosen.connect(self._use_runtime)
        self.settings_dialog.rotation_changed.connect(lambda: self.presenter.selection.clear())  # numbers change, too
        self.settings_dialog.rotation_changed.connect(self.host.turn)
        self.settings_dialog.recognition_changed.connect(self.host.settings_changed)
        self.faces.label_bar.left.connect(self.video.setFocus)
        self.recording.changed.connect(self.top.keep_model)
        self.baseline.changed.connect(self.recording.keep_baseline)
        (commands := self.commands).chosen.connect(self.presenter.select)
        for action, work in (
            (commands.freeze, self._freeze),
            (commands.previous, lambda: self.presenter.step(-1)),
            (commands.next, lambda: self.presenter.step(1)),
            (commands.explain, self.faces.explain),
            (commands.collect, self.faces.collect),
            (commands.save, self.faces.save),
            (commands.copy, self.faces.copy),
            (commands.snapshot, self.faces.save_all),
            (commands.zoom_in, lambda: self.video.zoom(1.5)),
            (commands.zoom_out, lambda: self.video.zoom(1 / 1.5)),
            (commands.zoom_whole, self.video.show_whole),
            (commands.mirror, self.settings_dialog.mirror.toggle),
            (commands.settings, self.settings_dialog.open),
            (commands.about, lambda: self.top.models.show_card(self.messages.fail)),
        ):
            action.triggered.connect(work)

    @property
    def model(self) -> str:
        """Name of the chosen model."""
        return self.top.models.currentText()

    def open(self, address: AnyAddress) -> None:
        """Leave the current source and start another, with the chosen model."""
        self._close()
        if not self._show_classes():
            self.close_source()
            return
        self.sources.show_chosen(address := self.camera.address(address))
        if not is_demo(address) and not is_camera(address):
            self._preferences.add_recent(address)
        self.messages.hide()
        self.stack.setCurrentWidget(self.video)
        self.video.setFocus()  # else a button that happens to be next has Space
        self.video.clear()
        self.video.show_text(self.tr("Opening..."))
        self.host.open(address, self.sources.written_title(address), self.model, self._preferences.runtime)
        self.host.title = self.sources.name
        self.recording.show_source(self.host.pipeline, self.host.source)
        self.playback.show_pipeline(self.host.pipeline)

    def close_source(self) -> None:
        """Leave the current source: a camera is switched off."""
        self._close()
        self.stack.setCurrentWidget(self.start)
        self.sources.show_none()

    def _rest(self) -> None:
        """Recognise nothing that nobody sees; a recording goes on, what is sent, and what a second screen shows."""
        self.host.hold(not (self._timer.isActive() or self.recording.runs or self.sending.runs))

    def key_actions(self) -> list[QAction]:
        """Those of the source, then the page's own."""
        return [*self.sources.actions(), *self.actions()]

    def space_action(self) -> QAction:
        """Freeze, or pause where the source is a file."""
        return self.playback.play if self.playback.shown else self.commands.freeze

    def keep_layout(self) -> None:
        """The panels' places."""
        self._preferences.keep_layout("live", self.saveState(), self.size())

    def closing(self) -> str:
        """What becomes of a recording."""
        return self.recording.closing

    def wait(self) -> None:
        """Until the pipelines have ended, and the recordings are on the disk."""
        self.host.wait()
        self.recording.wait()

    def shut(self) -> None:
        """Stop everything; the threads end by themselves."""
        self._timer.stop()
        self.second.close()
        self.sending.stop()
        self.markers.stop()
        self.sources.shut()
        self.faces.evidence.close()
        self.settings_dialog.save()
        self._close()

    def reset_panels(self) -> None:
        """Show every panel at its first place."""
        put_as_at_first(self, self.panels, self.docks)

    def show_alone(self, alone: bool) -> None:
        """The video and nothing else, or everything as it was."""
        self._alone.show(alone)

    def _close(self) -> None:
        self.faces.label_bar.leave()
        self.recording.show_source(None, "")
        self.host.close()
        self.playback.show_pipeline(None)
        self._shown_frame = None
        self.presenter.selection.clear()
        self.commands.freeze.setChecked(False)
        self.presenter.forget()

    def _show_classes(self) -> bool:
        """Lay everything out for the chosen model's classes; False where its card cannot be read."""
        try:
            card = cards.read_card(self.model)
        except MienError as error:
            self.messages.fail(str(error))
            return False
        self._card_name = card.name
        self.presenter.set_classes(card.network.classes)
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
            self.presenter.forget()  # which was another model's
            self.commands.freeze.setChecked(False)  # nothing would be said of a picture that is held
            self.host.use(self.model, self._preferences.runtime)

    def _use_runtime(self, another: bool) -> None:
        """Go on with the chosen runtime; the same once more where it failed."""
        if another or (self.host.pipeline is not None and self.host.pipeline.passed_over):
            self._use()

    def _lost_model(self, text: str) -> None:
        self._use()
        self.messages.say(text)

    def _welcomed(self) -> None:
        self._preferences.welcomed = True
        self.stack.setCurrentWidget(self.start)

    def _freeze(self) -> None:
        """Hold the frame whose predictions are shown, so that boxes and picture belong together."""
        if self.commands.freeze.isChecked() and (newest := self.presenter.newest) is not None:
            self._shown_frame = frame = newest.captured.frame
            self.video.show_frame(frame, newest.captured.preview)
            self.presenter.paint(frame)

    def _poll(self) -> None:
        """Paint what is new."""
        pipeline = self.host.pipeline
        self._polls += 1
        if self._polls % _STATUS_EVERY == 0:
            self.status_bar.show_pipeline(pipeline)
            self.recording.poll()
            allow(self.commands.freeze, not self.playback.shown, self.tr("A video has a pause of its own, below it."))
        if pipeline is None:
            return
        self.playback.poll()
        if not self.commands.freeze.isChecked():
            if (newest := pipeline.frames.peek()) is not None and newest.frame is not self._shown_frame:
                self._shown_frame = newest.frame
                self.video.show_frame(newest.frame, newest.preview)
            result = pipeline.results.peek()  # one of the model before is still on its way after a change
            if result is not None and result.model == self._card_name:
                self.presenter.take(result)
        if self._shown_frame is not None:
            self.presenter.paint(self._shown_frame)
        self._show_state(pipeline)

    def _show_state(self, pipeline: LivePipeline) -> None:
        status = pipeline.status
        if status.state is State.FAILED:
            self.close_source()
            self.messages.fail(status.message)
            return
        self.source_text.show(pipeline)
        if status.state is State.WAITING and self.presenter.newest is not None and not self.commands.freeze.isChecked():
            self.presenter.forget()
