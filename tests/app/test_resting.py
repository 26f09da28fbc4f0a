import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mien.session.edits import Edits, read_edits
from mien.session.session import Session
from mien.sources.demo import DemoSource
from mien_app.shell.window import MainWindow
from mien_app.widgets.probability_bars import ProbabilityBars, signed
from mien_app.widgets.time_span import Span

PATIENCE_MS = 60_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def marks(bars: ProbabilityBars) -> tuple[list[float], list[str]]:
    """Where the neutral is marked, and what is written of the change from it."""
    return bars._mark.getData()[0].tolist(), [text.toPlainText() for text in bars._changes]


def test_bars_mark_a_neutral_and_write_the_change(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_classes(("neutral", "happiness", "wry"))
    neutral = np.array([0.6, 0.3, 0.1], np.float32)
    bars.show_neutral(neutral, np.array([-0.5, 0.4, 0.1]))
    assert marks(bars) == (pytest.approx(neutral), ["\N{MINUS SIGN}0.50", "+0.40", "+0.10"])
    bars.show_neutral(None)
    assert marks(bars) == ([], ["", "", ""])
    assert signed(-0.001) == "+0.00"


def test_review_sets_undoes_removes_and_exports_a_neutral(
    qtbot: QtBot, window: MainWindow, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(session, tmp_path / "session"))
    page, review = window.review, window.review.review
    with qtbot.waitSignal(review.opened, timeout=PATIENCE_MS):
        window.open_session(folder)
    person, bars = review.person, page.summary._bars

    def kept(wanted: Edits) -> None:
        qtbot.waitUntil(lambda: review.now.session.edits == wanted, timeout=PATIENCE_MS)
        assert read_edits(folder) == wanted

    review.set_range(Span(0.0, 1.0))
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert "3 s in sight" in page.banner.text
    kept(Edits())
    review.set_range(None)
    qtbot.keyClick(window, Qt.Key.Key_B)
    first = Edits().rested(person, review.time_s, review.time_s + 5)
    kept(first)
    rest = Session(folder).neutrals[person].probabilities
    qtbot.waitUntil(lambda: marks(bars)[0] == pytest.approx(rest), timeout=PATIENCE_MS)
    review.set_range(Span(0.5, 4.5))
    qtbot.keyClick(window, Qt.Key.Key_B)
    second = Edits().rested(person, 0.5, 4.5)
    kept(second)
    qtbot.waitUntil(lambda: "0:04.5" in page.summary._neutral.text(), timeout=PATIENCE_MS)
    assert set(marks(bars)[1]) == {"+0.00"}  # the range is the neutral
    review.step_person(1)
    qtbot.waitUntil(lambda: marks(bars)[0] == [], timeout=PATIENCE_MS)
    assert not page.resting[1].isEnabled()
    review.step_person(-1)

    path = tmp_path / "rows.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: "rows saved" in page.banner.text, timeout=PATIENCE_MS)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    own = [float(row["change_happiness"]) for row in rows if row["person"] == str(person)]
    assert np.mean(own) == pytest.approx(0, abs=1e-3)
    assert {row["change_happiness"] for row in rows if row["person"] != str(person)} == {""}

    qtbot.keyClick(window, Qt.Key.Key_B, SHIFT)
    kept(Edits())
    for wanted in (second, first, Edits()):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        kept(wanted)
    qtbot.waitUntil(lambda: marks(bars)[0] == [], timeout=PATIENCE_MS)
    assert not page.summary._neutral.isVisible()


@pytest.fixture
def live(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The demo, with a face that stays large."""
    monkeypatch.setattr(DemoSource, "smallest", 120.0)
    assert not window.live.resting.action.isEnabled()
    window.open_source("demo")
    qtbot.waitUntil(lambda: "px" in window.live.face._who.text(), timeout=PATIENCE_MS)
    return window


def test_a_neutral_is_set_and_removed_live_and_goes_into_a_recording(qtbot: QtBot, live: MainWindow) -> None:
    page, face, resting = live.live, live.live.face, live.live.resting
    qtbot.waitUntil(page.recording.action.isEnabled, timeout=PATIENCE_MS)
    qtbot.keyClick(live, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.recording.runs, timeout=PATIENCE_MS)
    face.rest.click()
    assert face._neutral.text() == "Keep a neutral face: 5 s"
    assert face.rest.text() == "Cancel neutral"
    qtbot.waitUntil(lambda: "3 s" in face._neutral.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: face.rest.text() == "Remove neutral", timeout=PATIENCE_MS)
    places, written = marks(face._bars)
    assert sum(places) == pytest.approx(1, abs=1e-5)
    assert all(text[0] in "+\N{MINUS SIGN}" for text in written)
    with qtbot.waitSignal(page.recording.finished, timeout=PATIENCE_MS) as signal:
        qtbot.keyClick(live, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: "Recorded" in page.banner.text, timeout=PATIENCE_MS)
        page.banner._button.click()
    recorded = Session(signal.args[0])
    (neutral,) = recorded.neutrals.values()
    assert neutral.seconds == pytest.approx(5, abs=1)
    live.show_page(page)
    qtbot.keyClick(live, Qt.Key.Key_B)
    assert face.rest.text() == "Set neutral"
    assert marks(face._bars)[0] == []

    qtbot.keyClick(live, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: "4 s" in face._neutral.text(), timeout=PATIENCE_MS)
    qtbot.keyClick(live, Qt.Key.Key_B)  # thought better of it
    assert face._neutral.text() == ""
    assert resting._neutrals == {}


def test_who_leaves_midway_has_no_neutral(qtbot: QtBot, live: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    face, resting = live.live.face, live.live.resting
    qtbot.keyClick(live, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: "4 s" in face._neutral.text(), timeout=PATIENCE_MS)
    monkeypatch.setattr(DemoSource, "draw", lambda self, phase: np.full((480, 640, 3), 60, np.uint8))
    qtbot.waitUntil(lambda: "no neutral is set" in live.live.banner.text, timeout=PATIENCE_MS)
    assert "Person 1 was not seen" in live.live.banner.text
    assert resting._neutrals == {}
    assert not face.rest.isEnabled()


def test_another_source_forgets_neutrals(qtbot: QtBot, live: MainWindow) -> None:
    face, resting = live.live.face, live.live.resting
    qtbot.keyClick(live, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: bool(resting._neutrals), timeout=PATIENCE_MS)
    live.open_source("demo:6")
    assert resting._neutrals == {}
    assert marks(face._bars)[0] == []


def test_no_key_is_used_twice_on_live(window: MainWindow) -> None:
    actions = [*window.live.key_actions(), *window.actions()]
    keys = [action.shortcut().toString() for action in actions if isinstance(action, QAction)]
    assert len(set(filter(None, keys))) == len(list(filter(None, keys)))
