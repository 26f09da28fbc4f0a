import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import PATIENCE_MS, action, button, named, says, texts
from tests.app.watching import person, wait_for, wait_for_a_face

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets.dialogs import AboutModel, KeySheet


def test_the_first_start_says_what_mien_is(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "new.ini")
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    assert says(window, "Welcome to Mien")
    button(window, "I understand").click()
    assert says(window, "What should Mien look at?")
    window.close()
    again = MainWindow(model_path, Preferences(tmp_path / "new.ini"))
    qtbot.addWidget(again)
    again.show()
    assert says(again, "What should Mien look at?")
    again.close()


def test_closing_while_the_model_is_loading(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    window.close()
    assert mien_threads() == []


def test_about_the_model_and_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    named(window.live, QComboBox, "Model").setCurrentText("light")
    qtbot.keyClick(window, Qt.Key.Key_A)
    sheet = window.live.findChild(AboutModel)
    assert says(sheet, "FER2013Valid")
    assert says(sheet, "AI Act")
    sheet.close()
    action(window, "Keys").trigger()
    assert {"Space", "F", "[", "]", "D", "?"} <= set(texts(window.findChild(KeySheet)))


def test_every_control_has_a_name_and_a_tip(window: MainWindow) -> None:
    kinds = (QAbstractButton, QComboBox, QSlider, QSpinBox)
    whole = (*window.rail.findChildren(QWidget), *window.live.findChildren(QWidget))  # with its dialogs
    controls = [widget for widget in whole if isinstance(widget, kinds) and not widget.isHidden()]
    assert len(controls) > 30
    for control in controls:
        read_out = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert read_out or control.objectName().startswith("qt_"), (control, control.toolTip())
    for control in (one for kind in kinds for one in window.live.top.findChildren(kind)):
        assert control.accessibleName()
        assert control.toolTip()
    assert [page.accessibleName() for page in (window.live, window.train)] == ["Live", "Train"]


def test_the_layout_is_kept(qtbot: QtBot, model_path: str, preferences: Preferences) -> None:
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    window.live.docks["timeline"].close()
    window.close()
    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    assert not again.live.docks["timeline"].isVisible()
    assert again.live.docks["person"].isVisible()
    again.close()


def test_light_and_dark_are_chosen_and_kept(window: MainWindow) -> None:
    box = named(window.live.settings_dialog, QComboBox, "Appearance")
    shades = {}
    for name in ("dark", "light"):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        shades[name] = window.palette().window().color().lightness()
        assert window.live.grab().toImage().pixelColor(3, 3).lightness() == shades[name]
    assert shades["dark"] < 60 < 200 < shades["light"]
    assert window.preferences.appearance == "light"
    texts = (window.live.top.models, window.live.start, box, named(window.rail, QToolButton, "Live"))
    before = [text.fontMetrics().height() for text in texts]
    size = named(window.live.settings_dialog, QComboBox, "Text size")
    size.setCurrentIndex(size.findText("150%"))
    size.activated.emit(size.currentIndex())
    after = [text.fontMetrics().height() for text in texts]
    assert after == pytest.approx([1.5 * height for height in before], rel=0.1)
    assert window.preferences.text_size == 1.5


@pytest.mark.slow
def test_two_windows_share_the_look_and_nothing_else(
    qtbot: QtBot, window: MainWindow, model_path: str, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "other.ini")
    preferences.welcomed = True
    other = MainWindow("light", preferences)
    qtbot.addWidget(other)
    other.show()
    window.open_source("demo:2")
    other.open_source("demo")
    wait_for(qtbot, window, "2 in view")
    wait_for_a_face(qtbot, other)
    assert not says(person(other), "in view")
    assert (window.live.presenter.newest.model, other.live.presenter.newest.model) == ("untrained", "light")
    box = named(other.live.settings_dialog, QComboBox, "Appearance")
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert max(one.palette().window().color().lightness() for one in (window, other)) < 60
    assert (window.preferences.appearance, preferences.appearance) == ("system", "dark")
    third = MainWindow(model_path, Preferences(tmp_path / "third.ini"))
    qtbot.addWidget(third)
    assert other.palette().window().color().lightness() < 60  # another window does not undo it
    other.close()
    shown = window.live.presenter
    before = shown.newest
    qtbot.waitUntil(lambda: shown.newest is not before, timeout=PATIENCE_MS)
    for one in (third, window):
        one.close()
    assert mien_threads() == []


def test_full_screen_is_the_video_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    docks = window.live.docks
    docks["timeline"].close()
    qtbot.keyClick(window, Qt.Key.Key_F)
    around = (*docks.values(), window.live.top, window.live.status_bar, window.rail)
    assert not any(widget.isVisible() for widget in around)
    qtbot.waitUntil(lambda: window.live.video.width() == window.width(), timeout=PATIENCE_MS)  # no edges
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    window.setWindowState(Qt.WindowState.WindowFullScreen)  # as by the system's own means
    assert not window.rail.isVisible()
    window.setWindowState(Qt.WindowState.WindowNoState)
    assert window.rail.isVisible()
    assert [name for name, dock in docks.items() if dock.isVisible()] == ["person", "resizer"]
    assert window.live.top.isVisible()


def test_a_model_whose_card_is_gone_is_told(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), tmp_path / f"mine{suffix}")
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.welcomed, preferences.model = True, str(tmp_path / "mine.json")
    window = MainWindow("", preferences)
    qtbot.addWidget(window)
    assert window.live.model == str(tmp_path / "mine.json")
    (tmp_path / "mine.json").unlink()
    window.open_source("demo")
    assert "does not exist" in window.live.messages.text
    window.close()
    again = MainWindow("", preferences)
    qtbot.addWidget(again)
    assert again.live.model == "light"
    again.close()


def test_passwords_of_cameras_are_not_kept(preferences: Preferences) -> None:
    preferences.add_recent("rtsp://me:secret@camera/1")
    preferences.add_recent("/films/a.mp4")
    preferences.add_recent("/films/b.mp4")
    preferences.add_recent("/films/a.mp4")
    assert preferences.recent == ["/films/a.mp4", "/films/b.mp4"]


def test_the_window_needs_no_pytorch_before_a_model_does() -> None:
    # It takes seconds to import, and 300 MB.
    said = "import sys, mien_app.shell.window; print([name for name in ('torch', 'timm') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
