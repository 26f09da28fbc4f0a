import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import FPS, MODIFIER, opened, saved
from tests.app.seen import PATIENCE_MS, button, named

from mien.session.edits import Edits
from mien.session.session import Session
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def test_people_are_renamed_split_and_merged_and_it_is_undone(
    qtbot: QtBot, window: MainWindow, own_session: Path
) -> None:
    page = opened(qtbot, window, own_session)
    people, review = page.people.list, page.review
    qtbot.keyClick(window, Qt.Key.Key_F2)
    field = named(people, QLineEdit, "Name")
    field.setText("Ada")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    renamed = Edits().named(1, "Ada")
    saved(qtbot, page, own_session, renamed)
    assert people.topLevelItem(0).text(0) == "Ada"
    qtbot.waitUntil(lambda: any(caption.startswith("Ada  ") for caption in page.video.captions), timeout=PATIENCE_MS)

    review.go(20)
    qtbot.keyClick(window, Qt.Key.Key_B, MODIFIER.ControlModifier)
    split = renamed.split(1, 20, 3)
    saved(qtbot, page, own_session, split)
    assert people.topLevelItemCount() == 3

    people.clearSelection()
    for row in (0, 2):
        people.topLevelItem(row).setSelected(True)
    into, other = page.people.selected()
    assert button(page.people, "Merge").isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_J, MODIFIER.ControlModifier)
    saved(qtbot, page, own_session, split.merged(other, into))
    assert people.topLevelItemCount() == 2

    for wanted in (split, renamed, Edits()):
        qtbot.keyClick(window, Qt.Key.Key_Z, MODIFIER.ControlModifier)
        saved(qtbot, page, own_session, wanted)
    assert not button(page.bar, "Undo").isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, MODIFIER.ControlModifier | MODIFIER.ShiftModifier)
    saved(qtbot, page, own_session, renamed)
    assert button(page.bar, "Redo").isEnabled()


def test_markers_have_notes_and_are_kept(
    qtbot: QtBot, window: MainWindow, own_session: Path, model_path: str, preferences: Preferences
) -> None:
    page = opened(qtbot, window, own_session)
    page.review.go(10)
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.keyClicks(page.note.field, "a smile 1")  # none of these keys is the page's
    assert window.pages.currentWidget() is page
    qtbot.keyClick(page.note.field, Qt.Key.Key_Return)
    wanted = Edits().marked(10 / FPS, "a smile 1")
    saved(qtbot, page, own_session, wanted)
    assert not page.note.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert page.note.field.text() == "a smile 1"
    qtbot.keyClick(page.note.field, Qt.Key.Key_Escape)
    assert not page.note.isVisible()
    window.close()

    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    page = again.review
    again.show_page(page)
    sessions = named(page.start, QTreeWidget, "Sessions")
    qtbot.waitUntil(lambda: sessions.currentItem() is not None, timeout=PATIENCE_MS)
    assert sessions.currentItem().text(0) == own_session.name
    with qtbot.waitSignal(page.review.opened, timeout=PATIENCE_MS):
        qtbot.keyClick(sessions, Qt.Key.Key_Return)
    assert page.review.now.session.edits == wanted
    flag = QPoint(round(page.timeline.scale.x(10 / FPS)) + 3, 6)
    qtbot.mouseClick(page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=flag)
    assert page.note.isVisible()
    assert page.note.field.text() == "a smile 1"
    again.close()


def test_what_cannot_be_saved_is_told_and_left_as_it_was(
    qtbot: QtBot, window: MainWindow, own_session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, window, own_session)

    def full(self: Session, edits: Edits) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Session, "keep", full)
    before = page.review.now
    page.review.rename(1, "Ada")
    qtbot.waitUntil(lambda: "No space left" in page.messages.text, timeout=PATIENCE_MS)
    assert page.review.now is before
    assert not button(page.bar, "Undo").isEnabled()
    assert page.people.list.topLevelItem(0).text(0) == "Person 1"


def test_an_error_that_nobody_foresaw_is_told_in_a_line_and_logged(
    qtbot: QtBot,
    window: MainWindow,
    own_session: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = opened(qtbot, window, own_session)

    def broken(self: Session, edits: Edits) -> None:
        raise ZeroDivisionError("no such\nthing")

    monkeypatch.setattr(Session, "keep", broken)
    page.review.rename(1, "Ada")
    qtbot.waitUntil(lambda: "unexpected" in page.messages.text, timeout=PATIENCE_MS)
    assert "ZeroDivisionError: no such thing" in page.messages.text
    assert "Try again" in page.messages.text
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert record.exc_info is not None
