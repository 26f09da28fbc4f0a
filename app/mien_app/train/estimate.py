"""Estimates how long a training will take, from a few steps in a process of its own."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from mien.curation.split import Split
from mien.utils import own_process
from mien_app.train.process import complaint, prepare


class Estimate(QObject):
    """Makes one estimate at a time; a new one ends the one before."""

    made = Signal(object, str)
    """Seconds, or None and why there is no estimate."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self, data: Path, config: str, split: Split, environment: dict[str, str]) -> None:
        """Begin to time a training.

        Args:
            data: the folder or table.
            config: the settings, TOML.
            split: of the data.
            environment: variables to set besides the window's own.
        """
        self.stop()
        self._folder = tempfile.TemporaryDirectory(prefix="mien-timing-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        (folder / "config.toml").write_text(config, encoding="utf-8")
        split.save(folder / "split.json")
        words = [str(data), "--config", str(folder / "config.toml"), "--split", str(folder / "split.json")]
        process = QProcess(self)
        prepare(
            process,
            own_process.command("mien_app", "train", *words, "--out", str(folder / "out"), "--estimate"),
            environment,
        )
        process.finished.connect(self._over)
        self._process = process
        process.start()

    def _over(self, code: int) -> None:
        process = self._process
        assert process is not None
        words = bytes(process.readAllStandardOutput().data()).decode(errors="replace").split()
        why = complaint(process) if code else ""
        self._forget()
        try:
            self.made.emit(float(words[0]), "")
        except (IndexError, ValueError):
            self.made.emit(None, why)

    def _forget(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None

    def stop(self) -> None:
        """End it without an answer."""
        if self._process is not None:
            self._process.finished.disconnect(self._over)
            self._process.kill()
            self._process.waitForFinished(2000)
        self._forget()
