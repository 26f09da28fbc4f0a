import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import FPS, FRAMES, MODIFIER, opened
from tests.app.seen import PATIENCE_MS, action, button, named, texts

from mien_app.shell.window import MainWindow
from mien_app.widgets.dialogs import KeySheet


def test_the_rail_changes_pages(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3)
    assert window.pages.currentWidget() is window.review
    assert button(window.rail, "Review").isChecked()
    action(window, "Full screen").trigger()
    assert not window.rail.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert window.pages.currentWidget() is window.live
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.rail.isVisible()
    assert button(window.rail, "Live").isChecked()


def test_the_live_picture_rests_while_another_page_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    def picture() -> QImage:
        return window.live.video.grab().toImage()

    window.open_source("demo")
    empty = picture()
    qtbot.waitUntil(lambda: picture() != empty, timeout=PATIENCE_MS)
    assert window.live.host.pipeline is not None
    results = window.live.host.pipeline.results
    qtbot.waitUntil(lambda: results.peek() is not None, timeout=PATIENCE_MS)
    window.show_page(window.review)
    resting = picture()
    qtbot.wait(400)
    assert picture() == resting
    last = results.peek()
    qtbot.wait(200)
    assert results.peek() is last, "nothing is recognised that nobody sees"
    window.show_page(window.live)
    qtbot.waitUntil(lambda: picture() != resting, timeout=PATIENCE_MS)


def test_a_dropped_session_is_opened_and_stepped_through(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    assert window.pages.currentWidget() is page
    assert window.preferences.recent_sessions == [str(own_session)]
    qtbot.waitUntil(lambda: page.frames.place == 0, timeout=PATIENCE_MS)
    assert [caption.partition("  ")[0] for caption in page.video.captions] == ["Person 1", "Person 2"]
    for key, modifier, place in (
        (Qt.Key.Key_Right, MODIFIER.NoModifier, 1),
        (Qt.Key.Key_Right, MODIFIER.ShiftModifier, 1 + FPS),
        (Qt.Key.Key_Left, MODIFIER.NoModifier, FPS),
        (Qt.Key.Key_Left, MODIFIER.ShiftModifier, 0),
        (Qt.Key.Key_End, MODIFIER.NoModifier, FRAMES - 1),
        (Qt.Key.Key_Home, MODIFIER.NoModifier, 0),
    ):
        qtbot.keyClick(window, key, modifier)
        assert page.transport.time.text().endswith(f"#{place}")
        qtbot.waitUntil(lambda place=place: page.frames.place == place, timeout=PATIENCE_MS)
        assert page.frames.shown.frame.index == place
    window.close()
    assert mien_threads() == []


def test_it_plays_and_pauses(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    play = button(page, "Play")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert play.text() == "Pause"
    qtbot.waitUntil(lambda: page.review.place >= 5, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert play.text() == "Play"
    page.review.go(FRAMES - 3)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: play.text() == "Play", timeout=PATIENCE_MS)
    assert page.review.place == FRAMES - 1


def test_without_its_video_the_predictions_are_still_there(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    text = (own_session / "session.json").read_text().replace("two.mp4", "gone.mp4")
    (own_session / "session.json").write_text(text)
    page = opened(qtbot, window, own_session)
    assert "gone.mp4\nPut it back" in page.video.accessibleDescription()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert page.review.place == 1
    assert page.people.list.topLevelItemCount() == 2
    (own_session / "session.json").write_text(re.sub(r'"path": "[^"]*"', '"path": ""', text))
    opened(qtbot, window, own_session)
    assert "does not say where its video is" in page.video.accessibleDescription()
    assert named(page, QLabel, "About the session").text().startswith("0:02")


def test_a_session_of_a_picture(qtbot: QtBot, window: MainWindow, sessions: Path) -> None:
    page = opened(qtbot, window, sessions / "png")
    qtbot.waitUntil(lambda: page.frames.place == 0, timeout=PATIENCE_MS)
    assert len(page.video.captions) == 2
    page.timeline.grab()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert page.review.place == 0


def test_what_is_no_session_is_told(qtbot: QtBot, window: MainWindow, own_session: Path, tmp_path: Path) -> None:
    page, empty = window.review, tmp_path / "empty"
    empty.mkdir()
    window.open_session(empty)
    qtbot.waitUntil(lambda: "is no finished session" in page.messages.text, timeout=PATIENCE_MS)
    assert page.start.isVisible()
    opened(qtbot, window, own_session)
    assert page.messages.text == ""
    window.open_session(empty)
    qtbot.waitUntil(lambda: "is no finished session" in page.messages.text, timeout=PATIENCE_MS)
    assert page.review.now.session.folder == own_session


def test_two_windows_show_two_sessions(
    qtbot: QtBot, window: MainWindow, own_session: Path, sessions: Path, model_path: str
) -> None:
    other = MainWindow(model_path, window.preferences)
    qtbot.addWidget(other)
    other.show()
    pages = opened(qtbot, window, own_session), opened(qtbot, other, sessions / "png")
    qtbot.waitUntil(lambda: all(page.frames.place == 0 for page in pages), timeout=PATIENCE_MS)
    pages[0].review.go(7)
    qtbot.waitUntil(lambda: pages[0].frames.place == 7, timeout=PATIENCE_MS)
    assert pages[1].frames.place == 0
    other.close()
    pages[0].review.go(8)
    qtbot.waitUntil(lambda: pages[0].frames.place == 8, timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_every_control_has_a_name_and_every_key_is_told(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    names = ("qt_", "ScrollLeft", "ScrollRight")  # Qt's own
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox), *page.findChildren(QLineEdit)]
    for control in [*controls, *window.rail.findChildren(QAbstractButton)]:
        if not control.objectName().startswith(names) and not control.isHidden():
            assert control.accessibleName(), control
    action(window, "Keys").trigger()
    told = set(texts(window.findChild(KeySheet)))
    assert {"Space", "Left", "Shift+Right", "N", "U", "M", "Ctrl+Z", "Ctrl+Shift+Z", "Home", "F2"} <= told
    keys = [one.shortcut().toString() for one in [*page.key_actions(), *window.actions()] if isinstance(one, QAction)]
    assert len(set(filter(None, keys))) == len(list(filter(None, keys)))


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_U, Qt.Key.Key_B, Qt.Key.Key_M, Qt.Key.Key_I, Qt.Key.Key_O])
def test_keys_do_nothing_before_a_session_is_open(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.show_page(window.review)
    qtbot.keyClick(window, key)
    assert window.review.start.isVisible()
    assert window.review.messages.text == ""
