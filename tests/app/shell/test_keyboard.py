from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.app.seen import action, says

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


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
    assert [name.split()[0] for name in names[11:]] == ["Hold", "Save", "Smoothing,", "More"]
    assert window.focusWidget().accessibleName() == "Camera"  # nothing that cannot be worked lies between
    qtbot.keyClick(window, Qt.Key.Key_D)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert action(window.live, "Freeze").isChecked()
    window.close()
