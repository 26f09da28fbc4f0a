"""Runs a training in a process of its own, so that its crash costs the window nothing and the live view goes on."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from mien.errors import MienError
from mien.training.folder import EVENTS, RESULT
from mien.utils import own_process
from mien.utils.json_io import parse_json
from mien.utils.logs import unexpected

if TYPE_CHECKING:
    from mien.training.runs import Run

log = logging.getLogger(__name__)

_POLL_MS = 300
_PATIENCE_MS = 20_000  # for one more step and a checkpoint
_PREFIX = "mien: "  # before what the command line says to a person


def command(run: "Run") -> list[str]:
    """What starts or resumes a training: the program that has the window's languages."""
    return own_process.command("mien_app", *run.words)


def prepare(process: QProcess, command: list[str], environment: dict[str, str]) -> None:
    """Set a process up to run a command with additional environment variables."""
    values = QProcessEnvironment.systemEnvironment()
    for key, value in environment.items():
        values.insert(key, value)
    values.insert("PYTHONUNBUFFERED", "1")
    values.insert(own_process.LANGUAGE, QLocale().name()[:2])  # what it complains of is shown in the window
    process.setProcessEnvironment(values)
    process.setProgram(command[0])
    process.setArguments(command[1:])


def complaint(process: QProcess) -> str:
    """Why a process of Mien failed, in one line for a person; empty if it said nothing.

    A traceback is logged, and only its last line is shown.
    """
    text = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
    last = text.splitlines()[-1] if text else ""
    if not last or last.startswith(_PREFIX):
        return last.removeprefix(_PREFIX)
    log.error("a training's process failed:\n%s", text)
    return unexpected(last)


class TrainingProcess(QObject):
    """Starts or resumes one training, follows its events, and lets it pause, go on and stop."""

    reported = Signal(object)
    """A list of new events."""
    ended = Signal(bool, str)
    """Whether the training is complete, and if not, why: empty if it was asked to stop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._events, self._read = Path(), 0
        self._paused = self._asked = False
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def runs(self) -> bool:
        """Whether a training is running, even if it is paused."""
        return self._process is not None

    @property
    def paused(self) -> bool:
        """Whether it was asked to pause."""
        return self._paused

    def start(self, command: list[str], events: Path, environment: dict[str, str]) -> None:
        """Start a training, or resume it.

        Args:
            command: see `command`.
            events: the file that the training writes.
            environment: variables to set besides the window's own.
        """
        process = QProcess(self)
        prepare(process, [*command, "--attended"], environment)
        # Not a lambda, which would keep this object until the process is deleted, and then delete both at once.
        process.finished.connect(self._over)
        process.errorOccurred.connect(self._failed)
        self._process, self._events, self._read = process, events, 0
        self._paused = self._asked = False
        process.start()
        self._timer.start()

    def pause(self, yes: bool) -> None:
        """Pause after the present step, or go on."""
        if self._process is not None:
            self._process.write(b"pause\n" if yes else b"go on\n")
            self._paused = yes

    def stop(self) -> None:
        """Let it save and end. It can be resumed."""
        if self._process is not None:
            self._asked = True
            self._process.write(b"stop\n")

    def _poll(self) -> None:
        """Read the events that were written since."""
        try:
            size = self._events.stat().st_size
            if size < self._read:
                self._read = 0  # a resumed training writes its past again
            with self._events.open("rb") as file:
                file.seek(self._read)
                new = file.read()
        except OSError:
            return
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        found: list[dict[str, Any]] = []
        for line in whole.splitlines():
            try:
                found.append(parse_json(line, EVENTS))
            except MienError:  # the file is being rewritten
                self._read = 0
                return
        if found:
            self.reported.emit(found)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            text = self.tr("The training could not be started: {}. Check that Mien is still installed.")
            reason = "" if self._process is None else self._process.errorString()
            self._finish(False, text.format(reason))

    def _over(self, code: int, status: QProcess.ExitStatus) -> None:
        assert self._process is not None
        self._poll()
        why = complaint(self._process)
        crashed = status is QProcess.ExitStatus.CrashExit
        if code == 0 and not crashed:
            # Asked to stop when only its evaluation was left, it came to its end.
            self._finish(not self._asked or self._events.with_name(RESULT).is_file(), "")
        elif crashed or not why:
            text = self.tr(
                "The training's process ended unexpectedly. Press Go on: at most the last two minutes are lost."
            )
            self._finish(False, text)
        else:
            self._finish(False, why)

    def _finish(self, complete: bool, why: str) -> None:
        self._timer.stop()
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        self.ended.emit(complete, why)

    def wait(self) -> None:
        """Wait until it has saved and ended; one that hangs is killed."""
        if self._process is not None and not self._process.waitForFinished(_PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(_PATIENCE_MS)
