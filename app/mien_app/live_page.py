"""The live page: video, the selected person, the resizer at work, the last minute."""

from collections.abc import Callable

from mien import cards
from mien.live import LiveResult, State
from mien.types import Prediction, Recognition
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mien_app.background import Background
from mien_app.banner import Banner
from mien_app.dialogs import AboutModel
from mien_app.face_card import FaceCard
from mien_app.figures import Figures
from mien_app.player import Player
from mien_app.preferences import Preferences
from mien_app.resizer_card import ResizerCard
from mien_app.settings_panel import SettingsPanel
from mien_app.snapshots import Snapshots
from mien_app.source_button import SourceButton
from mien_app.start_page import StartPage, WelcomePage
from mien_app.style import GAP, MARGIN
from mien_app.timeline import Timeline
from mien_app.top_bar import TopBar
from mien_app.video_view import VideoView

_POLL_MS = 15
_FIGURES_EVERY = 20  # polls


class LivePage(QMainWindow):
    """Takes the newest frame and the newest result at the display's rate, and paints what changed."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences = preferences
        self.settings = preferences.settings()
        self.player = Player(self.settings)
        self.classes: tuple[str, ...] = ()
        self._shown_frame = self._shown_result = -1
        self._frozen, self._polls = False, 0
        self._selected = 0
        self._result: LiveResult | None = None

        self.sources = SourceButton(preferences, background)
        self.sources.chosen.connect(self.open)
        self.top = TopBar(self.sources, model)
        self.top.models.activated.connect(lambda: self._use_model())
        self.banner = Banner()
        self.video = VideoView()
        self.video.set_mirror(preferences.mirror)
        self.video.selected.connect(self.select)
        self.welcome, self.start = WelcomePage(), StartPage(self.sources)
        self.welcome.accepted.connect(self._welcomed)
        self.stack = QStackedWidget()
        for page in (self.welcome, self.start, self.video):
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.start if preferences.welcomed else self.welcome)
        self.face, self.resizer, self.timeline = FaceCard(), ResizerCard(), Timeline()
        self.figures = Figures()
        self.panel = SettingsPanel(self.settings, preferences, self)
        self.panel.mirror_changed.connect(self.video.set_mirror)
        self.panel.runtime_changed.connect(lambda _: self._reopen())
        self.snapshots = Snapshots(background, self.banner)
        self.resizer.save.connect(lambda: self._snapshot(self.snapshots.save))
        self.resizer.copy.connect(lambda: self._snapshot(self.snapshots.copy))
        self._show_classes()
        self._lay_out()
        self._add_actions()
        self._timer = QTimer(self, interval=_POLL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._poll)
        self._timer.start()

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, MARGIN, GAP // 2, GAP // 2)
        column.setSpacing(GAP)
        for widget in (self.top, self.banner):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.figures)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.docks = [
            self._dock("person", self.tr("Selected person"), self.face, right),
            self._dock("resizer", self.tr("What the resizer does"), self.resizer, right),
            self._dock("timeline", self.tr("Last minute"), self.timeline, bottom),
        ]
        self.resizeDocks(self.docks[:2], [330, 330], Qt.Orientation.Horizontal)
        self.resizeDocks(self.docks[2:], [130], Qt.Orientation.Vertical)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, MARGIN if area is Qt.DockWidgetArea.RightDockWidgetArea else 0, GAP // 2)
        column.addWidget(widget)
        dock.setWidget(frame)
        self.addDockWidget(area, dock)
        return dock

    def _add_actions(self) -> None:
        def action(text: str, key: str, tip: str, work: Callable[[], object], *, checkable: bool = False) -> QAction:
            made = QAction(text, self, checkable=checkable)
            made.setShortcut(QKeySequence(key))
            made.setToolTip(f"{tip} ({key})")
            made.triggered.connect(lambda: work())
            self.addAction(made)
            return made

        self.freeze = action(self.tr("Freeze"), "Space", self.tr("Hold the picture"), self._freeze, checkable=True)
        save = self.tr("Save what the resizer does to each face in view")
        self.snapshot = action(self.tr("Snapshot"), "Shift+S", save, self._snapshot_all)
        settings = action(self.tr("Settings"), "Ctrl+,", self.tr("Smoothing, thresholds, mirror"), self._open_settings)
        about = action(self.tr("About this model"), "A", self.tr("What it can and cannot do"), self._about)
        for item in (self.freeze, self.snapshot, settings, about):
            self.top.add(item)
        action(self.tr("Save the selected face"), "S", "", self.resizer.save.emit)
        action(self.tr("Copy the selected face"), "Ctrl+C", "", self.resizer.copy.emit)
        action(self.tr("Previous person"), "[", "", lambda: self._step(-1))
        action(self.tr("Next person"), "]", "", lambda: self._step(1))
        action(self.tr("Mirror"), "M", "", self.panel.mirror.toggle)

    @property
    def model(self) -> str:
        """Name of the chosen model."""
        return self.top.models.currentText()

    def open(self, address: str) -> None:
        """Leave the current source and start another, with the chosen model."""
        self._close()
        self._show_classes()
        self.sources.show_chosen(address)
        if not address.startswith("demo") and not address.isdigit():
            self._preferences.add_recent(address)
        self.banner.hide()
        self.stack.setCurrentWidget(self.video)
        self.video.clear()
        self.video.show_text(self.tr("Opening..."))
        self.player.open(address, self.model, self._preferences.runtime)

    def shut(self) -> None:
        """Stop everything; the threads end by themselves."""
        self._timer.stop()
        self._close()

    def select(self, track: int) -> None:
        """Show this person."""
        self._selected = track
        self._shown_result = -1

    def _close(self) -> None:
        self.player.close()
        self._shown_frame = self._shown_result = -1
        self._selected, self._result = 0, None
        self.freeze.setChecked(False)
        self._frozen = False
        self.face.show_nobody("")
        self.resizer.show_nobody()

    def _show_classes(self) -> None:
        self.classes = cards.read_card(self.model).network.classes
        self.face.set_classes(self.classes)
        self.timeline.start(self.classes)

    def _reopen(self) -> None:
        if self.player.pipeline is not None:
            self.open(self.player.pipeline.address)

    def _use_model(self) -> None:
        self._preferences.model = self.model
        self._reopen()

    def _welcomed(self) -> None:
        self._preferences.welcomed = True
        self.stack.setCurrentWidget(self.start)

    def _freeze(self) -> None:
        self._frozen = self.freeze.isChecked()

    def _open_settings(self) -> None:
        self.panel.show()
        self.panel.raise_()

    def _about(self) -> None:
        AboutModel(cards.read_card(self.model), self).show()

    def _snapshot(self, work: Callable[..., None], *, everybody: bool = False) -> None:
        if self._result is None or not self._result.recognition.predictions:
            self.banner.say(self.tr("There is no face to save yet."), 4)
            return
        work(self._result, None if everybody else self._selected, self.model, self.sources.name, self.classes)

    def _snapshot_all(self) -> None:
        self._snapshot(self.snapshots.save, everybody=True)

    def _step(self, by: int) -> None:
        if self._result is None or not self._result.recognition.predictions:
            return
        tracks = sorted(p.track_id for p in self._result.recognition.predictions)
        place = tracks.index(self._selected) if self._selected in tracks else 0
        self.select(tracks[(place + by) % len(tracks)])

    def _poll(self) -> None:
        """Paint what is new."""
        pipeline = self.player.pipeline
        self._polls += 1
        if self._polls % _FIGURES_EVERY == 0:
            self.figures.show_pipeline(pipeline)
        if pipeline is None or self._frozen:
            self._show_result()
            return
        newest = pipeline.frames.peek()
        if newest is not None and newest[0].index != self._shown_frame:
            self._shown_frame = newest[0].index
            self.video.show_frame(newest[0])
        self._result = pipeline.results.peek()
        if self._result is not None and self._result.frame.index != self._shown_result:
            self.timeline.add(self._result.recognition, self._selected)
        self._show_result()
        self._show_state(pipeline.status.state, pipeline.status.message, bool(pipeline.engine))

    def _show_state(self, state: State, message: str, loaded: bool) -> None:
        if state is State.FAILED:
            self.player.close()
            self.stack.setCurrentWidget(self.start)
            self.banner.say(message)
            self.sources.show_none()
        elif state is State.OPENING:
            self.video.show_text(self.tr("Opening..."))
        elif state in (State.WAITING, State.ENDED):
            self.video.show_text(message)
        else:
            self.video.show_text("" if loaded else self.tr("Loading the model..."))

    def _show_result(self) -> None:
        result = self._result
        if result is None or result.frame.index == self._shown_result:
            return
        self._shown_result = result.frame.index
        chosen = self._chosen(result.recognition)
        self.video.show_predictions(result.recognition.predictions, self.classes, self._selected)
        if chosen is None:
            self.face.show_nobody(self.tr("Come closer or add light."))
            self.resizer.show_nobody()
            return
        self.face.show_prediction(chosen, len(result.recognition.predictions))
        place = result.recognition.predictions.index(chosen)
        self.resizer.show_views(chosen, result.recognition.views[place])

    def _chosen(self, recognition: Recognition) -> Prediction | None:
        """The selected person where in view, else the largest face, who is selected from now on."""
        predictions = recognition.predictions
        if not predictions:
            return None
        chosen = next((p for p in predictions if p.track_id == self._selected), predictions[0])
        self._selected = chosen.track_id
        return chosen
