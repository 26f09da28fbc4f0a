"""The export card offers whatever exporters there are."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import opened
from tests.app.seen import PATIENCE_MS

from mien.session.export.registry import EXPORTERS
from mien_app.shell.window import MainWindow


def test_every_exporter_without_a_button_is_in_the_menu_and_writes_its_file(
    qtbot: QtBot, window: MainWindow, sessions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, window, next(path.parent for path in sessions.rglob("session.json")))
    menu = page.export.more.menu()
    menu.aboutToShow.emit()
    named = {action.data(): action for action in menu.actions()}
    assert set(named) | {"rows", "plot", "video"} == set(EXPORTERS)
    assert all(action.text() != f"{name}..." for name, action in named.items())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "events"), ""))
    with qtbot.waitSignal(page.export.worker.ended, timeout=PATIENCE_MS):
        named["intervals"].trigger()
    assert (tmp_path / "events.tsv").read_text().startswith("onset\tduration")
