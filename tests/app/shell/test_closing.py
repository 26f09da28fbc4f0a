import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, answer, says

from mien.analysis.queue import ItemState
from mien.session.folder import UNFINISHED
from mien.session.library import SessionState
from mien_app.review.start import ReviewStart
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def rows(start: ReviewStart) -> list[str]:
    shown = start.list
    return [shown.topLevelItem(i).text(0) for i in range(shown.topLevelItemCount())]  # type: ignore[union-attr]


def test_closing_in_the_middle_asks_and_the_list_comes_back(
    qtbot: QtBot, window: MainWindow, demo_video: Path, tmp_path: Path, model_path: str, preferences: Preferences
) -> None:
    shutil.copy(demo_video, tmp_path / "long.mp4")
    window.show_page(window.analyse)
    window.analyse.add([tmp_path / "long.mp4"])
    qtbot.waitUntil(lambda: bool(window.analyse.rows), timeout=PATIENCE_MS)
    row = window.analyse.rows[0]
    qtbot.waitUntil(lambda: (row.item.job.session / UNFINISHED / "progress.json").is_file(), timeout=PATIENCE_MS)
    window.close()
    assert window.isVisible()
    (box,) = window.findChildren(QMessageBox)
    assert "1 file is not analysed yet. What is done is kept" in box.text()
    window.close()  # the close button once more
    assert len(window.findChildren(QMessageBox)) == 1
    answer(window, "Stay")
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=PATIENCE_MS)
    window.close()
    answer(window, "Close")
    assert not window.isVisible()

    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    again.show_page(again.analyse)
    (row,) = again.analyse.rows
    assert row.item.state is ItemState.WAITING
    assert says(again.analyse.messages, "1 file is left from the last time. Press Start.")

    again.show_page(again.review)
    start = again.review.start
    qtbot.waitUntil(lambda: rows(start) == ["long"], timeout=PATIENCE_MS)
    entry = start.list.topLevelItem(0).data(0, Qt.ItemDataRole.UserRole)  # type: ignore[union-attr]
    assert entry.state is SessionState.ANALYSIS
    start.list.chosen.emit(entry)  # Enter
    assert again.pages.currentWidget() is again.analyse
    qtbot.waitUntil(lambda: row.item.progress is not None, timeout=PATIENCE_MS)
    assert row.item.progress is not None
    assert row.item.progress.frames > 0
    assert len(again.analyse.rows) == 1
    again.close_now()
