"""The Analyse page: files and folders are analysed one after another, each into a session folder."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mien.errors import MienError
from mien.sources import PICTURES, VIDEOS
from mien.utils.counts import counted
from mien.utils.dataclass_io import from_dict
from mien_app.analyse.kept_queue import from_text, to_text
from mien_app.analyse.queue_row import QueueRow
from mien_app.analyse.start import AnalyseStart
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import action_button, add_action, tool_button
from mien_app.widgets.basics import ComboField, label
from mien_app.widgets.dialogs import ask_to_delete
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.page import Page, VisibleTimer
from mien_app.widgets.theme import GAP, MARGIN

if TYPE_CHECKING:
    from mien.analysis.inputs import Job
    from mien.analysis.queue import AnalysisQueue, Item
    from mien.session.library import SessionEntry

_POLL_MS = 200
_EVERY = (1, 2, 5, 10)  # frames, of which one is analysed


class AnalysePage(QWidget, Page):
    """Lists the files of the queue and how far each is. The queue is loaded when the first file is added."""

    finished = Signal(object)
    """Folder of a session that the person wants to review."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences = preferences
        self._adding = SerialQueue(background)  # each file gets a session folder that those before it have left free
        self._queue: AnalysisQueue | None = None
        self.rows: list[QueueRow] = []
        self.messages = MessageBar()
        self._add_actions()
        self._lay_out(model)
        self._timer = VisibleTimer(self, _POLL_MS, self._poll)
        self._restore()

    def _add_actions(self) -> None:
        tip = self.tr("Add videos and pictures")
        self.add_files = add_action(self, self.tr("Add files"), "Ctrl+O", self._ask_files, tip)
        tip = self.tr("Add all videos and pictures in a folder")
        self.add_folder = add_action(self, self.tr("Add a folder"), "Ctrl+Shift+O", self._ask_folder, tip)
        self.pause = add_action(self, self.tr("Pause"), "P", self._pause, self.tr("Pause the queue, or go on"))
        self.pause.setCheckable(True)
        self.pause.setEnabled(False)

    def _lay_out(self, model: str) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        for action in (self.add_files, self.add_folder):
            bar.addWidget(action_button(action))
        bar.addStretch(1)
        self.models = ModelChoice(model)
        self.models.setAccessibleName(self.tr("Model"))
        self.models.gone.connect(self.messages.say)
        self.models.setToolTip(self.tr("The model for the files that are added from now on"))
        self.every = ComboField()
        self.every.setAccessibleName(self.tr("Frames to analyse"))
        self.every.setToolTip(self.tr("Every frame, or fewer to get through long recordings sooner"))
        for n in _EVERY:
            self.every.addItem(self.tr("every frame") if n == 1 else self.tr("one frame in {}").format(n), n)
        for widget in (self.models, self.every, action_button(self.pause)):
            bar.addWidget(widget)

        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        self.stack = QStackedWidget()
        choices = (
            (self.add_files, self.tr("Videos and pictures  (Ctrl+O)")),
            (self.add_folder, self.tr("All videos and pictures in it  (Ctrl+Shift+O)")),
        )
        self.stack.addWidget(AnalyseStart(choices))
        self.stack.addWidget(scroll)

        self._where = label(role="muted")
        foot = QHBoxLayout()
        foot.addWidget(self._where, 1)
        foot.addWidget(tool_button(self.tr("Change"), self.tr("Choose where sessions are saved"), self._ask_out))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
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
        endings = " ".join(f"*{ending}" for ending in sorted(VIDEOS | PICTURES))
        kinds = self.tr("Videos and pictures ({})").format(endings)
        files, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"), "", kinds)
        self.add([Path(file) for file in files])

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Add a folder"))
        if folder:
            self.add([Path(folder)])

    def add(self, paths: Sequence[Path]) -> None:
        """Add files, and those in folders, to the queue. A message says what is no video or picture."""
        if not paths:
            return
        out, given = Path(self._preferences.sessions_folder), [str(path) for path in paths]

        def prepare() -> "Callable[[], tuple[list[Job], str]]":
            known = [row.item.job.path for row in self.rows]

            def work() -> "tuple[list[Job], str]":
                from mien.analysis.inputs import expand_paths, jobs

                said: list[str] = []
                found = [path for path in expand_paths(given, said.append) if path not in known]
                return jobs([*known, *found], out)[len(known) :], " ".join(said)

            return work

        self._adding.run(prepare, self._found, self.messages.fail)

    def _found(self, found: "tuple[list[Job], str]") -> None:
        from mien.analysis.options import AnalysisOptions

        options = AnalysisOptions(
            model=self.models.currentText(),
            every=self.every.currentData(),
            max_faces=self._preferences.settings().max_faces,
        )
        jobs, said = found
        self._begun_queue().add(jobs, options)
        if said:
            self.messages.say(said)
        else:
            self.messages.hide()
        self._poll()

    def _begun_queue(self) -> "AnalysisQueue":
        from mien.analysis.queue import AnalysisQueue

        if self._queue is None:
            # One core is left to the window.
            self._queue = AnalysisQueue(threads=max((os.cpu_count() or 2) - 1, 1))
        return self._queue

    def _restore(self) -> None:
        """List the files that were left at the last start. They wait until the person goes on."""
        if left := from_text(self._preferences.waiting_files):
            queue = self._begun_queue()
            queue.pause(True)
            for job, options in left:
                queue.add([job], options)
            text = self.tr("{} left from the last time. Press Go on.")
            files = counted(len(left), self.tr("file is"), self.tr("files are"))
            self.pause.setChecked(True)
            self._show_paused()
            self.messages.say(text.format(files))
            self._poll()

    def go_on(self, entry: "SessionEntry") -> None:
        """Go on with an analysis that was interrupted."""
        from mien.analysis.inputs import Job
        from mien.analysis.options import AnalysisOptions

        path = Path(entry.source)
        if not entry.source or entry.options is None or not path.is_file():
            where = entry.source or self.tr("The file")
            self.messages.fail(self.tr("{} is not where it was. Add the file again: it goes on.").format(where))
            return
        try:
            options = from_dict(AnalysisOptions, {**entry.options, "model": entry.model}, str(entry.folder))
        except MienError as error:
            self.messages.fail(str(error))
            return
        queue = self._begun_queue()
        queue.add([Job(path, entry.folder.absolute())], options)
        if queue.paused:
            self.pause.trigger()
        self._poll()

    def _pause(self) -> None:
        if self._queue is not None:
            self._queue.pause(self.pause.isChecked())
            self._show_paused()
            self._poll()

    def _show_paused(self) -> None:
        self.pause.setText(self.tr("Go on") if self.pause.isChecked() else self.tr("Pause"))

    def _keep(self) -> None:
        """Write down what is not done, so that the list comes back after a crash too."""
        text = to_text(self._queue.items) if self._queue is not None else ""
        if text != self._preferences.waiting_files:
            self._preferences.waiting_files = text

    def _poll(self) -> None:
        """Show what has changed."""
        if self._queue is None:
            return
        items = self._queue.items
        for row in [row for row in self.rows if row.item not in items]:
            self.rows.remove(row)
            row.deleteLater()
        for item in items[len(self.rows) :]:
            row = QueueRow(item)
            row.review.connect(lambda item: self.finished.emit(item.job.session))
            row.cancel.connect(self._queue.cancel)
            row.retry.connect(self._queue.retry)
            row.remove.connect(self._queue.remove)
            row.replace.connect(self._ask_to_replace)
            row.keep_both.connect(self._queue.keep_both)
            self._list.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for row in self.rows:
            row.refresh(paused=self._queue.paused)
        self.stack.setCurrentIndex(1 if self.rows else 0)
        self.pause.setEnabled(bool(self.rows))
        self._keep()

    def _ask_to_replace(self, item: "Item") -> None:
        question = self.tr("Delete the session {}? The names and markers that were set in it go with it.")
        if self._queue is not None:
            ask_to_delete(self, question.format(item.job.session), partial(self._queue.replace, item))

    def key_actions(self) -> list[QAction]:
        """All actions of the page."""
        return self.actions()

    def space_action(self) -> QAction | None:
        """Pause."""
        return self.pause

    def closing(self) -> str:
        """What becomes of the files that are not done."""
        from mien.analysis.queue import ItemState

        items = self._queue.items if self._queue is not None and not self._queue.paused else ()
        left = sum(item.state in (ItemState.WAITING, ItemState.RUNNING) for item in items)
        if not left:
            return ""
        files = counted(left, self.tr("file is"), self.tr("files are"))
        text = self.tr("{} not analysed yet. What is done is kept; the list comes back at the next start, to go on.")
        return text.format(files)

    def shut(self) -> None:
        """Stop the queue. What was analysed of the current file is kept."""
        self._timer.stop()
        self._keep()
        if self._queue is not None:
            self._queue.stop()

    def wait(self) -> None:
        """Wait until the queue's thread has ended."""
        if self._queue is not None:
            self._queue.join()
