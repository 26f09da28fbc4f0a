"""Changes at moments, and of kinds, at which they were lost, or made in another session."""

import gc
import json
import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import MODIFIER, opened, saved, shown_session
from tests.app.seen import PATIENCE_MS, button, named

from mien.session.edits import Edits, read_edits
from mien.session.folder import MANIFEST
from mien_app.review import model
from mien_app.review.frame_reader import FrameReader
from mien_app.review.opened_session import OpenedSession, open_session
from mien_app.review.page import ReviewPage
from mien_app.shell.window import MainWindow


def rename(qtbot: QtBot, page: ReviewPage, name: str) -> None:
    qtbot.waitUntil(lambda: not page.people.list.findChildren(QLineEdit), timeout=PATIENCE_MS)  # of the name before
    page.people.rename.trigger()
    field = named(page.people.list, QLineEdit, "Name")
    field.setText(name)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_name_that_is_not_kept_does_not_stand_in_the_list(
    qtbot: QtBot, window: MainWindow, own_session: Path
) -> None:
    page = opened(qtbot, window, own_session)
    first = page.people.list.topLevelItem(0)
    rename(qtbot, page, "  ")
    assert first.text(0) == "Person 1"
    shutil.move(own_session, own_session.with_name("moved"))
    rename(qtbot, page, "Ada")
    qtbot.waitUntil(lambda: "is gone: somebody has moved" in page.messages.text, timeout=PATIENCE_MS)
    assert page.people.list.topLevelItem(0).text(0) == "Person 1"


def test_a_change_while_another_session_opens_is_made_in_its_own(
    qtbot: QtBot, window: MainWindow, own_session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path(shutil.copytree(own_session, tmp_path / "other"))
    page = opened(qtbot, window, own_session)

    def slow(folder: Path) -> OpenedSession:
        time.sleep(0.2)
        return open_session(folder)

    monkeypatch.setattr(model, "open_session", slow)
    page.review.rename(2, "Bob")
    page.open(other)
    page.review.rename(1, "Ada")  # in the session that is shown yet
    qtbot.waitUntil(lambda: read_edits(own_session).names == {1: "Ada", 2: "Bob"}, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.review.now.session.folder == other, timeout=PATIENCE_MS)
    assert read_edits(other) == page.review.now.session.edits == Edits()
    assert not button(page.bar, "Undo").isEnabled()
    page.review.rename(1, "Cy")
    saved(qtbot, page, other, Edits().named(1, "Cy"))


def test_changes_that_wait_are_saved_when_the_window_closes(
    qtbot: QtBot, window: MainWindow, own_session: Path
) -> None:
    page = opened(qtbot, window, own_session)
    for number, name in enumerate(("Ada", "Bob"), 1):
        page.review.rename(number, name)
    page.review.split()  # nothing to split at the beginning
    window.close_now()  # else it would wait
    assert read_edits(own_session).names == {1: "Ada", 2: "Bob"}


def test_people_who_are_merged_at_once_are_parted_at_once(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    page.review.go(20)
    page.review.split()
    split = Edits().split(1, 20, 3)
    saved(qtbot, page, own_session, split)
    page.people.list.selectAll()
    page.people.merge.trigger()
    qtbot.waitUntil(lambda: len(page.review.now.people) == 1, timeout=PATIENCE_MS)
    page.review.undo()
    saved(qtbot, page, own_session, split)


def test_long_names_and_a_note_make_the_page_no_wider(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    long = shutil.move(own_session, own_session.with_name("a long name of a session, as studies have them " * 4))
    before = page.minimumSizeHint().width()
    page = opened(qtbot, window, Path(long))
    page.review.rename(1, "Somebody with a name that is as long as it may be, in a line")
    qtbot.waitUntil(lambda: page.review.can_undo, timeout=PATIENCE_MS)
    page.note.ask(0.0)
    assert page.minimumSizeHint().width() <= before + 200  # the button with the session's name takes that at most
    assert page._work.minimumSizeHint().width() < 600


def test_keys_do_nothing_to_a_session_behind_the_list(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    page.review.rename(1, "Ada")
    named_ada = Edits().named(1, "Ada")
    saved(qtbot, page, own_session, named_ada)
    page.show_library()
    for key in (Qt.Key.Key_B, Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Space):  # as who types a session's name
        qtbot.keyClick(window, key)
    qtbot.keyClick(window, Qt.Key.Key_Z, MODIFIER.ControlModifier)
    page.review.finish()
    assert read_edits(own_session) == named_ada
    assert (page.review.place, page.playback.playing, page.note.isHidden()) == (0, False, True)
    with qtbot.waitSignal(page.review.opened, timeout=PATIENCE_MS):
        page.open(own_session)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert page.review.place == 1
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert page.playback.playing


def test_sessions_that_were_left_are_let_go_of(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    for _ in range(4):
        page = shown_session(qtbot, window, own_session)
    page.frames.close()
    gc.collect()
    readers = [one for one in gc.get_objects() if isinstance(one, FrameReader)]
    assert len(readers) <= 2
    page.frames.wait()
    assert not any(reader._cache._frames for reader in readers)


def test_whoever_may_be_seen_is_not_exchanged(qtbot: QtBot, window: MainWindow, session: Path) -> None:
    page = shown_session(qtbot, window, session)
    first, second, *_ = page.review.now.session.people()
    blur = page.export.blur
    page.review.choose(first)
    blur.setCurrentIndex(blur.findData(f"others:{first}"))
    page.review.go(0)
    assert blur.currentData() == f"others:{first}"
    page.review.choose(second)
    assert blur.currentData() == "all"
    blur.setCurrentIndex(blur.findData(""))
    page.review.choose(first)
    assert blur.currentData() == ""


def test_a_video_that_was_replaced_under_its_name_is_said(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    assert not opened(qtbot, window, own_session).messages.text
    path = own_session / MANIFEST
    values = json.loads(path.read_bytes())
    values["input"]["size"] += 1
    path.write_text(json.dumps(values))
    assert "was changed after it was analysed" in opened(qtbot, window, own_session).messages.text
