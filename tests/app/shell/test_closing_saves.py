"""A window that is closed while something is being saved waits for it, and stays open where it cannot be saved."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import opened
from tests.app.seen import PATIENCE_MS, answer

from mien.errors import MienError
from mien.session.edits import Edits, read_edits
from mien_app.review import editing
from mien_app.review.opened_session import OpenedSession, edited
from mien_app.shell.window import MainWindow


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Saves nothing until it is told to: with an empty text, or that it cannot."""
    there, failures = threading.Event(), list[str]()

    def slowly(before: OpenedSession, edits: Edits) -> OpenedSession:
        there.wait()
        if failures and failures[0]:
            raise MienError(failures[0])
        return edited(before, edits)

    def answered(failure: str) -> None:
        failures[:] = [failure]
        there.set()

    monkeypatch.setattr(editing, "edited", slowly)
    yield answered
    there.set()


def test_it_closes_once_all_is_saved(
    qtbot: QtBot, window: MainWindow, own_session: Path, slow_disk: Callable[[str], None]
) -> None:
    page = opened(qtbot, window, own_session)
    page.review.rename(1, "Ada")
    page.review.rename(1, "Eve")
    window.close()
    assert window.isVisible()
    assert "is being saved" in page.messages.text
    slow_disk("")
    qtbot.waitUntil(window.isHidden, timeout=PATIENCE_MS)
    assert read_edits(own_session).names == {1: "Eve"}


def test_it_stays_open_where_a_change_cannot_be_saved(
    qtbot: QtBot, window: MainWindow, own_session: Path, slow_disk: Callable[[str], None]
) -> None:
    page = opened(qtbot, window, own_session)
    page.review.rename(1, "Ada")
    window.show_page(window.live)
    window.close()
    slow_disk("The disk is full.")
    qtbot.waitUntil(lambda: page.messages.text == "The disk is full.", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is page, timeout=PATIENCE_MS)
    assert window.isVisible()
    assert not window.live.messages.text
    window.close()
    assert window.isHidden(), "what is lost was told"


def test_who_does_not_want_to_wait_is_asked(
    qtbot: QtBot, window: MainWindow, own_session: Path, slow_disk: Callable[[str], None]
) -> None:
    page = opened(qtbot, window, own_session)
    page.review.rename(1, "Ada")
    window.close()
    window.close()
    (box,) = window.findChildren(QMessageBox)
    assert "may be lost" in box.text()
    answer(window, "Stay")
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=PATIENCE_MS)
    assert not page.messages.text
    window.close()
    page.messages.busy("Something else goes on.")
    window.close()
    answer(window, "Stay")
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=PATIENCE_MS)
    assert page.messages.text == "Something else goes on."
    slow_disk("")
    qtbot.waitUntil(lambda: read_edits(own_session).names == {1: "Ada"}, timeout=PATIENCE_MS)
    qtbot.wait(20)
    assert window.isVisible()


def test_a_note_that_is_written_is_not_lost_unasked(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    page.note.ask(0.0)
    assert page.closing() == ""
    page.note.field.setText("laughs")
    window.close()
    (box,) = window.findChildren(QMessageBox)
    assert "The note that is being written is not kept." in box.text()
    answer(window, "Stay")
    qtbot.keyClick(page.note.field, Qt.Key.Key_Return)
    window.close()
    qtbot.waitUntil(window.isHidden, timeout=PATIENCE_MS)
    assert [marker.note for marker in read_edits(own_session).markers] == ["laughs"]
