"""Starts the window, or does its work once without a display."""

import csv
import io
import locale
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mien.cli.console import say
from mien.errors import MienError
from mien.live.state import State
from mien.models import cards
from mien.probabilities.wording import in_words, limit_in_words
from mien.session.columns import journal_columns, rows
from mien.sources import AnyAddress, open_source, shown_name
from mien.utils import paths
from mien.utils.counts import counted
from mien.utils.files import check_output, make_folder, whole_file, writing
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.preload import load_libraries
from mien_app.widgets import theme

_PATIENCE_S = 30.0  # of the picture of the window, for a face
_SHOWN_S = 3.0  # into the source, when it is taken


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    _prepare(application)
    return application


def _prepare(application: QApplication) -> None:
    application.setApplicationName("mien")
    application.setApplicationDisplayName("Mien")
    application.setDesktopFileName("mien")  # by which Linux desktops find the icon
    application.setWindowIcon(QIcon(str(paths.assets() / "icon.svg")))
    # Where Qt's own file dialog keeps the folders that were visited; on Linux else in a file of all Qt programs.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(paths.user_settings().parent))
    theme.apply(application)
    _choose_plain_locale()


def _choose_plain_locale() -> None:
    """Undo for C libraries what Qt has chosen for the whole process; Qt itself goes by `QLocale`.

    With Turkish letters PySide does not find the setter of a property that begins with i; with German numbers a library
    may read 0.5 as 0.
    """
    for category, name in ((locale.LC_CTYPE, "C.UTF-8"), (locale.LC_NUMERIC, "C")):
        with suppress(locale.Error):  # this system calls it something else
            locale.setlocale(category, name)


def run_window(source: AnyAddress | None, model: str) -> int:
    """Show the window until it is closed."""
    if model:
        cards.read_card(model)  # reports a misspelt name before the window opens
    application = _application()
    preferences = Preferences()
    theme.choose(application, preferences.appearance)
    load_libraries(application, preferences.runtime)
    window = MainWindow(model, preferences)
    window.show()
    if source:
        window.open_source(source)
    stopped = []

    def stop(number: int, *_: object) -> None:
        stopped.append(number)
        window.close()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    awake = QTimer(interval=200)  # lets Python see a signal while Qt waits
    awake.timeout.connect(lambda: None)
    awake.start()
    with window.background.reporting():
        code = application.exec()
    return 130 if stopped else code


def run_headless(source_address: AnyAddress, model: str, *, frames: int, out: Path, max_faces: int = 16) -> int:
    """Classify the faces of frames one after another; write faces.csv and a picture of the window.

    Args:
        source_address: of `mien.sources.open_source`.
        model: name or path.
        frames: how many at most.
        out: folder for both files.
        max_faces: the largest of a frame are classified.

    Raises:
        MienError: the source cannot be opened or has no frame, the model is missing, or `out` cannot be written.
    """
    from mien.recognition.recognizer import Recognizer
    from mien.recognition.settings import RecognizerSettings

    source = open_source(source_address)
    with writing(out):
        make_folder(out)
    check_output(out / "window.png")
    settings = RecognizerSettings(max_faces=max_faces)
    with writing(out), whole_file(out / "faces.csv") as file, Recognizer(model, settings=settings) as recognizer:
        table = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(table)
        writer.writerow([column.name for column in journal_columns(recognizer.classes)])
        began, count, faces, left_out = time.monotonic(), 0, 0, 0
        while count < frames and (frame := source.read()) is not None:
            recognition = recognizer.recognize(frame)
            predictions = recognition.predictions
            writer.writerows(rows(frame, recognition, recognizer.classes))
            if count % 25 == 0:
                line = ", ".join(f"{in_words(p, recognizer.classes)} ({p.face.size:.0f} px)" for p in predictions)
                say(f"{frame.time_s:6.2f} s  {line or 'no face'}")
            count, faces, left_out = count + 1, faces + len(predictions), left_out + recognition.left_out
        if not count:
            raise MienError(f"{shown_name(source_address)} has no frame that can be read.")
        table.detach()  # which flushes it
    source.close()
    seconds = time.monotonic() - began
    print(f"{counted(count, 'frame')}, {counted(faces, 'face')}, {1000 * seconds / max(count, 1):.0f} ms a frame")
    if left_out:
        print(f"{limit_in_words(faces, left_out, count)} Classify more with --max-faces.")
    _draw_window(source_address, model, out / "window.png")
    say(f"Results: {out / 'faces.csv'}, a picture of the window: {out / 'window.png'}")
    return 0


def run_memory_check(model: str, frames: int) -> int:
    """Print the window's memory over so many frames of the demo."""
    from mien_app.startup.memory_check import memory_check

    application = _application()
    return _checked(application, model, lambda window: memory_check(application, window, frames))


def run_stall_check(model: str, seconds: float) -> int:
    """Walk through the window, so many seconds per step, and print how long it did not respond."""
    from mien_app.startup.stall_check import TimedApplication, stall_check

    application = TimedApplication()
    _prepare(application)
    return _checked(application, model, lambda window: stall_check(application, window, seconds))


def _checked(application: QApplication, model: str, check: Callable[[MainWindow], object]) -> int:
    """Run a check on a window that leaves the person's settings alone."""
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.welcomed = True
        load_libraries(application, preferences.runtime)
        window = MainWindow(model, preferences)
        window.show()
        try:
            check(window)
        finally:
            window.close()
            preferences.write()
    return 0


def _draw_window(source_address: AnyAddress, model: str, path: Path) -> None:
    """Run the real window off screen until it shows a face, and save a picture of it."""
    application = _application()
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        window = MainWindow(model, preferences)
        try:
            window.show()
            window.open_source(source_address)
            pipeline = window.live.host.pipeline
            deadline = time.monotonic() + _PATIENCE_S
            while pipeline is not None and time.monotonic() < deadline:
                application.processEvents()
                time.sleep(0.01)
                result = pipeline.results.peek()
                if result is not None and result.recognition.predictions and result.recognition.time_s > _SHOWN_S:
                    break
                ended = pipeline.status.state in (State.ENDED, State.FAILED)
                if ended and (result is not None or pipeline.status.state is State.FAILED):
                    break
            for _ in range(10):
                application.processEvents()
                time.sleep(0.02)
            window.grab().save(str(path))
        finally:
            window.close()
            preferences.write()
