"""The analyse page: files and folders to be analysed, one after another, into session folders."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mien.sources import PICTURES, VIDEOS
from mien_app.analyse.queue_row import QueueRow
from mien_app.services.background import Background
from mien_app.services.page import Page
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import add_action
from mien_app.widgets.basics import ComboField, label
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.narrow_page import NarrowPage
from mien_app.widgets.theme import GAP, MARGIN

if TYPE_CHECKING:
    from mien.analysis.inputs import Job
    from mien.analysis.queue import AnalysisQueue

_POLL_MS = 200
_EVERY = (1, 2, 5, 10)


class AnalysePage(QWidget, Page):
    """A list of files and how far each is. The work is `mien.analysis.queue`'s, loaded when it is first needed."""

    finished = Signal(object)
    """The folder of a session that is to be reviewed."""

    def __init__(self, preferences: Preferences, background: Background, model: str) -> None:
        super().__init__()
        self._preferences, self._background = preferences, background
        self._backlog: AnalysisQueue | None = None
        self.rows: list[QueueRow] = []
        self.banner = MessageBar()
        self._add_actions()
        self._lay_out(model)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    def _add_actions(self) -> None:
        tip = self.tr("Videos and pictures")
        self.add_files = add_action(self, self.tr("Add files"), "Ctrl+O", self._ask_files, tip)
        tip = self.tr("All videos and pictures of a folder")
        self.add_folder = add_action(self, self.tr("Add a folder"), "Ctrl+Shift+O", self._ask_folder, tip)
        self.pause = add_action(self, self.tr("Pause"), "P", self._pause, self.tr("Halt, and go on later"))
        self.pause.setCheckable(True)
        self.pause.setEnabled(False)

    def _lay_out(self, model: str) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GAP)
        for action in (self.add_files, self.add_folder):
            bar.addWidget(self._button(action))
        bar.addStretch(1)
        self.models = ModelChoice(model)
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setToolTip(self.tr("The model that reads the files added from now on"))
        self.every = ComboField()
        self.every.setAccessibleName(self.tr("Frames to read"))
        self.every.setToolTip(self.tr("Every frame, or fewer for long recordings"))
        for n in _EVERY:
            self.every.addItem(self.tr("every frame") if n == 1 else self.tr("one frame in {}").format(n), n)
        for widget in (self.models, self.every, self._button(self.pause)):
            bar.addWidget(widget)

        self._empty = self._start()
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
        self.stack.addWidget(self._empty)
        self.stack.addWidget(scroll)

        self._where = label(role="muted")
        change = QToolButton()
        change.setText(self.tr("Change"))
        change.setToolTip(self.tr("Choose where sessions go"))
        change.setAccessibleName(self.tr("Choose where sessions go"))
        change.clicked.connect(self._ask_out)
        foot = QHBoxLayout()
        foot.addWidget(self._where, 1)
        foot.addWidget(change)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(bar)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        self._show_out()

    def _start(self) -> NarrowPage:
        """What to do while the list is empty."""
        page = NarrowPage()
        page.column.addWidget(label(self.tr("What shall be analysed?"), "headline"))
        for action, tip in (
            (self.add_files, self.tr("Videos and pictures of yours  (Ctrl+O)")),
            (self.add_folder, self.tr("All videos and pictures in it  (Ctrl+Shift+O)")),
        ):
            page.add_choice(action.text(), tip).clicked.connect(action.trigger)
        said = self.tr(
            "Or drop them here. Each file becomes a session: a table with a row for every face in every frame, to be "
            "reviewed here or read by other programs. You may close Mien at any time; when the file is added again, "
            "it goes on where it was."
        )
        page.column.addWidget(label(said, "muted", wrap=True))
        return page

    @staticmethod
    def _button(action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.toolTip())
        return button

    def _show_out(self) -> None:
        self._where.setText(self.tr("Sessions go to {}").format(self._preferences.sessions_folder))

    def _ask_out(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where sessions go"), self._preferences.sessions_folder)
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
        """Put files, and what lies in folders, on the list; what is no video or picture is named."""
        if not paths:
            return
        out, given = Path(self._preferences.sessions_folder), [str(path) for path in paths]

        def work() -> "list[Job]":
            from mien.analysis.inputs import expand_paths, jobs

            known = [row.item.job.path for row in self.rows]
            return jobs([*known, *(path for path in expand_paths(given) if path not in known)], out)[len(known) :]

        self._background.run(work, self._found, self.banner.say)

    def _found(self, jobs: "list[Job]") -> None:
        from mien.analysis.options import AnalysisOptions
        from mien.analysis.queue import AnalysisQueue

        if self._backlog is None:
            # One core is left to the window.
            self._backlog = AnalysisQueue(threads=max((os.cpu_count() or 2) - 1, 1))
            self._timer.start()
        options = AnalysisOptions(model=self.models.currentText(), every=self.every.currentData())
        self._backlog.add(jobs, options)
        self.banner.hide()
        self._poll()

    def _pause(self) -> None:
        if self._backlog is not None:
            self._backlog.pause(self.pause.isChecked())
            self.pause.setText(self.tr("Go on") if self.pause.isChecked() else self.tr("Pause"))
            self._poll()

    def _poll(self) -> None:
        """Show what has changed."""
        if self._backlog is None:
            return
        items = self._backlog.items
        for row in [row for row in self.rows if row.item not in items]:
            self.rows.remove(row)
            row.deleteLater()
        for item in items[len(self.rows) :]:
            row = QueueRow(item)
            row.review.connect(lambda item: self.finished.emit(item.job.session))
            row.cancel.connect(self._backlog.cancel)
            row.retry.connect(self._backlog.retry)
            row.remove.connect(self._backlog.remove)
            self._list.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for row in self.rows:
            row.refresh(paused=self._backlog.paused)
        self.stack.setCurrentIndex(1 if self.rows else 0)
        self.pause.setEnabled(bool(self.rows))

    def showEvent(self, event: QShowEvent) -> None:
        """Look on."""
        if self._backlog is not None:
            self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The work goes on; nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def show_message(self, text: str) -> None:
        """Show a sentence above the page."""
        self.banner.say(text)

    def key_actions(self) -> list[QAction]:
        """For the sheet of keys."""
        return self.actions()

    def space_action(self) -> QAction | None:
        """Pause."""
        return self.pause

    def shut(self) -> None:
        """What is done of the current file is kept."""
        self._timer.stop()
        if self._backlog is not None:
            self._backlog.stop()

    def wait(self) -> None:
        """Until the thread has ended."""
        if self._backlog is not None:
            self._backlog.join()
