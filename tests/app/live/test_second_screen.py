import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS
from tests.app.watching import wait_for

from mien_app.live.second_screen import other_screen
from mien_app.shell.window import MainWindow


@pytest.mark.slow
def test_a_view_for_an_audience(qtbot: QtBot, window: MainWindow) -> None:
    live, second = window.live, window.live.second
    live.commands.second.trigger()
    assert second.isVisible()
    said = second.reading.accessibleDescription
    assert "Choose a source" in (text := second.video.accessibleDescription())
    assert "Esc closes" in text
    window.open_source("demo:2")
    wait_for(qtbot, window, "2 in view")
    qtbot.waitUntil(lambda: said().startswith(f"{live.presenter.selection.track}  "), timeout=PATIENCE_MS)
    shown = second.reading.grab().toImage()
    row = {shown.pixelColor(x, shown.height() // 2).name() for x in range(shown.width())}
    assert "#ffffff" in row  # a large text

    window.show_page(window.train)  # the audience goes on watching
    newest = live.presenter.newest.captured.frame.index
    qtbot.waitUntil(lambda: live.presenter.newest.captured.frame.index > newest, timeout=PATIENCE_MS)
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert not second.isVisible()
    assert not live.commands.second.isChecked()
    assert live.host.pipeline.transport.rests  # nobody sees it any more
    live.commands.second.trigger()
    assert not live.host.pipeline.transport.rests
    window.close_now()
    assert not second.isVisible()


def test_it_goes_where_the_window_is_not() -> None:
    assert other_screen("own", ["own", "wall"]) == "wall"
    assert other_screen("own", ["own"]) is None
