from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from mien_app.services.preferences import Preferences
from mien_app.widgets import theme
from mien_app.widgets.file_dialogs import ask_file, ask_folder, ask_new_file, media


def test_each_question_begins_where_the_last_one_ended(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[tuple[str, str]] = []
    films = tmp_path / "films"
    films.mkdir()

    def answer(_parent: QWidget, _title: str, begin: str, kinds: str = "") -> tuple[str, str]:
        asked.append((begin, kinds))
        return str(films / "a.mp4"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: answer(*given)[0])
    assert ask_file(parent, preferences, "media", "Open", media()) == films / "a.mp4"
    assert ask_folder(parent, preferences, "media", "Open") == films / "a.mp4"
    ask_new_file(parent, preferences, "export", "Export", "rows.csv", "Table (*.csv)")
    assert asked[0][0] != str(films)
    assert "*.mp4" in asked[0][1]
    assert asked[0][1].endswith("(*)")
    assert asked[1][0] == str(films)
    assert asked[2][0] != str(films / "rows.csv")  # of another kind
    films.joinpath("a.mp4").write_text("")
    ask_new_file(parent, preferences, "export", "Export", "rows.csv", "Table (*.csv)")
    assert asked[3][0] == str(films / "rows.csv")


@pytest.mark.parametrize(
    ("typed", "proposed", "path"),
    [
        ("rows", "a.b-rows.csv", "rows.csv"),
        ("film", "a.b-samples.tsv.gz", "film.tsv.gz"),
        ("film.tsv", "rows.csv", "film.tsv"),
    ],
)
def test_a_name_without_an_ending_gets_the_proposed_one(
    qtbot: QtBot,
    preferences: Preferences,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    proposed: str,
    path: str,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    assert ask_new_file(parent, preferences, "export", "Export", proposed, "") == tmp_path / path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_icons_of_file_dialogs_can_be_seen(qtbot: QtBot, qapp: QApplication, scheme: str) -> None:
    theme.choose(qapp, scheme)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    buttons = [button for button in dialog.findChildren(QToolButton) if button.isVisible() and button.isEnabled()]
    assert buttons
    for button in buttons:
        picture = button.grab().toImage()
        middle = [
            QColor(picture.pixel(x, y)).lightness()
            for x in range(3, picture.width() - 3)
            for y in range(3, picture.height() - 3)
        ]
        assert max(middle) - min(middle) > 60, button.toolTip()
        assert button.contentsRect().width() >= button.iconSize().width()
