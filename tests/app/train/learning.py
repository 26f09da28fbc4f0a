"""A folder of pictures on the Train page, for several test modules."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien_app.train.navigation import DATA
from mien_app.train.page import TrainPage


def look_at(page: TrainPage, folder: Path, qtbot: QtBot) -> None:
    """Open a folder of faces, and wait until it is examined."""
    page.open(folder, crops=True)
    qtbot.waitUntil(lambda: page.step == DATA, timeout=PATIENCE_MS)
