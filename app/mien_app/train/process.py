"""A training in a process of its own: a crash of it costs the window nothing, and the live view goes on."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

_POLL_MS = 300
_PATIENCE_MS = 20_000  # of closing: a step and a checkpoint


def prepare(process: QProcess, command: list[str], environment: dict[str, str]) -> None:
    """Set a process up to run words of Mien's command line."""
    values = QProcessEnvironment.systemEnvironment()
    for key, value in environment.items():
        values.insert(key, value)
    values.insert("PYTHONUNBUFFERED", "1")
    process.setProcessEnvironment(values)
    process.setProgram(command[0])
    process.setArguments(command[1:])


def last_line(process: QProcess) -> str:
    """What it complained of at its end."""
    lines = bytes(process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("mien: ") if lines else ""


class TrainingProcess(QObject):
    """Starts or resumes one training, follows what it says, and passes on what the person wants."""

    told = Signal(object)
    """A list of events that are new."""
    ended = Signal(bool, str)
    """Whether it went to its end, and else why not: empty where it was asked to stop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._events, self._read = Path(), 0
        self._paused = self._asked = False
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    @property
    def paused(self) -> bool:
        """Whether it was asked to wait."""
        return self._paused

    def start(self, command: list[str], events: Path, environment: dict[str, str]) -> None:
        """Begin, or go on where an earlier process of the same training stopped."""
        process = QProcess(self)
        prepare(process, [*command, "--attended"], environment)
        process.finished.connect(lambda code, status: self._over(code, status))
        process.errorOccurred.connect(self._failed)
        self._process, self._events, self._read = process, events, 0
        self._paused = self._asked = False
        process.start()
        self._timer.start()

    def pause(self, yes: bool) -> None:
        """Wait after the present step, or go on."""
        if self._process is not None:
            self._process.write(b"pause\n" if yes else b"go on\n")
            self._paused = yes

    def stop(self) -> None:
        """Save and leave; it can be resumed."""
        if self._process is not None:
            self._asked = True
            self._process.write(b"stop\n")

    def _poll(self) -> None:
        """Tell what was written since."""
        try:
            size = self._events.stat().st_size
            if size < self._read:
                self._read = 0  # a resumed training has written its past anew
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
                found.append(json.loads(line))
            except ValueError:  # the file was written anew beneath us
                self._read = 0
                return
        if found:
            self.told.emit(found)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finish(False, self.tr("The training could not be started."))

    def _over(self, code: int, status: QProcess.ExitStatus) -> None:
        assert self._process is not None
        self._poll()
        said = last_line(self._process)
        crashed = status is QProcess.ExitStatus.CrashExit
        if code == 0 and not crashed:
            self._finish(not self._asked, "")
        elif crashed or not said:
            text = self.tr(
                "The training's process ended unexpectedly. At most the last two minutes are lost: press Go on."
            )
            self._finish(False, text)
        else:
            self._finish(False, said)

    def _finish(self, complete: bool, why: str) -> None:
        self._timer.stop()
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        self.ended.emit(complete, why)

    def wait(self) -> None:
        """Until it has saved and gone; one that hangs is ended."""
        if self._process is not None and not self._process.waitForFinished(_PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(_PATIENCE_MS)
