from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien_app.live.docks import _GrowingDocks


def test_a_window_that_is_dragged_wider_pixel_by_pixel_has_wider_panels_too(qtbot: QtBot) -> None:
    window, dock = QMainWindow(), QDockWidget()
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget())
    dock.setWidget(QWidget())
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.resize(1000, 500)
    window.show()
    window.resizeDocks([dock], [300], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: dock.width() == 300, timeout=PATIENCE_MS)
    _GrowingDocks(window, [dock])
    for width in range(1001, 1101):
        window.resize(width, 500)
        qtbot.wait(1)
    assert abs(dock.width() - 320) <= 2
