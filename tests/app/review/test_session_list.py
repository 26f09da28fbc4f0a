import shutil
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien_app.review.session_list import PICTURE_PX
from mien_app.shell.window import MainWindow


def test_sessions_that_were_never_opened_are_listed_and_opened(
    qtbot: QtBot, window: MainWindow, sessions: Path, tmp_path: Path
) -> None:
    shutil.copytree(sessions / "mp4", tmp_path / "sessions" / "film")
    shutil.copytree(sessions / "png", tmp_path / "elsewhere" / "photo")
    here = window.preferences.sessions_folder
    window.preferences.sessions_folder = str(tmp_path / "elsewhere")
    window.preferences.sessions_folder = here  # where analyses went is remembered
    window.show_page(window.review)
    shown = window.review.start.list
    qtbot.waitUntil(lambda: shown.topLevelItemCount() == 2, timeout=PATIENCE_MS)
    shown.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    first = shown.topLevelItem(0)
    assert first is not None
    assert [first.text(column) for column in (0, 2, 3, 4, 5)] == ["film", "0:02", "2", "untrained", "Analysed"]
    picture = first.icon(0).pixmap(PICTURE_PX).toImage()
    assert picture.pixelColor(PICTURE_PX // 2, PICTURE_PX // 2).alpha() == 255  # the first person's
    shown.setCurrentItem(first)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    window.review.show_library()
    assert shown.isVisible()
    assert not window.review.bar.isVisible()


def test_its_menus_go_when_they_close(qtbot: QtBot, qapp: QApplication, window: MainWindow, sessions: Path) -> None:
    shutil.copytree(sessions / "mp4", Path(window.preferences.sessions_folder) / "film")
    window.show_page(window.review)
    shown, bar = window.review.start.list, window.review.bar
    qtbot.waitUntil(lambda: shown.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    kept = len(bar.findChildren(QMenu))
    for _ in range(3):
        bar.name.menu().aboutToShow.emit()
        shown.customContextMenuRequested.emit(shown.visualItemRect(shown.topLevelItem(0)).center())
        menu = qapp.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == ["Open", "Open beside", "Show in folder"]
        menu.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert shown.findChildren(QMenu) == []
    assert len(bar.findChildren(QMenu)) == kept
    assert [action.text() for action in bar.name.menu().actions()][2] == "Open beside"
