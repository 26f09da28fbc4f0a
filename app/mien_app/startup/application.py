"""Starts the window."""

import ctypes
import locale
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mien.cli.signals import ENDING, say_stopping
from mien.models import cards
from mien.utils import paths
from mien_app.services import languages
from mien_app.services.preferences import Preferences
from mien_app.startup.heaps import share_heaps
from mien_app.startup.preload import load_libraries, starting_sign
from mien_app.widgets import theme

if TYPE_CHECKING:  # what takes a second to import is imported under the sign that Mien starts
    from mien.sources import AnyAddress
    from mien_app.shell.window import MainWindow


def make_application() -> QApplication:
    """The program's one application."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    _prepare(application)
    return application


def _prepare(application: QApplication) -> None:
    share_heaps()
    if sys.platform == "win32":  # else the taskbar shows Python's icon, and puts Mien to other programs of it
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("mien")
    application.setApplicationName("mien")
    application.setApplicationDisplayName("Mien")
    application.setDesktopFileName("mien")  # by which Linux desktops find the icon
    application.setWindowIcon(QIcon(str(paths.assets() / "icon.svg")))
    # Where Qt's own file dialog keeps the folders that were visited; on Linux else in a file of all Qt programs.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(paths.user_settings().parent))
    languages.choose(application, languages.ENGLISH)
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


def run_window(source: "AnyAddress | None", model: str, rotate: int = 0, markers: str = "", language: str = "") -> int:
    """Show the window until it is closed.

    Args:
        source: to open at once.
        model: name or path; empty for the one that was chosen last.
        rotate: what Live opens is turned clockwise by so many degrees.
        markers: the name of an LSL stream, see `mien.sending.markers`.
        language: of the window, see `mien_app.services.languages`; empty for the one that was chosen in Settings.
    """
    if model:
        cards.read_card(model)  # reports a misspelt name before the window opens
    application = make_application()
    preferences = Preferences()
    languages.choose(application, language or preferences.language)
    theme.choose(application, preferences.appearance, preferences.text_size)
    stopped, loading = list[int](), True

    def note(number: int, frame: object) -> None:
        if loading and not stopped:
            say_stopping()
        stopped.append(number)

    # A signal is only noted. An exception within the making of a widget crashes Qt; what closes the window waits for
    # locks that the interrupted line may hold, and is lost on Qt before it waits for events.
    for number in ENDING:
        signal.signal(number, note)
    window = _open(application, model, preferences)
    loading = False
    window.live.settings_dialog.choose_rotation(rotate)
    window.live.markers.receive(markers)
    if source and not stopped:
        window.open_source(source)

    def look() -> None:
        if stopped:
            awake.stop()
            try:
                window.close_now()
            finally:
                application.quit()

    awake = QTimer(interval=200)  # also lets Python see a signal while Qt waits
    awake.timeout.connect(look)
    awake.start()
    with window.background.reporting():
        code = application.exec()
    return 130 if stopped else code


def _open(application: QApplication, model: str, preferences: Preferences) -> "MainWindow":
    with starting_sign(application):
        load_libraries(preferences.runtime)
        from mien_app.shell.window import MainWindow

        window = MainWindow(model, preferences)
        window.show()
    return window


def run_memory_check(model: str, frames: int) -> int:
    """Print the window's memory over so many frames of the demo."""
    from mien_app.startup.memory_check import memory_check

    application = make_application()
    return _checked(application, model, lambda window: memory_check(application, window, frames))


def run_stall_check(model: str, seconds: float) -> int:
    """Walk through the window, so many seconds per step, and print how long it did not respond."""
    from mien_app.startup.stall_check import TimedApplication, stall_check

    application = TimedApplication()
    _prepare(application)
    return _checked(application, model, lambda window: stall_check(application, window, seconds))


def _checked(application: QApplication, model: str, check: "Callable[[MainWindow], object]") -> int:
    """Run a check on a window that leaves the person's settings alone."""
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.welcomed = True
        window = _open(application, model, preferences)
        try:
            check(window)
        finally:
            close_for_good(window)
    return 0


def close_for_good(window: "MainWindow") -> None:
    """Close a window that was made for one piece of work, keep its preferences, and delete it.

    Else all of it lives as long as the process: Qt keeps what its signals call, and that refers to the window.
    """
    window.close_now()
    window.preferences.write()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
