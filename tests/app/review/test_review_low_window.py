"""Where the window is low and texts are large, lines that begin anew need more height, and get it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import opened

from mien_app.shell.window import MainWindow
from mien_app.startup.inspection import faults
from mien_app.widgets import theme
from mien_app.widgets.basics import Card
from mien_app.widgets.pose_lane import PoseLegend


@pytest.mark.usefixtures("german")
def test_no_button_is_cut_while_a_note_is_written(
    qtbot: QtBot, qapp: QApplication, own_session: Path, window: MainWindow
) -> None:
    page = opened(qtbot, window, own_session)
    theme.choose(qapp, "light", 1.5)
    window.resize(820, 480)
    page.note.ask(0.2)
    for _ in range(8):
        qapp.processEvents()
    assert faults(window) == []


def test_a_legend_without_room_begins_a_new_line(qtbot: QtBot) -> None:
    card, legend = Card(), PoseLegend()
    qtbot.addWidget(card)
    card.column.addWidget(legend)
    card.column.addWidget(QWidget(), 1)
    whole = legend.sizeHint()
    card.resize(whole.width(), 200)  # less its margins
    card.show()
    assert legend.height() == 2 * whole.height()
    assert legend.heightForWidth(whole.width()) == whole.height()
    assert legend.heightForWidth(whole.width() - 40) == 2 * whole.height()
