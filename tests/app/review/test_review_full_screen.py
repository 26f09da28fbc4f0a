"""Full screen shows the video alone: what has no room there takes no keys."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import opened, saved

from mien.session.edits import Edits
from mien_app.shell.window import MainWindow


def test_a_marker_is_set_at_once(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    window.show_alone(True)
    page.commands.marker.trigger()
    assert page.messages.text.startswith("Marker at ")
    saved(qtbot, page, own_session, Edits().marked(page.review.time_s))
    page.review.change(lambda edits: edits.marked(page.review.time_s, "smiles"))
    page.commands.marker.trigger()
    page.people.rename.trigger()
    saved(qtbot, page, own_session, Edits().marked(page.review.time_s, "smiles"))
    window.show_alone(False)
    assert not page.note.isVisible()
    assert not page.people.list.findChildren(QLineEdit)
