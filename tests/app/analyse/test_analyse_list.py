import csv
from pathlib import Path

import cv2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, action, button, named, says
from tests.core.analysis.test_time_left import item

from mien.analysis.analyse import AnalysisProgress
from mien.analysis.queue import ItemState
from mien.sources import DemoSource
from mien_app.shell.window import MainWindow


def test_the_foot_says_how_long_all_take_and_opens_the_folder(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opened = window.analyse, []
    half = AnalysisProgress(50, 100, 50, 10.0)
    page._show_total([item(ItemState.RUNNING, 1000, half), item(ItemState.WAITING, 11_500)])
    assert says(page, "0 of 2 files done, about 2 min left for all")
    page._show_total([item(ItemState.DONE, 1000), item(ItemState.FAILED, 11_500)])
    assert says(page, "1 of 2 files done, 1 failed")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    (tmp_path / "sessions").mkdir()
    button(page, "Open folder").click()
    assert opened == [str(tmp_path / "sessions")]


def test_files_wait_for_start_with_their_options(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = window.analyse
    window.show_page(page)
    for name in ("a", "b"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), DemoSource(2).draw(0.0))
    at_once = button(page, "Start at once")
    assert isinstance(at_once, QCheckBox)
    at_once.setChecked(False)
    assert window.preferences.waits_for_start
    page.options.annotated.setChecked(True)
    for name, text in (("Columns of the table", "Py-Feat columns"), ("Blurred video", "blur all but person 1")):
        choice = named(page, QComboBox, name)
        choice.setCurrentIndex(choice.findText(text))
    page.add([tmp_path / "a.png", tmp_path / "b.png"])
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=PATIENCE_MS)
    qtbot.wait(300)
    assert [row.item.state for row in page.rows] == [ItemState.WAITING] * 2
    button(page, "Start").click()
    qtbot.waitUntil(lambda: [row.item.state for row in page.rows] == [ItemState.DONE] * 2, timeout=PATIENCE_MS)
    session = page.rows[0].item.job.session
    assert (session / "annotated.png").is_file()
    assert (session / "blurred-others-1.png").is_file()
    with (session / "faces.csv").open() as file:
        assert "FaceRectX" in next(csv.reader(file))
    qtbot.waitUntil(lambda: says(page, "2 of 2 files done"), timeout=PATIENCE_MS)
    page.add([tmp_path / "a.png"])
    qtbot.waitUntil(lambda: "Already in the list: 1 file." in page.messages.text, timeout=PATIENCE_MS)
    assert len(page.rows) == 2

    page.study.save(tmp_path / "study.csv")
    qtbot.waitUntil(lambda: "4 rows saved" in page.messages.text, timeout=PATIENCE_MS)
    assert page.messages.past[-1].file == tmp_path / "study.csv"
    with (tmp_path / "study.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["session"], row["person"]) for row in rows] == [("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")]
    shares = [float(value) for name, value in rows[0].items() if name.startswith("share_")]
    assert abs(sum(shares) - 1) < 0.001

    action(page, "Clear finished").trigger()
    assert page.rows == []
    assert session.is_dir()
