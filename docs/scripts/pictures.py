"""Takes the pictures of the window that the pages show: `make docs` runs it, so they are always of this version.

It drives the real window off screen, with the demo and the shipped model, as a person would: by its pages and keys.
`--readme` takes the picture at the repository's root instead.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.sources import DemoSource
from mien.video.writer import VideoWriter
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets import theme

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
_PATIENCE_S = 90.0
_SECONDS = 12  # of the film that Analyse and Review show
_KEY = Qt.Key
_PLAIN, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def _wait(done: Callable[[], bool], what: str) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: it does not come about.
    """
    deadline = time.monotonic() + _PATIENCE_S
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The window did not show {what}.")
        QApplication.processEvents()
        time.sleep(0.01)


def _settle(seconds: float = 0.6) -> None:
    end = time.monotonic() + seconds
    _wait(lambda: time.monotonic() > end, "anything")


def _take(widget: QWidget, name: str) -> None:
    _settle()
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} cannot be written.")
    print(path.relative_to(ROOT))


@contextmanager
def _window(folder: Path, *, welcomed: bool = True) -> Iterator[MainWindow]:
    """The real window, with choices of its own."""
    preferences = Preferences(folder / "settings.ini")
    preferences.welcomed = welcomed
    preferences.appearance = "light"
    preferences.sessions_folder = str(folder / "sessions")
    preferences.dataset_folder = str(folder / "dataset")
    window = MainWindow("light", preferences)
    window.show()
    _settle()
    try:
        yield window
    finally:
        window.close()
        preferences.write()


def _press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
    QTest.keyClick(window, key, modifier)
    _settle(0.1)


def _dialog(window: MainWindow) -> QDialog:
    return next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())


def _live(window: MainWindow, address: str, time_s: float) -> None:
    """Open the demo and wait for a result at a moment of it."""
    window.open_source(address)
    host = window.live.host

    def there() -> bool:
        newest = host.pipeline.results.peek() if host.pipeline else None
        return newest is not None and newest.recognition.time_s >= time_s and bool(newest.recognition.predictions)

    _wait(there, f"a face of {address} at {time_s:.0f} s")


def take_live(folder: Path) -> None:
    """The Live page, its first page, a face that is not sure, evidence, settings, keys."""
    with _window(folder / "first", welcomed=False) as window:
        _take(window, "first-start")
    with _window(folder / "live") as window:
        _live(window, "demo", 4.0)
        _take(window, "live")
        _press(window, _KEY.Key_E)
        dialog = _dialog(window)
        _wait(lambda: dialog.choice.isEnabled(), "evidence")
        _take(dialog, "evidence")
        dialog.close()
        _press(window, _KEY.Key_Comma, _CONTROL)
        _take(_dialog(window), "settings")
        _dialog(window).close()
        _live(window, "demo:6", 8.0)
        _take(window, "not-sure")


def take_recorded(folder: Path) -> None:
    """Analyse and Review, with a film of two faces."""
    film = folder / "interview.mp4"
    source = DemoSource(2, _SECONDS * DemoSource.fps)
    with VideoWriter(film, 640, 480, DemoSource.fps) as writer:
        for frame in iter(source.read, None):
            writer.write(frame.image, frame.time_s)
    session = folder / "sessions" / film.stem
    options = AnalysisOptions()
    with recognizer_for(options) as recognizer:
        analyse(film, session, recognizer, options)
    cv2.imwrite(str(folder / "group.png"), DemoSource(6).draw(0))
    with _window(folder / "recorded") as window:
        window.show_page(window.analyse)
        window.analyse.add([film, folder / "group.png"])
        queue = window.analyse
        _wait(lambda: len(queue.rows) == 2 and all(row.can_review for row in queue.rows), "two sessions")
        _take(window, "analyse")
        window.open_session(session)
        _wait(lambda: window.review.review.now is not None, "a session")
        for _ in range(3):
            _press(window, _KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        _take(window, "review")


def take_train(folder: Path) -> None:
    """The first step of Train, with faces cut from the demo under two names."""
    for name, faces in (("laughing", 4), ("smiling", 6)):
        source = DemoSource(faces)
        for i in range(8):
            image = source.draw(0.04 * i)
            path = folder / "data" / name / f"{i:02d}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), image[:240, :240])
    with _window(folder / "train") as window:
        window.show_page(window.train)
        window.train.open(folder / "data", crops=True)
        _wait(lambda: window.train.draft is not None, "the folder")
        _settle(2)
        _take(window, "train")


def main() -> None:
    """Take them all, or the one of the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only assets/screenshot.png")
    readme = parser.parse_args().readme
    application = QApplication([])
    application.setApplicationName("mien")
    theme.apply(application, "light")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if readme:
            with _window(folder / "live") as window:
                _live(window, "demo", 4.0)
                _settle()
                window.grab().save(str(ROOT / "assets" / "screenshot.png"))
            return
        take_live(folder)
        take_recorded(folder)
        take_train(folder)


if __name__ == "__main__":
    main()
