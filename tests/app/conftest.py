import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def mien_threads() -> list[str]:
    """The threads of Mien that still run."""
    return [t.name for t in threading.enumerate() if t.name.startswith("mien-")]


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Of a person who has read the first page."""
    made = Preferences(tmp_path / "settings.ini")
    made.welcomed = True
    made.sessions_folder = str(tmp_path / "sessions")
    return made


@pytest.fixture
def window(qtbot: QtBot, model_path: str, preferences: Preferences) -> MainWindow:
    """The real window, with an untrained model."""
    made = MainWindow(model_path, preferences)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made
