import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import MODIFIER, opened, saved
from tests.app.seen import PATIENCE_MS, button, named

from mien.session.edits import Edits, TimeSpan
from mien.session.session import Session
from mien_app.shell.window import MainWindow
from mien_app.widgets.probability_bars import ProbabilityBars


def test_a_baseline_is_set_undone_removed_and_exported(
    qtbot: QtBot, window: MainWindow, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(session, tmp_path / "session"))
    page = opened(qtbot, window, folder)
    review, person = page.review, page.review.person
    bars = named(page.summary, ProbabilityBars, "Share of time of each expression")
    note = named(page.summary, QLabel, "Baseline")

    review.set_range(TimeSpan(0.0, 1.0))
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert "at least 3 s" in page.messages.text or "3 s in" in page.messages.text
    saved(qtbot, page, folder, Edits())
    review.set_range(None)
    qtbot.keyClick(window, Qt.Key.Key_B)
    first = Edits().with_baseline(person, review.time_s, review.time_s + 5)
    saved(qtbot, page, folder, first)
    assert person in Session(folder).baselines
    qtbot.waitUntil(lambda: "baseline, 0:00.0 to 0:05.0" in note.text(), timeout=PATIENCE_MS)
    review.set_range(TimeSpan(0.5, 4.5))
    qtbot.keyClick(window, Qt.Key.Key_B)
    second = Edits().with_baseline(person, 0.5, 4.5)
    saved(qtbot, page, folder, second)
    qtbot.waitUntil(lambda: "0:04.5" in note.text(), timeout=PATIENCE_MS)
    changes = [part for part in bars.accessibleDescription().split(", ") if part.startswith("change of")]
    assert len(changes) == len(review.now.session.classes)
    assert all(part.endswith(" +0.00") for part in changes)  # the range is the baseline
    review.step_person(1)
    qtbot.waitUntil(lambda: not note.isVisible(), timeout=PATIENCE_MS)
    assert "change of" not in bars.accessibleDescription()
    assert not button(page.summary, "Remove baseline").isEnabled()
    review.step_person(-1)

    path = tmp_path / "rows.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_E, MODIFIER.ControlModifier)
    qtbot.waitUntil(lambda: "rows saved" in page.messages.text, timeout=PATIENCE_MS)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    own = [float(row["change_happiness"]) for row in rows if row["person"] == str(person)]
    assert np.mean(own) == pytest.approx(0, abs=1e-3)
    assert {row["change_happiness"] for row in rows if row["person"] != str(person)} == {""}

    qtbot.keyClick(window, Qt.Key.Key_B, MODIFIER.ShiftModifier)
    saved(qtbot, page, folder, Edits())
    for wanted in (second, first, Edits()):
        qtbot.keyClick(window, Qt.Key.Key_Z, MODIFIER.ControlModifier)
        saved(qtbot, page, folder, wanted)
    qtbot.waitUntil(lambda: not note.isVisible(), timeout=PATIENCE_MS)
