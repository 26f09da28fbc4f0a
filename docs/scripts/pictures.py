"""Takes the pictures of the window that the pages show: `make docs` runs it, so they are always of this version.

It drives the real window off screen, with the demo and the shipped model, as a person would: by its pages and keys.
`--readme` takes the picture at the repository's root instead.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import practice
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mien import read_picture
from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import ItemState
from mien.analysis.setup import recognizer_for
from mien.runtimes import AUTO
from mien.sources import DemoSource
from mien.types import Recognition
from mien.utils.paths import assets
from mien.video.writer import VideoWriter
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.preload import load_libraries
from mien_app.widgets import theme
from mien_app.widgets.page import Page

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
_PATIENCE_S = 180.0
_SECONDS = 12  # of the film that Analyse and Review show
_BEGUN_S, _LARGE_PX, _BLUR_PX = 1.5, 75, 5.0


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Qt goes on after an error in what it calls; a picture of that would be of no use."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


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
    window.resize(1240, 780)  # the screen that is not there is smaller
    window.show()
    _settle()
    try:
        yield window
    finally:
        window.close()
        preferences.write()


def _do(page: Page, key: str) -> None:
    """What a key does on a page; off screen, no window has the keyboard."""
    next(action for action in page.key_actions() if action.shortcut().toString() == key).trigger()
    _settle(0.1)


def _dialog(window: MainWindow) -> QDialog:
    return next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())


def _open(window: MainWindow, address: str, wanted: Callable[[Recognition], bool]) -> None:
    """Open a source, and wait for a result that is wanted: so the pictures look alike on slow machines."""
    window.open_source(address)
    host = window.live.host

    def there() -> bool:
        newest = host.pipeline.results.peek() if host.pipeline else None
        return newest is not None and wanted(newest.recognition)

    _wait(there, f"what was wanted of {address}")


def _clear(seen: Recognition) -> bool:
    """A little while in, a face that is large and sure."""
    return seen.time_s > _BEGUN_S and any(p.sure and p.face.size > _LARGE_PX for p in seen.predictions)


def take_live(folder: Path) -> None:
    """The Live page at its first start and with the demo, settings; a face that is not sure, and evidence."""
    blurred = folder / "blurred photo.png"
    cv2.imwrite(str(blurred), cv2.GaussianBlur(read_picture(assets() / "astronaut.png"), (0, 0), _BLUR_PX))
    with _window(folder / "first", welcomed=False) as window:
        _take(window, "first-start")
    with _window(folder / "live") as window:
        _open(window, "demo", _clear)
        _take(window, "live")
        _do(window.live, "Ctrl+,")
        _take(_dialog(window), "settings")
        _dialog(window).close()
        _open(window, str(blurred), lambda seen: any(not p.sure for p in seen.predictions))
        _take(window, "not-sure")
        _do(window.live, "E")
        dialog = _dialog(window)
        _wait(lambda: dialog.choice.isEnabled(), "evidence")
        _take(dialog, "evidence")
        dialog.close()


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
        rows = window.analyse.rows
        _wait(lambda: len(rows) == 2 and all(row.item.state is ItemState.DONE for row in rows), "two sessions")
        _take(window, "analyse")
        window.open_session(session)
        _wait(lambda: window.review.review.now is not None, "a session")
        for _ in range(3):
            _do(window.review, "Shift+Right")
        _take(window, "review")


def take_train(folder: Path) -> None:
    """The first step of Train, with the faces that the tutorial practises on."""
    practice.faces(folder / "faces")
    with _window(folder / "train") as window:
        window.show_page(window.train)
        window.train.open(folder / "faces", crops=True)
        _wait(lambda: window.train.draft.report is not None, "the folder")
        _settle(3)
        _take(window, "train")


def main() -> None:
    """Take them all, some, or the one of the README."""
    parts = {"live": take_live, "recorded": take_recorded, "train": take_train}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="all where none is named")
    parser.add_argument("--readme", action="store_true", help="only assets/screenshot.png")
    arguments = parser.parse_args()
    sys.excepthook = _fail
    application = QApplication([])
    application.setApplicationName("mien")
    theme.apply(application, "light")
    load_libraries(application, AUTO)  # else the demo has gone on for many seconds before its first result
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if arguments.readme:
            with _window(folder / "live") as window:
                _open(window, "demo", _clear)
                _settle()
                window.grab().save(str(ROOT / "assets" / "screenshot.png"))
            return
        for name in arguments.parts or parts:
            parts[name](folder)


if __name__ == "__main__":
    main()
