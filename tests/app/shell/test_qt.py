import sys

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


def test_qt_gives_none_back(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None with each such call, until the interpreter aborts."""
    application = QApplication.instance()
    application.processEvents()
    before = sys.getrefcount(None)
    for _ in range(500):
        application.processEvents()
    assert sys.getrefcount(None) > before - 250
