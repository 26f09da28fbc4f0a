import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, button, says
from tests.app.watching import person, wait_for, wait_for_a_face
from tests.app.widgets.test_widgets import prediction

from mien.session.edits import TimeSpan
from mien.session.session import Session
from mien.sources.demo import DemoSource
from mien.types import Recognition
from mien_app.live import baseline
from mien_app.live.baseline import BaselineController
from mien_app.shell.window import MainWindow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.probability_bars import ProbabilityBars, signed

MINUS = "\N{MINUS SIGN}"


def marks(within: QWidget) -> list[float]:
    """Where diamonds mark a baseline."""
    return [float(x) for item in items(within) if isinstance(item, pg.ScatterPlotItem) for x in item.getData()[0]]


def changes(within: QWidget) -> list[str]:
    """What is written of the change from it."""
    texts = [item.toPlainText() for item in items(within) if isinstance(item, pg.TextItem)]
    return [text for text in texts if text[:1] in ("+", MINUS)]


def items(within: QWidget) -> list[object]:
    return [item for plot in within.findChildren(pg.PlotWidget) for item in plot.getPlotItem().items]


def test_bars_mark_a_baseline_and_write_the_change(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_classes(("neutral", "happiness", "wry"))
    rest = np.array([0.6, 0.3, 0.1], np.float32)
    bars.show_baseline(rest, np.array([-0.5, 0.4, 0.1]))
    assert marks(bars) == pytest.approx(rest)
    assert changes(bars) == [f"{MINUS}0.50", "+0.40", "+0.10"]
    assert bars.accessibleDescription() == f"neutral {MINUS}0.50, happiness +0.40, wry +0.10"
    bars.show_baseline(None)
    assert (marks(bars), changes(bars), bars.accessibleDescription()) == ([], [], "")
    assert signed(-0.001) == "+0.00"


def test_a_face_that_changes_its_expression_sets_no_baseline(qtbot: QtBot) -> None:
    action, messages = QAction(), MessageBar()
    qtbot.addWidget(messages)
    control = BaselineController(action, messages)
    spans: list[TimeSpan] = []
    control.changed.connect(lambda track, span: spans.append(span))
    one, other = (prediction(values=values) for values in ((0.8, 0.1, 0.1), (0.1, 0.8, 0.1)))
    for then, text in ((one, "Remove baseline"), (other, "Set baseline")):
        control.forget()
        control.show(one)
        action.trigger()
        assert control.show(one).note == "Keep a neutral face: 5 s"
        for tenth in range(51):
            control.add(Recognition(tenth, tenth / 10, (one if tenth < 30 else then,), ()))
            if tenth == 15:
                assert control.show(one).note == "Keep a neutral face: 4 s"
        control.show(one)
        assert action.text() == text
    assert "changed from one expression to another" in messages.text
    (span,) = spans
    assert span.start_s == 0
    assert 5.0 < span.end_s < 5.01  # a recording is to have all frames, the last one too


@pytest.fixture
def live(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The demo, with a face that stays large, and a baseline in two seconds instead of five."""
    monkeypatch.setattr(DemoSource, "smallest", 120.0)
    monkeypatch.setattr(baseline, "SPAN_S", 2.0)
    monkeypatch.setattr("mien.probabilities.baseline.LEAST_S", 1.0)
    assert not button(person(window), "Set baseline").isEnabled()
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    return window


def test_a_baseline_is_set_and_removed_live_and_goes_into_a_recording(qtbot: QtBot, live: MainWindow) -> None:
    page, panel = live.live, person(live)
    qtbot.waitUntil(page.recording.action.isEnabled, timeout=PATIENCE_MS)
    qtbot.keyClick(live, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.recording.runs, timeout=PATIENCE_MS)
    control = button(panel, "Set baseline")
    control.click()
    wait_for(qtbot, live, "Keep a neutral face")
    assert control.text() == "Cancel baseline"
    qtbot.waitUntil(lambda: control.text() == "Remove baseline", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: sum(marks(panel)) == pytest.approx(1, abs=1e-5), timeout=PATIENCE_MS)
    assert len(changes(panel)) == len(marks(panel))
    with qtbot.waitSignal(page.recording.finished, timeout=PATIENCE_MS) as signal:
        qtbot.keyClick(live, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: "Recorded" in page.messages.text, timeout=PATIENCE_MS)
        button(page.messages, "Review").click()
    recorded = Session(signal.args[0])
    (neutral,) = recorded.baselines.values()
    assert 1 < neutral.seconds < 3  # fewer than 2 where frames come late
    live.show_page(page)
    qtbot.keyClick(live, Qt.Key.Key_B)
    assert control.text() == "Set baseline"
    qtbot.waitUntil(lambda: marks(panel) == [], timeout=PATIENCE_MS)

    qtbot.keyClick(live, Qt.Key.Key_B)
    wait_for(qtbot, live, "Keep a neutral face")
    qtbot.keyClick(live, Qt.Key.Key_B)  # thought better of it
    qtbot.waitUntil(lambda: not says(panel, "Keep a neutral face"), timeout=PATIENCE_MS)
    assert control.text() == "Set baseline"


def test_who_leaves_midway_has_no_baseline(qtbot: QtBot, live: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    control = button(person(live), "Set baseline")
    qtbot.keyClick(live, Qt.Key.Key_B)
    wait_for(qtbot, live, "Keep a neutral face")
    monkeypatch.setattr(DemoSource, "draw", lambda self, phase: np.full((480, 640, 3), 60, np.uint8))
    qtbot.waitUntil(lambda: "no baseline is set" in live.live.messages.text, timeout=PATIENCE_MS)
    assert "Person 1 was not seen" in live.live.messages.text
    assert control.text() == "Set baseline"
    assert not control.isEnabled()


@pytest.mark.slow
def test_another_source_forgets_baselines(qtbot: QtBot, live: MainWindow) -> None:
    control = button(person(live), "Set baseline")
    qtbot.keyClick(live, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: control.text() == "Remove baseline", timeout=PATIENCE_MS)
    live.open_source("demo:6")
    assert control.text() == "Set baseline"
    assert marks(person(live)) == []


def test_no_key_is_used_twice_on_live(window: MainWindow) -> None:
    actions = [*window.live.key_actions(), *window.actions()]
    keys = [action.shortcut().toString() for action in actions]
    assert len(set(filter(None, keys))) == len(list(filter(None, keys)))
