"""Two sessions side by side."""

import shutil
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import opened, shown_session
from tests.app.seen import PATIENCE_MS, button, named

from mien_app.review.page import ReviewPage
from mien_app.shell.window import MainWindow


def beside(qtbot: QtBot, page: ReviewPage, folder: Path) -> None:
    with qtbot.waitSignal(page.second.review.opened, timeout=PATIENCE_MS):
        page.open_beside(folder)


def test_one_playhead_moves_both_until_they_are_unlinked(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    """Here the same session twice."""
    page = shown_session(qtbot, window, own_session)
    beside(qtbot, page, own_session)
    first, second = page.review, page.second.review
    qtbot.waitUntil(lambda: page.second.frames.place == 0, timeout=PATIENCE_MS)
    assert "view only" in named(page, QLabel, "Second session").text()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.second.frames.place == 1, timeout=PATIENCE_MS)
    button(page, "Unlink").click()
    first.go(10)
    assert second.place == 1
    view, scale = page.second.timeline.viewport(), page.second.timeline.scale
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(0.61)), scale.top(1) + 10))
    assert (first.place, second.place) == (10, 15)
    assert second.person == second.now.people[1].number != first.person
    button(page, "Align here").click()
    assert named(page, QLabel, "Position in the second session").text() == "0:00.60 (+0.20 s)"
    first.go(20)
    assert second.place == 25
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(0.81)), scale.top(0) + 10))
    assert (first.place, second.place) == (15, 20)
    first.go_to_end()
    assert second.place == 39, "it stays at its end"
    page.second.leave.trigger()
    first.go(3)
    beside(qtbot, page, own_session)
    assert second.place == 8, "they are aligned as they were"
    first.rename(1, "Ada")
    qtbot.waitUntil(lambda: second.now.names[1] == "Ada", timeout=PATIENCE_MS)


def test_one_of_two_sessions_is_closed(
    qtbot: QtBot, window: MainWindow, own_session: Path, sessions: Path, tmp_path: Path
) -> None:
    """Also one whose video is gone; and the list of sessions and the session's own menu open them."""
    window.resize(1024, 700)
    page = opened(qtbot, window, own_session)
    gone = Path(shutil.copytree(own_session, tmp_path / "gone"))
    (gone / "session.json").write_text((gone / "session.json").read_text().replace("two.mp4", "gone.mp4"))
    page.show_library()
    with qtbot.waitSignal(page.second.review.opened, timeout=PATIENCE_MS):
        page.start.beside.emit(str(gone))
    assert "gone.mp4" in named(page, QWidget, "Second video").accessibleDescription()
    assert page.second.timeline.isVisible()
    assert not page.people.isVisible(), "the cards leave their room"
    window.resize(1280, 800)
    qtbot.waitUntil(page.people.isVisible, timeout=PATIENCE_MS)
    page.review.go(9)
    assert page.second.review.place == 9
    menu = named(page.bar, QAbstractButton, "Session").findChildren(QMenu) or page.bar.findChildren(QMenu)
    menu[0].aboutToShow.emit()
    entries = next(action.menu() for action in menu[0].actions() if action.text() == "Open beside").actions()
    with qtbot.waitSignal(page.second.review.opened, timeout=PATIENCE_MS):
        next(entry for entry in entries if entry.text() == own_session.name).trigger()
    assert page.second.review.place == 9, "it goes where the first one is"
    page.second.leave.trigger()
    assert not page.second.video.isVisible()
    assert not page.second.lanes.isVisible()
    page.open_beside(tmp_path / "nothing")
    qtbot.waitUntil(lambda: "is no finished session" in page.messages.text, timeout=PATIENCE_MS)
    assert not page.second.video.isVisible()
    beside(qtbot, page, sessions / "png")
    page.review.go(12)
    assert page.second.review.place == 0, "a picture has one moment"
    window.close()
    assert mien_threads() == []
