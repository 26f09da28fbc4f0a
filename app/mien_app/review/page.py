"""The Review page: a session's video above its timeline; beside them its people, a summary and exports."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien_app.review.actions import ReviewActions
from mien_app.review.bars import SessionBar, TransportBar
from mien_app.review.beside import SecondSession
from mien_app.review.export_card import ExportCard
from mien_app.review.face_actions import ReviewFaceActions
from mien_app.review.lanes_card import LanesCard
from mien_app.review.layout import ReviewLayout
from mien_app.review.marker_bar import MarkerBar
from mien_app.review.markers_card import MarkersCard
from mien_app.review.menus import add_menu
from mien_app.review.model import ReviewModel
from mien_app.review.moment_card import MomentCard
from mien_app.review.people_card import PeopleCard
from mien_app.review.playback import Playback
from mien_app.review.sound import ReviewSound
from mien_app.review.start import ReviewStart
from mien_app.review.summary_card import SummaryCard
from mien_app.review.timeline import SessionTimeline
from mien_app.review.video import ReviewVideo
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import add_action, allow
from mien_app.widgets.file_dialogs import ask_folder
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.page import Page
from mien_app.widgets.scrolling import PageStack
from mien_app.widgets.theme import GAP, MARGIN
from mien_app.widgets.video_view import VideoView


class ReviewPage(QWidget, Page):
    """Shows what the `ReviewModel` says, and tells it what the person does."""

    going_on = Signal(object)
    """SessionEntry of an interrupted analysis that the person wants to go on with."""

    def __init__(self, preferences: Preferences, background: Background) -> None:
        super().__init__()
        self._preferences = preferences
        self.review = ReviewModel(background, self)
        self.playback = Playback(self.review, self)
        self.messages = MessageBar()
        self.video = VideoView()
        self.video.selected.connect(self.review.choose)
        self.frames = ReviewVideo(self.video, self.review, self)
        self.timeline = SessionTimeline()
        self.note = MarkerBar(self.review)
        self.faces = ReviewFaceActions(
            self, self.review, self.playback, lambda: self.frames.shown, preferences, background, self.messages
        )
        self.start = ReviewStart(preferences, background, self.ask)
        self.start.chosen.connect(lambda folder: self.open(Path(folder)))
        self.start.going_on.connect(self.going_on)
        self.start.beside.connect(lambda folder: self.open_beside(Path(folder)))
        self.people, self.markers = PeopleCard(self.review), MarkersCard(self.review)
        self.moment = MomentCard(self.review)
        self.second = SecondSession(self.review, preferences, background, self)
        self.export = ExportCard(self.review, preferences, background, self.messages)
        self.commands = ReviewActions(self, self.review, self.playback, self.timeline)
        self.sound = ReviewSound(
            self.review, self.playback, self.frames, self.commands.sound, preferences, background, self.messages, self
        )
        self._add_actions()
        can = self.commands
        self.summary = SummaryCard(self.review, background, can.whole, (can.set_baseline, can.remove_baseline))
        changes = [can.undo, can.redo]
        self.bar = SessionBar(preferences, self.review, changes, self.ask, self.ask_beside, self.show_library)
        self.bar.chosen.connect(lambda folder: self.open(Path(folder)))
        self.bar.beside.connect(lambda folder: self.open_beside(Path(folder)))
        going_on = [
            can.next_change,
            can.next_unsure,
            can.marker,
            can.collect,
            can.explain,
            can.previous_change,
            can.heads,
        ]
        self.transport = TransportBar(self.review, can.play, can.sound, self.playback.set_speed, going_on)
        self.lanes = LanesCard(self.timeline, (can.zoom_out, can.zoom_in, can.show_all))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        cards = (self.people, self.moment, self.second.moment, self.summary, self.markers, self.export)
        below = (self.transport, self.note, self.lanes)
        self._work = ReviewLayout(self.video, below, self.second, cards)
        self.stack = PageStack()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self._work)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self.bar, self.faces.label_bar):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.bar.hide()
        self.messages.float_over(self, self.stack)
        self._work.restore(self._preferences.layout("review"))
        for action in self.actions():
            if action is not self._open:  # the others would change a session that is hidden behind the list
                self.removeAction(action)
                self._work.addAction(action)
        self.stack.currentChanged.connect(lambda place: self.commands.play.setEnabled(place == 1))

    def _add_actions(self) -> None:
        self.commands.collect.triggered.connect(self.faces.collect)
        self.commands.explain.triggered.connect(self.faces.explain)
        self.commands.marker.triggered.connect(lambda: self.note.ask(self.review.time_s))
        self.addActions(self.people.actions_with_keys())
        self._open = add_action(self, self.tr("Open a session folder"), "Ctrl+O", self.ask)
        add_action(self, self.tr("Export rows"), "Ctrl+E", self.export.save_rows)
        add_action(self, self.tr("Export a plot"), "Ctrl+P", self.export.save_plot)
        add_action(self, self.tr("Export a clip"), "Ctrl+Shift+E", self.export.save_clip)

    def _connect(self) -> None:
        review, timeline = self.review, self.timeline
        review.opened.connect(self._opened)
        review.changed.connect(self._changed)
        review.moved.connect(self._moved)
        review.chosen.connect(self._changed_person)
        review.ranged.connect(self._show_moment)
        for opening in (review, self.second.review):
            opening.failed.connect(self._failed)
        self.second.shown.connect(self._show_beside)
        review.noted.connect(lambda text: self.messages.say(text, 4))
        timeline.sought.connect(review.go_to)
        timeline.ranged.connect(review.set_range)
        timeline.person_chosen.connect(review.choose)
        timeline.marker_chosen.connect(self._show_marker)
        timeline.pointed.connect(self.moment.point)
        self.commands.heads.toggled.connect(self.lanes.show_heads)
        self.commands.heads.toggled.connect(self.second.show_heads)
        self.markers.chosen.connect(self._show_marker)
        self._add_menus()
        self.note.closed.connect(timeline.setFocus)
        self.faces.label_bar.left.connect(timeline.setFocus)
        self._allow()

    def _add_menus(self) -> None:
        can, people = self.commands, self.people
        spans = (can.begin_range, can.end_range, can.whole)
        zooms = (can.zoom_in, can.zoom_out, can.show_all)
        add_menu(self.timeline, (can.marker, people.split, None, *spans, None, *zooms), self.timeline.seek_to)
        add_menu(people.list, (people.rename, people.merge, people.split, None, can.set_baseline, can.remove_baseline))
        add_menu(self.video, (can.play, can.marker, can.collect, can.explain))

    def ask(self) -> None:
        """Ask for a session folder and open it."""
        if folder := ask_folder(self, self._preferences, "session", self.tr("Open a session folder")):
            self.open(folder)

    def ask_beside(self) -> None:
        """Ask for a session folder and open it beside the one that is open."""
        if folder := ask_folder(self, self._preferences, "session", self.tr("Open a session beside")):
            self.open_beside(folder)

    def show_library(self) -> None:
        """List all sessions; the open one stays open behind the list."""
        self.playback.pause()
        self.bar.hide()
        self.stack.setCurrentWidget(self.start)

    def open(self, folder: Path) -> None:
        """Open a session folder. If it cannot be read, a message says so and everything stays as it was."""
        self.messages.hide()
        self.playback.pause()
        self.bar.show_opening(folder.name)
        self.review.open(folder)

    def open_beside(self, folder: Path) -> None:
        """Open a second session beside the one that is open; the only one where none is."""
        if self.review.now is None:
            self.open(folder)
        else:
            self.messages.hide()
            self.second.open(folder)

    def closing(self) -> str:
        """What becomes of a file that is being exported, and of a note that is being written."""
        export = self.tr("The export is stopped, and nothing of it is kept.") if self.export.worker.busy else ""
        note = self.tr("The note that is being written is not kept.") if self.note.unsaved else ""
        return " ".join(filter(None, (export, note)))

    def _opened(self) -> None:
        now = self.review.now
        if now is None:
            return
        self._preferences.add_recent_session(str(now.session.folder.resolve()))
        self.bar.show()
        self.stack.setCurrentIndex(1)
        self.faces.label_bar.leave()
        self.frames.open()
        self._name_values()
        self.timeline.show_session(now, another=True)
        self.commands.heads.setVisible(now.session.has_pose)
        self.commands.heads.setChecked(self.commands.heads.isChecked() and now.session.has_pose)
        self._show_moment()
        self._allow()
        self.timeline.setFocus()
        if now.session.video_was_changed:
            text = self.tr("{} was changed after it was analysed: boxes may be beside the faces. Analyse it again.")
            self.messages.say(text.format(now.session.video))

    def _show_beside(self, two: bool) -> None:
        if two:
            self.bar.show()
            self.stack.setCurrentIndex(1)
        self._name_values()

    def _name_values(self) -> None:
        now = self.review.now
        self.moment.set_title(now.session.name if now is not None and self.second.review.now is not None else "")

    def _show_moment(self) -> None:
        review = self.review
        self.timeline.show_moment(review.time_s, review.person, review.range, follow=True)
        allow(self.commands.whole, review.range is not None, self.tr("No range is chosen: I and O do so."))

    def _moved(self) -> None:
        self.frames.follow()
        self._show_moment()

    def _changed(self) -> None:
        now = self.review.now
        if now is not None:
            self.video.set_names(now.names)
            self.timeline.show_session(now, another=False)
            self._changed_person()
            self._allow()

    def _changed_person(self) -> None:
        self.frames.show_boxes()
        self._show_moment()

    def _show_marker(self, time_s: float) -> None:
        self.review.go_to(time_s)
        self.note.ask(time_s)

    def _allow(self) -> None:
        allow(self.commands.undo, self.review.can_undo, self.tr("Nothing was changed yet."))
        allow(self.commands.redo, self.review.can_redo, self.tr("Nothing was undone."))

    def _failed(self, text: str) -> None:
        self.messages.fail(text)
        self.bar.show_session()

    def key_actions(self) -> list[QAction]:
        """All actions of the page."""
        return [*self.actions(), *self._work.actions()]

    def space_action(self) -> QAction:
        """Play or pause."""
        return self.commands.play

    def show_alone(self, alone: bool) -> None:
        """Show only the video, or everything again."""
        self._work.show_alone(alone)
        self.note.alone = alone
        self.bar.setVisible(not alone and self.review.now is not None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause: nobody is looking."""
        self.playback.pause()
        super().hideEvent(event)

    def keep_layout(self) -> None:
        """Remember how video and timeline share the height."""
        self._preferences.keep_layout("review", self._work.sizes())

    def shut(self) -> None:
        """Stop playing, reading and writing."""
        self.playback.pause()
        self.faces.evidence.close()
        self.export.worker.stop()
        self.frames.close()
        self.second.frames.close()

    def wait(self) -> None:
        """Wait until every change is saved and no frame is being read."""
        self.review.finish()
        self.frames.wait()
        self.second.frames.wait()
        self.sound.wait()
