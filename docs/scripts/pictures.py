"""Takes the pictures of the window that the pages show: `make docs` runs it, so they are always of this version.

It drives the real window off screen, with the demo and the shipped model, as a person would: by its pages and keys.
`--readme` takes the picture at the repository's root instead.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
from PySide6.QtWidgets import QWidget

from mien import read_picture
from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import ItemState
from mien.analysis.setup import recognizer_for
from mien.runtimes import AUTO
from mien.sources import DemoSource
from mien.types import Recognition
from mien.utils.paths import assets
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import make_application
from mien_app.startup.driving import Driver
from mien_app.startup.material import write_faces, write_film
from mien_app.startup.preload import load_libraries
from mien_app.widgets import theme

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
_SECONDS = 12  # of the film that Analyse and Review show
_BEGUN_S, _LARGE_PX, _BLUR_PX = 1.5, 75, 5.0


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Qt goes on after an error in what it calls; a picture of that would be of no use."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


def _take(driver: Driver, name: str, widget: QWidget | None = None) -> None:
    """Keep a picture of the window, or of a dialog of it."""
    driver.settle()
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    if not (widget or driver.window).grab().save(str(path)):
        raise OSError(f"{path} cannot be written.")
    print(path.relative_to(ROOT))


@contextmanager
def _window(folder: Path, *, welcomed: bool = True) -> Iterator[Driver]:
    """The real window, with choices of its own."""
    preferences = Preferences(folder / "settings.ini")
    preferences.welcomed = welcomed
    preferences.appearance = "light"
    preferences.sessions_folder = str(folder / "sessions")
    preferences.dataset_folder = str(folder / "dataset")
    window = MainWindow("light", preferences)
    window.resize(1240, 780)  # the screen that is not there is smaller
    window.show()
    driver = Driver(window)
    driver.settle()
    try:
        yield driver
    finally:
        window.close()
        preferences.write()


def _clear(seen: Recognition) -> bool:
    """A little while in, a face that is large and sure."""
    return seen.time_s > _BEGUN_S and any(p.sure and p.face.size > _LARGE_PX for p in seen.predictions)


def take_live(folder: Path) -> None:
    """The Live page at its first start and with the demo, settings; a face that is not sure, and evidence."""
    blurred = folder / "blurred photo.png"
    cv2.imwrite(str(blurred), cv2.GaussianBlur(read_picture(assets() / "astronaut.png"), (0, 0), _BLUR_PX))
    with _window(folder / "first", welcomed=False) as driver:
        _take(driver, "first-start")
    with _window(folder / "live") as driver:
        live = driver.window.live
        driver.open("demo", _clear)
        _take(driver, "live")
        driver.do(live, "Ctrl+,")
        _take(driver, "settings", driver.dialog())
        driver.dialog().close()
        driver.open(str(blurred), lambda seen: any(not p.sure for p in seen.predictions))
        _take(driver, "not-sure")
        driver.do(live, "E")
        dialog = live.faces.evidence
        driver.wait(dialog.choice.isEnabled, "evidence")
        _take(driver, "evidence", dialog)
        dialog.close()


def take_recorded(folder: Path) -> None:
    """Analyse and Review, with a film of two faces."""
    film = folder / "interview.mp4"
    write_film(film, _SECONDS)
    session = folder / "sessions" / film.stem
    options = AnalysisOptions()
    with recognizer_for(options) as recognizer:
        analyse(film, session, recognizer, options)
    cv2.imwrite(str(folder / "group.png"), DemoSource(6).draw(0))
    with _window(folder / "recorded") as driver:
        window = driver.window
        window.show_page(window.analyse)
        window.analyse.add([film, folder / "group.png"])
        rows = window.analyse.rows
        driver.wait(lambda: len(rows) == 2 and all(row.item.state is ItemState.DONE for row in rows), "two sessions")
        _take(driver, "analyse")
        window.open_session(session)
        driver.wait(lambda: window.review.review.now is not None, "a session")
        for _ in range(3):
            driver.do(window.review, "Shift+Right")
        _take(driver, "review")


def take_train(folder: Path) -> None:
    """The first step of Train, with the faces that the tutorial practises on."""
    write_faces(folder / "faces")
    with _window(folder / "train") as driver:
        train = driver.window.train
        driver.window.show_page(train)
        train.open(folder / "faces", crops=True)
        driver.wait(lambda: train.draft.report is not None, "the folder")
        driver.settle(3)
        _take(driver, "train")


def main() -> None:
    """Take them all, some, or the one of the README."""
    parts = {"live": take_live, "recorded": take_recorded, "train": take_train}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="all where none is named")
    parser.add_argument("--readme", action="store_true", help="only assets/screenshot.png")
    arguments = parser.parse_args()
    sys.excepthook = _fail
    theme.apply(make_application(), "light")
    load_libraries(AUTO)  # else the demo has gone on for many seconds before its first result
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if arguments.readme:
            with _window(folder / "live") as driver:
                # Of the third loop's beginning: the face is in the middle, and the last minute has something to show.
                driver.open("demo", lambda seen: seen.time_s > 2 * DemoSource.loop_s and _clear(seen))
                driver.window.grab().save(str(ROOT / "assets" / "screenshot.png"))
            return
        for name in arguments.parts or parts:
            parts[name](folder)


if __name__ == "__main__":
    main()
