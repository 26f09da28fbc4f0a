"""What is deleted on the disk while the window is open leaves its lists, once the person comes back to it."""

import shutil
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, says

from mien.models import cards
from mien.utils import paths
from mien_app.shell.window import MainWindow
from mien_app.train.page import TrainPage


def come_back(window: MainWindow) -> None:
    """From the file manager, say."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def test_lists_follow_the_disk(
    qtbot: QtBot, window: MainWindow, page: TrainPage, sessions: Path, model_path: str, tmp_path: Path
) -> None:
    training, session = paths.user_trainings() / "one", tmp_path / "sessions" / "film"
    training.mkdir(parents=True)
    (training / "plan.json").write_text('{"data": "/photos/moods", "start": "light", "created": "2025-01-31 14:05"}')
    shutil.copytree(sessions / "mp4", session)
    paths.user_weights().mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), (paths.user_weights() / "mine").with_suffix(suffix))

    come_back(window)
    assert says(page.start, "moods, 2025-01-31 14:05, not finished")
    qtbot.waitUntil(lambda: says(page.start, "mine"), timeout=PATIENCE_MS)
    shutil.rmtree(training)
    come_back(window)
    assert not says(page.start, "moods")

    listed = window.review.start.list
    window.show_page(window.review)
    qtbot.waitUntil(lambda: listed.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    shutil.rmtree(session)
    come_back(window)
    qtbot.waitUntil(lambda: listed.topLevelItemCount() == 0, timeout=PATIENCE_MS)

    window.show_page(window.live)
    window.live.use("mine")
    for file in paths.user_weights().iterdir():
        file.unlink()
    come_back(window)
    assert "mine" not in cards.available()
    assert window.live.model == cards.DEFAULT_MODEL
    assert window.live.messages.text == "The model 'mine' is there no more: 'light' is used instead."
    window.show_page(page)
    qtbot.waitUntil(lambda: not says(page.start, "mine"), timeout=PATIENCE_MS)
