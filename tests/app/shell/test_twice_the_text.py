"""A system whose texts are twice as large, and a small window."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets import theme
from mien_app.widgets.scrolling import PageScroll


@pytest.fixture
def large(qapp: QApplication, german: None) -> Iterator[None]:
    """In German, whose words are longer."""
    usual, font = qapp.font(), qapp.font()
    font.setPointSizeF(2 * usual.pointSizeF())
    qapp.setFont(font)
    theme.measure(qapp)
    theme.choose(qapp, "dark")
    theme.choose(qapp, "light")
    yield
    qapp.setFont(usual)
    theme.measure(qapp)
    theme.choose(qapp, "dark")


def test_no_page_scrolls_sideways(large: None, qtbot: QtBot, model_path: str, preferences: Preferences) -> None:
    window = MainWindow(model_path, preferences)
    qtbot.addWidget(window)
    window.show()
    window.resize(820, 480)
    bar = window.findChildren(PageScroll)[0].horizontalScrollBar()
    for page in (window.analyse, window.train, window.review, window.live):
        window.show_page(page)
        qtbot.waitUntil(lambda: bar.maximum() == 0, timeout=PATIENCE_MS)
        qtbot.wait(20)
        assert bar.maximum() == 0, page.accessibleName()
    window.close_now()
