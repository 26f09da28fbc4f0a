from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import button, says

from mien_app.shell.window import MainWindow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.messages import Kind
from mien_app.widgets.page import Page
from mien_app.widgets.past_messages import PastMessages


@pytest.fixture(scope="module")
def window(one_window: MainWindow) -> MainWindow:
    return one_window


def places(page: QWidget) -> list[tuple[int, ...]]:
    """Where every visible control of a page is, without those of its message bar."""
    assert isinstance(page, Page)
    shown = [w for w in page.findChildren(QWidget) if w.isVisible() and not page.messages.isAncestorOf(w)]
    return [(*w.mapTo(page, QPoint()).toTuple(), *w.size().toTuple()) for w in shown if w is not page.messages]


@pytest.mark.parametrize("name", ["live", "analyse", "review", "train"])
def test_a_message_moves_nothing(qtbot: QtBot, window: MainWindow, name: str) -> None:
    page = getattr(window, name)
    window.show_page(page)
    qtbot.wait(200)  # docks are laid out
    window.background.wait()  # sessions are listed
    qtbot.wait(50)
    before: list[tuple[int, ...]] = []
    while (now := places(page)) != before:  # on a busy machine they take longer
        before = now
        qtbot.wait(50)
    page.messages.fail("It went wrong. " * 12)
    qtbot.wait(20)
    assert page.messages.isVisible()
    assert places(page) == before
    assert page.rect().contains(page.messages.geometry())
    assert page.messages.height() > 40  # all of the text


def test_a_message_keeps_away_from_the_pointer(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.live.messages
    bar.say("Here.")
    usual = bar.geometry()
    QCursor.setPos(window.live.mapToGlobal(usual.center()))
    bar.say("There.")
    assert not bar.geometry().intersects(usual)
    QCursor.setPos(0, 0)
    bar.say("Here.")
    assert bar.geometry() == usual


def test_a_file_that_was_written_is_led_to(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    bar = window.review.messages
    window.show_page(window.review)
    bar.done("Saved.", tmp_path / "rows.csv")
    assert says(bar, "Done")
    button(bar, "Show in folder").click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
    bar.fail("Not saved.")
    assert says(bar, "Failed")
    assert not says(bar, "Show in folder")
    assert bar.past[-1].kind is Kind.FAILED


def test_messages_stay_until_they_can_be_read_and_are_found_again(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.live.messages
    bar.say("word " * 30, 1)
    assert bar._timer.interval() > 12_000
    bar.fail("gone")
    assert not bar._timer.isActive()
    window.analyse.messages.busy("Looking...")
    window.analyse.messages.done("made")
    bar.hide()
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = window.findChildren(PastMessages)
    assert says(sheet, "Failed: gone")
    assert says(sheet, "Done: made")
    assert not says(sheet, "Looking")
    sheet.close()


def test_what_cannot_be_done_says_why(window: MainWindow) -> None:
    merge = window.review.people.merge
    assert not merge.isEnabled()
    assert merge.toolTip().endswith("(Ctrl+J). Select two people first, with Ctrl.")
    assert window.analyse.pause.toolTip().endswith("Add files first.")


def test_with_little_room_the_sign_alone_says_what_kind_of_message_it_is(qtbot: QtBot, qapp: QApplication) -> None:
    page, over, bar = QWidget(), QWidget(), MessageBar()
    qtbot.addWidget(page)
    over.setParent(page)
    over.resize(640, 200)
    bar.float_over(page, over)
    page.show()
    bar.fail("The disk is full.")
    assert says(bar, "Failed")
    over.resize(120, 200)
    qapp.processEvents()
    assert not says(bar, "Failed")
    assert bar.accessibleDescription() == "Failed: The disk is full."


def test_a_message_stays_while_one_of_its_buttons_has_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    page, bar = QWidget(), MessageBar()
    qtbot.addWidget(page)
    other = QPushButton("other", page)
    bar.float_over(page, page)
    page.resize(600, 200)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    bar.done("made", tmp_path / "made.csv")
    button(bar, "Show in folder").setFocus()
    bar._timer.timeout.emit()
    assert not bar.isHidden()
    assert bar._timer.isActive()
    other.setFocus()
    bar._timer.timeout.emit()
    assert bar.isHidden()
