"""The menu bar, the title and the icon."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, says
from tests.app.watching import wait_for_a_face

from mien import __version__
from mien_app.services.preferences import Preferences
from mien_app.shell.about import AboutMien
from mien_app.shell.window import MainWindow


def entry(window: MainWindow, *words: str) -> QAction:
    """What a person finds by these words, menu by menu."""
    found = window.menuBar().actions()
    for word in words[:-1]:
        menu = next(action for action in found if action.text().replace("&", "") == word).menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        found = menu.actions()
    return next(action for action in found if action.text() == words[-1])


def test_a_source_is_opened_from_any_page_and_named_in_the_title(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page(window.review)
    entry(window, "File", "Demo").trigger()
    wait_for_a_face(qtbot, window)
    assert window.windowTitle() == "Demo - Mien"
    entry(window, "File", "Close the source").trigger()
    assert window.windowTitle() == "Mien"


def test_the_keys_of_one_page_count_there_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page(window.review)
    qtbot.keyClick(window, Qt.Key.Key_D)  # the demo, on Live
    assert window.pages.currentWidget() is window.review
    assert window.live.host.pipeline is None


def test_recent_sessions_are_opened(qtbot: QtBot, window: MainWindow, session: Path) -> None:
    assert not entry(window, "File", "Recent sessions").isEnabled()
    window.preferences.add_recent_session(str(session))
    entry(window, "File", "Recent sessions", session.name).trigger()
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    assert window.pages.currentWidget() is window.review


def test_settings_are_found_from_any_page(window: MainWindow) -> None:
    window.show_page(window.review)
    entry(window, "File", "Settings").trigger()
    assert window.live.settings_dialog.isVisible()
    assert window.pages.currentWidget() is window.review
    window.live.settings_dialog.close()


def test_about_says_version_terms_and_what_is_prohibited(one_window: MainWindow) -> None:
    entry(one_window, "Help", "About Mien").trigger()
    (sheet,) = one_window.findChildren(AboutMien)
    assert says(sheet, f"Mien {__version__}")
    assert says(sheet, "MIT licence")
    assert says(sheet, "AI Act, Article 5(1)(f)")
    sheet.close()


def test_a_log_that_is_not_there_is_said(
    one_window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("mien.utils.paths.log", lambda: tmp_path / "mien.log")
    entry(one_window, "Help", "Show the log").trigger()
    assert one_window.live.messages.text == "There is no log: nothing unexpected has happened."


def test_panels_go_back_to_their_first_places(qtbot: QtBot, window: MainWindow) -> None:
    docks = window.live.docks
    before = {name: (dock.height(), dock.isVisible()) for name, dock in docks.items()}
    docks["timeline"].close()
    docks["person"].setFloating(True)
    entry(window, "View", "Panels as at first").trigger()
    qtbot.waitUntil(lambda: not docks["person"].isFloating() and docks["timeline"].isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: abs(docks["timeline"].height() - before["timeline"][0]) < 8, timeout=PATIENCE_MS)


def test_a_second_start_leaves_the_panels_their_room(qtbot: QtBot, model_path: str, preferences: Preferences) -> None:
    """Also one that is maximised, which comes to its size a while after it is shown."""

    def start(wanted: list[tuple[int, int]]) -> list[tuple[int, int]]:
        window = MainWindow(model_path, preferences)
        qtbot.addWidget(window)
        window.showMaximized()

        def sizes() -> list[tuple[int, int]]:
            return [dock.size().toTuple() for dock in window.live.docks.values() if dock.isVisible()]

        qtbot.waitUntil(lambda: not wanted or sizes() == wanted, timeout=PATIENCE_MS)
        shown: list[tuple[int, int]] = []
        while shown != sizes():  # they change with the first events
            shown = sizes()
            qtbot.wait(200)
        window.close()
        return shown

    first = start([])
    assert start(first) == start(first) == first
    assert min(height for _, height in first) > 90


def test_the_first_window_fits_the_screen(one_window: MainWindow) -> None:
    screen = QGuiApplication.primaryScreen().availableSize()
    assert one_window.size() == QSize(1240, 780).boundedTo(screen).expandedTo(one_window.minimumSize())
