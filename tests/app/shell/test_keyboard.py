from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.app.seen import action, says

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets.dialogs import KeySheet
from mien_app.widgets.scrolling import VerticalScroll


def test_the_keyboard_reaches_everything_in_order(qtbot: QtBot, model_path: str, tmp_path: Path) -> None:
    window = MainWindow(model_path, Preferences(tmp_path / "new.ini"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.resize(1280, 800)  # else some buttons are in a menu
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert says(window, "What should Mien look at?")
    names = []
    for _ in range(15):
        names.append(window.focusWidget().accessibleName().partition(" (")[0])
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert names[:3] == ["Camera", "Video or picture", "Demo"]
    assert names[3:9] == ["Live", "Analyse", "Review", "Train", "Messages", "Keys"]  # the rail
    assert names[9:11] == ["Source", "Model"]
    assert [name.split()[0] for name in names[11:]] == ["Freeze", "Snapshot", "Settings", "More"]
    assert window.focusWidget().accessibleName() == "Camera"  # nothing that cannot be worked lies between
    qtbot.keyClick(window, Qt.Key.Key_D)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert action(window.live, "Freeze").isChecked()
    window.close()


def test_tab_reaches_the_button_above_the_sessions(qtbot: QtBot, window: MainWindow) -> None:
    """A focus proxy of what they lie in made Qt pass over it."""
    start = window.review.start
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page(window.review)
    qtbot.waitUntil(start.list.hasFocus)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert start.button.hasFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert start.button.hasFocus()


def test_a_sheet_without_room_is_scrolled_by_key(qtbot: QtBot) -> None:
    sheet = KeySheet([(str(number), "does something") for number in range(40)])
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
    sheet.resize(sheet.width(), 200)
    bar = sheet.findChildren(VerticalScroll)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_PageUp)
    assert bar.value() == 0
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
