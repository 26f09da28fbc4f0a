"""Recordings of a live source: one button starts and stops them, and shows how long and large they are."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QIcon

from mien import language
from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.session.edits import TimeSpan
from mien.sources import is_demo, is_live
from mien.utils.files import free_path
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences
from mien_app.widgets import icons
from mien_app.widgets.actions import allow, change_tip, speak_as
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.time_span import clock

_ICON_PX = 16
_WATCH_MS = 1000

if TYPE_CHECKING:
    from mien.session.recorder import Recorder


class Recording(QObject):
    """Runs at most one recording at a time. Call `poll` now and then while the page is shown."""

    finished = Signal(object)
    """The folder of a recording that is to be reviewed."""
    changed = Signal(bool)
    """Whether one runs."""

    def __init__(self, action: QAction, preferences: Preferences, background: Background, messages: MessageBar) -> None:
        super().__init__(messages)
        self.action, self._tip = action, str(action.property("tip"))
        action.triggered.connect(self.toggle)
        self._preferences, self._making, self._messages = preferences, SerialQueue(background), messages
        self._pipeline: LivePipeline | None = None
        self._beginning: Path | None = None
        """Folder of a recording whose recorder is being made."""
        self._recorder: Recorder | None = None
        self._ending: list[Recorder] = []
        self._source = ""
        self._watch = QTimer(self, interval=_WATCH_MS)  # the page does not poll while another one is shown
        self._watch.timeout.connect(self.poll)

    @property
    def runs(self) -> bool:
        """Whether frames go to the disk now."""
        return self._recorder is not None

    @property
    def closing(self) -> str:
        """What becomes of a recording when the window is closed; empty while none runs."""
        text = self.tr("The recording ends and is saved; it stands in the list of sessions on the Review page.")
        return text if self.runs or self._beginning is not None else ""

    def show_source(self, pipeline: LivePipeline | None, name: str) -> None:
        """Take another source, which may be recorded from now on; stop a recording of the one before."""
        self.stop()
        self._pipeline, self._source = pipeline, name
        self._allow()

    def toggle(self) -> None:
        """Start, or stop."""
        if self._recorder is not None:
            self.stop()
        elif (
            self._beginning is None and self._pipeline is not None and self._pipeline.runs_on
        ):  # else its card is the model's before
            self._begin(self._pipeline)

    def _begin(self, pipeline: LivePipeline) -> None:
        card, source, runs_on = pipeline.card, self._source, pipeline.runs_on
        pose = self._preferences.settings().pose
        assert card is not None
        # One of before may have this name, where the clock was set back.
        name = f"recording-{datetime.now():%Y-%m-%d-%H%M%S}"
        folder = free_path(Path(self._preferences.sessions_folder), name)
        self._beginning = folder
        self._allow()

        def work() -> "Recorder":
            from mien.session.recorder import Recorder

            return Recorder(folder, card, source=source, runs_on=runs_on, pose=pose)

        self._making.run(lambda: work, partial(self._begun, pipeline, folder), partial(self._failed, folder))

    def _begun(self, pipeline: LivePipeline, folder: Path, recorder: "Recorder") -> None:
        if folder is not self._beginning:  # the source or the model was changed meanwhile
            recorder.stop()
            self._ending.append(recorder)
            return
        self._beginning = None
        self._recorder = pipeline.recorder = recorder
        self._watch.start()
        self.changed.emit(True)
        self.poll()

    def _failed(self, folder: Path, text: str) -> None:
        if folder is self._beginning:
            self._beginning = None
        self._messages.fail(text)

    def stop(self) -> None:
        """Stop a recording that runs or is being started; it is finished on a thread of its own."""
        self._beginning = None
        if self._recorder is None:
            return
        if self._pipeline is not None:
            self._pipeline.recorder = None
        self._recorder.stop()
        self._ending.append(self._recorder)
        self._recorder = None
        self._watch.stop()
        self.changed.emit(False)
        self._show()

    def keep_baseline(self, track: int, span: TimeSpan | None) -> None:
        """Take down when a track's face was at rest, for the session that is being recorded."""
        if self._recorder is not None:
            self._recorder.keep_baseline(track, span)

    def keep_marker(self, clock_s: float, note: str) -> None:
        """Take down what happened at a moment of `time.perf_counter`; from any thread."""
        recorder, pipeline = self._recorder, self._pipeline
        if recorder is not None and pipeline is not None and (time_s := pipeline.source_time(clock_s)) is not None:
            recorder.keep_marker(time_s, note)

    def poll(self) -> None:
        """Show how far the recordings are, and report those that ended."""
        if self._recorder is not None and not self._recorder.alive:  # a full disk
            self.stop()
        for recorder in [recorder for recorder in self._ending if not recorder.alive]:
            to_read = self._pipeline is None and self._messages.is_failure  # why its source was lost
            if recorder.error or not to_read:
                self._ending.remove(recorder)
                self._report(recorder)
        self._allow()
        self._show()

    def _allow(self) -> None:
        pipeline = self._pipeline
        if self.runs:
            why = ""
        elif pipeline is None:
            why = self.tr("Open a camera or the demo first.")
        elif not is_live(pipeline.address) and not is_demo(pipeline.address):
            why = self.tr("This source is a file: the Analyse page makes a session of it.")
        elif not pipeline.runs_on or pipeline.status.state is not State.RUNNING:
            why = self.tr("Wait until its picture and the model are there.")
        else:
            why = self.tr("It is being started.") if self._beginning is not None else ""
        allow(self.action, not why, why)

    def _report(self, recorder: "Recorder") -> None:
        if recorder.error:
            self._messages.fail(recorder.error)
            return
        text = self.tr("Recorded {} s into {}.").format(round(recorder.seconds), recorder.folder)
        if recorder.dropped:
            text += " " + self.tr("%n frame(s) dropped: the disk was too slow.", "", recorder.dropped)
        review: Callable[[], object] = lambda: self.finished.emit(recorder.folder)  # noqa: E731
        self._messages.offer(text, self.tr("Review"), review, recorder.folder)

    def _show(self) -> None:
        recorder = self._recorder
        if recorder is None:
            text, icon, tip = self.tr("Record"), QIcon(), self._tip
        else:
            length, size = clock(int(recorder.seconds)), recorder.size / (1 << 20)
            text = self.tr("Stop  {}  {} MB").format(length, language.number(size, 1))
            icon = icons.icon(icons.record, icons.RED, icons.RED, _ICON_PX)
            tip = self.tr("Stop the recording (R)")
        speak_as(self.action, "" if recorder is None else self.tr("Stop"))  # not each second by another name
        if self.action.text() != text:
            self.action.setText(text)
            self.action.setIcon(icon)
            change_tip(self.action, tip)
            self._allow()

    def wait(self) -> None:
        """Wait until everything is on the disk."""
        self.stop()
        self._making.finish()  # one that is being made now would leave a folder that is no session
        for recorder in self._ending:
            recorder.join()
