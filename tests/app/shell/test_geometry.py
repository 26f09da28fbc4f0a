"""Every page at the sizes of common screens: no text is cut off, and nothing lies outside the window."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot
from tests.app.watching import wait_for

from mien_app.shell.window import MainWindow

SIZES = [(820, 480), (1024, 700), (1280, 800), (1920, 1080)]


def scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def outside(widget: QWidget, window: QWidget) -> bool:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return not window.rect().contains(place) and not scrolls(widget, window)


def cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text() and widget.textFormat() is not Qt.TextFormat.RichText:
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.fontMetrics().horizontalAdvance(widget.text()) > widget.contentsRect().width() + 1
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
    return False


def faults(window: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLabel, QComboBox, QSlider)
    shown = [child for kind in kinds for child in window.findChildren(kind) if child.isVisible()]
    return [
        f"{type(child).__name__} '{child.accessibleName() or getattr(child, 'text', str)()}'"
        for child in shown
        if child.window() is window and (cut(child) or outside(child, window))
    ]


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_and_nothing_lies_outside(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    window.resize(*size)
    found = {}
    for page in (window.live, window.analyse, window.review, window.train):
        window.show_page(page)
        qtbot.wait(50)
        found[type(page).__name__] = faults(window)
    assert found == {page: [] for page in found}


def test_what_has_no_room_in_the_bar_is_in_its_menu(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.live.top
    window.resize(820, 480)
    qtbot.waitUntil(lambda: bar.width() < 500)
    bar.more.aboutToShow.emit()
    listed = [action.text() for action in bar.more.actions()]
    assert "Settings" in listed
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: bar.width() > 900)
    bar.more.aboutToShow.emit()
    assert "Settings" not in [action.text() for action in bar.more.actions()]


def test_no_text_of_the_settings_is_cut(qtbot: QtBot, window: MainWindow) -> None:
    dialog = window.live.settings_dialog
    dialog.open()
    qtbot.wait(50)
    assert faults(dialog) == []
