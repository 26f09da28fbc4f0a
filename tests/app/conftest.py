import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import cv2
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import FPS, FRAMES, SIZE
from tests.conftest import made_once

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.sources.demo import DemoSource
from mien.utils import paths
from mien_app.services import languages
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.train.page import TrainPage
from mien_app.widgets import theme


def mien_threads() -> list[str]:
    """The threads of Mien that still run."""
    return [t.name for t in threading.enumerate() if t.name.startswith("mien-")]


class KeepingQtBot(QtBot):
    """Keeps what is added until the test's end.

    pytest-qt itself refers to it weakly, and then only a window's own children may refer to it once the test has run:
    such a window may be collected as garbage while it is painted, and the program crashes.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._kept: list[QWidget] = []

    def addWidget(self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None) -> None:
        """Close it at the end, and not before."""
        self._kept.append(widget)
        super().addWidget(widget, before_close_func=before_close_func)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Of pytest-qt, which keeps what is added."""
    return KeepingQtBot(request)


@pytest.fixture(scope="session", autouse=True)
def styled(qapp: QApplication) -> None:
    """The application looks as in the program."""
    languages.choose(qapp, "en")
    theme.apply(qapp)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The window speaks German."""
    languages.choose(qapp, "de")
    yield
    languages.choose(qapp, "en")


@pytest.fixture(autouse=True)
def appearance(qapp: QApplication) -> Iterator[None]:
    """A test leaves no window behind, since all that are left would be drawn anew, and the choice to the system."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.choose(qapp, "system")


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Of a person who has read the first page."""
    made = Preferences(tmp_path / "settings.ini")
    made.welcomed = True
    made.sessions_folder = str(tmp_path / "sessions")
    return made


@pytest.fixture
def window(qtbot: QtBot, model_path: str, preferences: Preferences) -> Iterator[MainWindow]:
    """The real window, with an untrained model."""
    made = MainWindow(model_path, preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_now()


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, model_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One for all tests of a module that leave it as it was: to make one takes half a second."""
    preferences = Preferences(tmp_path_factory.mktemp("window") / "settings.ini")
    preferences.welcomed = True
    made = MainWindow(model_path, preferences)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close_now()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sessions(model_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a video of two faces and a picture, and their sessions `mp4` and `png`."""
    return made_once("sessions-of-the-window", lambda folder: make_sessions(folder, model_path), tmp_path_factory)


def make_sessions(folder: Path, model_path: str) -> None:
    video, picture = folder / "two.mp4", folder / "two.png"
    with av.open(str(video), "w") as container:
        stream = container.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height = SIZE
        stream.pix_fmt, stream.bit_rate = "yuv420p", 2_000_000
        for frame in iter(DemoSource(2, FRAMES).read, None):
            image = cv2.resize(frame.image, SIZE)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    cv2.imwrite(str(picture), DemoSource(2).draw(0))
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options, threads=1) as recognizer:
        for path in (video, picture):
            analyse(path, folder / path.suffix[1:], recognizer, options)


@pytest.fixture
def own_session(sessions: Path, tmp_path: Path) -> Path:
    """A copy of the video's session, to be changed; its video lies elsewhere."""
    return Path(shutil.copytree(sessions / "mp4", tmp_path / "session"))


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainPage:
    """The Train page, with trainings and models of its own."""
    monkeypatch.setattr(paths, "user_trainings", lambda: tmp_path / "trainings")
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path / "models")
    window.show_page(window.train)
    return window.train
