"""Every page in every state: no text is cut or pale, nothing lies outside, all has a short name and is reached."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien_app.live.resizer_card import ResizerCard
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.inspection import faults
from mien_app.startup.material import Material, write_faces
from mien_app.startup.walk import LOOKS, Look, walk
from mien_app.widgets import theme


@pytest.fixture
def material(sessions: Path, preferences: Preferences, tmp_path: Path) -> Material:
    session = Path(preferences.sessions_folder) / "interview"
    shutil.copytree(sessions / "mp4", session)
    write_faces(tmp_path / "faces", 4)
    return Material(sessions / "two.mp4", session, tmp_path / "faces")


def found(window: MainWindow, material: Material, looks: Sequence[Look]) -> dict[str, list[str]]:
    seen = {str(one): faults(one.widget, one.picture) for one in walk(window, material, looks)}
    assert len(seen) > 15
    return {name: wrong for name, wrong in seen.items() if wrong}


def test_nothing_is_cut_pale_nameless_or_out_of_reach(window: MainWindow, material: Material) -> None:
    assert found(window, material, [Look(1024, 700, "light", 1.0)]) == {}


@pytest.mark.slow
def test_in_every_size_light_and_dark_with_larger_texts(window: MainWindow, material: Material) -> None:
    assert found(window, material, LOOKS) == {}


def test_each_kind_of_fault_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 100)
    cut, pale, outside = QLabel("a long text"), QLabel("pale"), QPushButton(window)
    cut.setFixedWidth(20)
    word = QLabel("/a/long_word_that_has_no_room", wordWrap=True)
    word.setFixedSize(30, 90)
    pale.setStyleSheet("color: #909090; background: white")
    first, second, third, lost = (QPushButton(text) for text in ("first", "second", "third", "lost"))
    first.setAccessibleName("Does what nobody would read to the end, and says why")
    third.setAccessibleName("second")
    lost.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    row = QHBoxLayout(window)
    for widget in (cut, word, pale, first, second, third, lost):
        row.addWidget(widget)
    QWidget.setTabOrder(third, second)
    outside.setGeometry(590, 10, 40, 20)
    outside.setEnabled(False)
    area = QScrollArea()
    area.setFixedWidth(50)
    inside = QLabel()
    inside.setMinimumWidth(90)
    area.setWidget(inside)
    row.addWidget(area)
    window.show()
    assert faults(window) == [
        "cut: QLabel 'a long text'",
        "cut: QLabel '/a/long_word_that_has_no_room'",
        "outside: QPushButton ''",
        "pale (3.2): QLabel 'pale'",
        "scrolls sideways: QScrollArea ''",
        "nameless: QPushButton ''",
        "long name: QPushButton 'Does what nobody would read to the end, and says why'",
        "2 are called the same: second",
        "disabled without saying why: QPushButton ''",
        "not reached by Tab: QPushButton 'lost'",
        "Tab goes back from QPushButton 'second' to QPushButton 'second'",
    ]


def test_what_has_no_room_in_the_bar_is_in_its_menu(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.live.top
    window.resize(820, 480)
    qtbot.waitUntil(lambda: bar.width() < 500, timeout=PATIENCE_MS)
    bar.more.aboutToShow.emit()
    listed = [action.text() for action in bar.more.actions()]
    assert "Settings" in listed
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: bar.width() > 900, timeout=PATIENCE_MS)
    bar.more.aboutToShow.emit()
    assert "Settings" not in [action.text() for action in bar.more.actions()]


def test_a_large_window_has_large_pictures_of_the_resizer_and_a_small_one_a_narrow_rail(
    qtbot: QtBot, qapp: QApplication, window: MainWindow
) -> None:
    live = window.live
    pictures = next(panel for panel in live.panels if isinstance(panel, ResizerCard)).pictures.pictures
    window.resize(1240, 780)
    qtbot.waitUntil(lambda: live.docks["person"].width() == pytest.approx(340, abs=4), timeout=PATIENCE_MS)
    first = pictures[0].width()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: pictures[0].width() > 130, timeout=PATIENCE_MS)
    assert len({picture.y() for picture in pictures}) == 1
    window.resize(1240, 780)
    qtbot.waitUntil(lambda: live.docks["person"].width() == pytest.approx(340, abs=4), timeout=PATIENCE_MS)
    assert pictures[0].width() == pytest.approx(first, abs=2)
    assert window.rail.width() > 80
    theme.choose(qapp, "light", 1.5)
    window.resize(820, 480)
    qtbot.waitUntil(lambda: window.rail.width() < 60, timeout=PATIENCE_MS)
    window.show_page(window.analyse)
    needs, would_like = window.pages.heightForWidth(760), window.analyse.layout().heightForWidth(760)
    assert needs < min(would_like, 440)  # else the whole page scrolls, and its foot is out of the window


def test_a_recording_can_be_stopped_in_the_bar_whatever_the_source_is_called(qtbot: QtBot, window: MainWindow) -> None:
    bar, record = window.live.top, window.live.recording.action
    stop = next(button for button in bar.findChildren(QToolButton) if button.defaultAction() is record)
    window.resize(1024, 700)
    window.live.sources.show_chosen("/films/an interview of last year, & the second camera.mp4")
    qtbot.waitUntil(lambda: bar.width() < 650, timeout=PATIENCE_MS)
    record.setText("Stopp  10:03  123,4 MB")  # of the German window, the longest
    assert stop.isVisible()
    assert sum(control.sizeHint().width() for control in (*bar._first, stop, bar._last)) < bar.width()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: bar.width() > 900, timeout=PATIENCE_MS)
    assert window.live.sources.sizeHint().width() > 200
