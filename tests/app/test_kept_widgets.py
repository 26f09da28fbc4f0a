"""What the tests of the window rely on."""

import gc

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


class Watcher(QObject):
    """Refers to what it belongs to, as what watches a window does."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.watched = watched


def test_a_widget_lives_until_its_test_ends(qtbot: QtBot) -> None:
    def show() -> None:
        widget = QWidget()
        widget.setObjectName("to be kept")
        Watcher(widget)
        qtbot.addWidget(widget)
        widget.show()

    show()
    gc.collect()
    assert "to be kept" in [widget.objectName() for widget in QApplication.topLevelWidgets()]
