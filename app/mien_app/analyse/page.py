"""The Analyse page: files and folders are analysed one after another, each into a session folder."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mien.analysis.inputs import Job, expand_paths, jobs
from mien.analysis.queue import Item, ItemState
from mien.analysis.time_left import time_left_s
from mien.errors import MienError
from mien.session.library import SessionEntry
from mien.utils.durations import rough_duration
from mien_app.analyse.options_bar import OptionsBar
from mien_app.analyse.queue_host import QueueHost
from mien_app.analyse.queue_row import QueueRow
from mien_app.analyse.start import AnalyseStart
from mien_app.analyse.study_table import StudyTable
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences
from mien_app.widgets.action_row import ActionRow
from mien_app.widgets.actions import action_button, add_action, allow, key_name, tool_button
from mien_app.widgets.basics import label
from mien_app.widgets.dialogs import ask_to_delete
from mien_app.widgets.elided_label import ElidedLabel
from mien_app.widgets.file_dialogs import ask_files, ask_folder, media
from mien_app.widgets.flow import Flow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.page import Page, VisibleTimer
from mien_app.widgets.scrolling import PageStack
from mien_app.widgets.show_in_folder import show_in_folder
from mien_app.widgets.tab_order import put_after
from mien_app.widgets.theme import GAP, MARGIN

_POLL_MS = 200


class AnalysePage(QWidget, Page):
    """Lists the files of the queue and how far each is. The queue is loaded when the first file is added."""

    finished = Signal(object)
    """Folder of a session that the person wants to review."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences = preferences
        self._adding = SerialQueue(background)  # each file gets a session folder that those before it have left free
        self._host = QueueHost(preferences)
        self.rows: list[QueueRow] = []
        self.messages = MessageBar()
        self.study = StudyTable(self, preferences, background, self.messages)
        self._add_actions()
        self._lay_out(model)
        self._timer = VisibleTimer(self, _POLL_MS, self._poll)
        self._restore()

    def _add_actions(self) -> None:
        tip = self.tr("Add videos and pictures")
        self.add_files = add_action(self, self.tr("Add files"), "Ctrl+O", self._ask_files, tip)
        tip = self.tr("Add all videos and pictures in a folder")
        self.add_folder = add_action(self, self.tr("Add a folder"), "Ctrl+Shift+O", self._ask_folder, tip)
        self.pause = add_action(self, self.tr("Pause"), "P", self._turn, self.tr("Pause the queue, or go on"))
        allow(self.pause, False, self.tr("Add files first."))
        tip = self.tr("Take the files that are done off the list; their sessions stay on the disk")
        self.clear = add_action(self, self.tr("Clear finished"), "", self._clear_finished, tip)
        tip = self.tr("Save one table with a row for every session and person, over all sessions in the folder")
        self.table = add_action(self, self.tr("Table of all..."), "Ctrl+T", self.study.ask, tip)

    def _lay_out(self, model: str) -> None:
        bar = Flow()
        for action in (self.add_files, self.add_folder):
            bar.addWidget(action_button(action))
        self.at_once = QCheckBox(self.tr("Start at once"))
        self.at_once.setToolTip(self.tr("Files that are added are analysed at once; else they wait for Start"))
        self.at_once.setChecked(not self._preferences.waits_for_start)
        self.at_once.toggled.connect(self._set_waiting)
        bar.addWidget(self.at_once)
        bar.addWidget(ActionRow((self.pause, self.clear, self.table)))
        self.options = OptionsBar(model)
        self.options.models.gone.connect(self.messages.say)

        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Files"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        self.stack = PageStack()
        choices = (
            (self.add_files, self.tr("Videos and pictures  ({})").format(key_name("Ctrl+O"))),
            (self.add_folder, self.tr("All videos and pictures in it  ({})").format(key_name("Ctrl+Shift+O"))),
        )
        self.stack.addWidget(AnalyseStart(choices))
        self.stack.addWidget(scroll)

        self._where = ElidedLabel("muted")
        foot = QHBoxLayout()
        self._total = label(role="muted", figures=True)
        self._total.hide()
        foot.addWidget(self._where, 1)
        tip = self.tr("Show the folder with the sessions")
        show = tool_button(self.tr("Open folder"), tip, lambda: show_in_folder(Path(self._preferences.sessions_folder)))
        self._foot = show, tool_button(self.tr("Change"), self.tr("Choose where sessions are saved"), self._ask_out)
        for button in self._foot:
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(bar)
        column.addWidget(self.options)
        column.addWidget(self.stack, 1)
        column.addWidget(self._total)
        column.addLayout(foot)
        self.messages.float_over(self, self.stack, Qt.Edge.BottomEdge)
        self._show_out()

    def _show_out(self) -> None:
        self._where.setText(self.tr("Sessions are saved in {}").format(self._preferences.sessions_folder))

    def _ask_out(self) -> None:
        title, now = self.tr("Where sessions are saved"), self._preferences.sessions_folder
        folder = QFileDialog.getExistingDirectory(self, title, now)
        if folder:
            self._preferences.sessions_folder = folder
            self._show_out()

    def _ask_files(self) -> None:
        self.add(ask_files(self, self._preferences, "media", self.tr("Add files"), media()))

    def _ask_folder(self) -> None:
        if folder := ask_folder(self, self._preferences, "media", self.tr("Add a folder")):
            self.add([folder])

    def add(self, paths: Sequence[Path]) -> None:
        """Add files, and those in folders, to the queue. A message says what is no video or picture."""
        if not paths:
            return
        out, given = Path(self._preferences.sessions_folder), [str(path) for path in paths]

        def prepare() -> Callable[[], tuple[list[Job], str]]:
            known = dict.fromkeys(row.item.job.path for row in self.rows)

            def work() -> tuple[list[Job], str]:
                said: list[str] = []
                paths = expand_paths(given, said.append)
                found = [path for path in paths if path not in known]
                if again := len(paths) - len(found):
                    said.append(self.tr("Already in the list: %n file(s). Take one off to analyse it anew.", "", again))
                return jobs([*known, *found], out)[len(known) :], " ".join(said)

            return work

        self._adding.run(prepare, self._found, self.messages.fail)

    def _found(self, found: tuple[list[Job], str]) -> None:
        if self._host.closed:
            return
        jobs, said = found
        queue = self._host.begun()
        if not self._host.unfinished:  # else the new ones go on, or wait, with the others
            self._pause(not self.at_once.isChecked())
        options = self.options.options(self._preferences.settings().max_faces)
        queue.add(jobs, options, self.options.videos)
        if said:
            self.messages.say(said)
        else:
            self.messages.hide()
        self._poll()

    def _restore(self) -> None:
        """List the files that were left at the last start. They wait until the person goes on."""
        if left := self._host.restore():
            self._show_paused()
            text = self.tr("%n file(s) left from the last time. Press Start.", "", left)
            self.messages.say(text + self._host.not_found)
            self._poll()

    def go_on(self, entry: SessionEntry) -> None:
        """Go on with an analysis that was interrupted."""
        try:
            self._host.add(entry)
        except MienError as error:
            self.messages.fail(str(error))
            return
        self._pause(False)

    def _turn(self) -> None:
        self._pause(not self._host.paused)

    def _pause(self, paused: bool) -> None:
        if self._host.queue is not None:
            self._host.queue.pause(paused)
            self._show_paused()
            self._poll()

    def _show_paused(self) -> None:
        begun = any(row.item.progress is not None for row in self.rows)
        start = self.tr("Go on") if begun else self.tr("Start")
        self.pause.setText(start if self._host.paused else self.tr("Pause"))

    def _set_waiting(self, at_once: bool) -> None:
        self._preferences.waits_for_start = not at_once

    def _clear_finished(self) -> None:
        for row in self.rows:
            if self._host.queue is not None and row.item.state in (ItemState.DONE, ItemState.CANCELLED):
                self._host.queue.remove(row.item)
        self._poll()

    def _poll(self) -> None:
        """Show what has changed."""
        queue = self._host.queue
        if queue is None:
            return
        items = queue.items
        there = set(items)
        for row in self.rows:
            if row.item not in there:
                row.deleteLater()
        self.rows[:] = [row for row in self.rows if row.item in there]  # the same list: others hold it
        added = items[len(self.rows) :]
        for item in added:
            row = QueueRow(item)
            row.review.connect(lambda item: self.finished.emit(item.job.session))
            row.cancel.connect(queue.cancel)
            row.retry.connect(queue.retry)
            row.turn.connect(queue.turn_upright)
            row.remove.connect(queue.remove)
            row.replace.connect(self._ask_to_replace)
            row.keep_both.connect(queue.keep_both)
            self._list.insertWidget(len(self.rows), row)
            self.rows.append(row)
        if added:  # Tab goes to what was made last: to the rows; moving each of thousands of them takes long
            put_after(self.rows[-1].buttons[-1], self._foot)
        for row in self.rows:
            row.refresh(paused=queue.paused)
        self.stack.setCurrentIndex(1 if self.rows else 0)
        allow(self.pause, bool(self.rows), self.tr("Add files first."))
        ended = any(row.item.state in (ItemState.DONE, ItemState.CANCELLED) for row in self.rows)
        allow(self.clear, ended, self.tr("No file is finished yet."))
        self._show_total(items)
        self._host.keep()

    def _show_total(self, items: Sequence[Item]) -> None:
        states = [item.state for item in items]
        self._total.setVisible(len(items) > 1)
        text = self.tr("{} of %n file(s) done", "", len(items)).format(states.count(ItemState.DONE))
        if failed := states.count(ItemState.FAILED):
            text += self.tr(", {} failed").format(failed)
        left_s = time_left_s(items)
        if any(item.goes_on for item in items) and left_s is not None:
            text += self.tr(", about {} left for all").format(rough_duration(left_s))
        if self._total.text() != text:
            self._total.setText(text)

    def _ask_to_replace(self, item: Item) -> None:
        question = self.tr("Delete the session {}? The names and markers that were set in it go with it.")
        if self._host.queue is not None:
            ask_to_delete(self, question.format(item.job.session), partial(self._host.queue.replace, item))

    def key_actions(self) -> list[QAction]:
        """All actions of the page."""
        return self.actions()

    def space_action(self) -> QAction | None:
        """Pause."""
        return self.pause

    def closing(self) -> str:
        """What becomes of the files that are not done."""
        left = self._host.unfinished
        if not left or self._host.paused:
            return ""
        text = self.tr("%n file(s) not analysed yet.", "", left)
        return text + " " + self.tr("What is done is kept; the list comes back at the next start, to go on.")

    def shut(self) -> None:
        """Stop the queue. What was analysed of the current file is kept."""
        self._timer.stop()
        self._host.close()

    def wait(self) -> None:
        """Wait until the queue's thread has ended."""
        if self._host.queue is not None:
            self._host.queue.join()
