from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, button, named

from mien.benchmark.frame import Timing
from mien.models import cards, store
from mien.utils import paths
from mien_app.shell.window import MainWindow
from mien_app.widgets import model_speeds
from mien_app.widgets.models_list import ModelsList


def test_all_models_are_compared_and_one_is_used(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "broken.json").write_text("{}")
    (own / "broken.safetensors").write_bytes(b"")
    monkeypatch.setattr(paths, "user_weights", lambda: own)
    monkeypatch.setattr(model_speeds, "needs_preparing", lambda *_: False)
    figures = {"1": 12.4, "6": 40.0}
    timing = Timing("", "CPU", "OpenVINO", 2, (640, 480), {}, {}, {}, {}, figures, {}, 1.0, 300.0)
    monkeypatch.setattr(model_speeds, "measure", lambda *_, **__: timing)

    window.live.commands.models.trigger()
    shown = window.findChild(ModelsList)
    rows = {item.text(0): item for item in shown._items()}
    light, broken = rows["light"], rows["broken"]
    card = cards.read_card("light")
    assert light.text(1) == str(len(card.network.classes))
    assert light.text(2) == "88.8% (87.6 to 89.8%)"
    assert light.text(4) == "8.2 MB"
    assert broken.text(2) == "cannot be used"
    assert next(item for name, item in rows.items() if name.endswith("(in use)")).isSelected()
    use, measure = button(shown, "Use on Live"), button(shown, "Measure speed")
    assert not use.isEnabled()

    table = named(shown, QTreeWidget, "Models")
    table.setCurrentItem(broken)
    assert not measure.isEnabled()
    table.setCurrentItem(light)
    assert f"Measured on {card.metrics['n']} faces: {card.metrics['source']}." in shown.about.text()
    measure.click()
    assert light.text(3) == "measuring..."
    assert not measure.isEnabled()  # one at a time
    qtbot.waitUntil(lambda: light.text(3) == "12 ms a frame", timeout=PATIENCE_MS)
    assert measure.isEnabled()
    qtbot.keyClick(table, Qt.Key.Key_Return)  # as its button does
    assert not shown.isVisible()
    assert window.live.model == "light"
    window.train.start.all_models.emit()  # from where models are trained, too
    again = next(one for one in window.findChildren(ModelsList) if one.isVisible())
    assert next(item for item in again._items() if item.text(0) == "light (in use)").text(3) == "12 ms a frame"


def test_a_long_name_leaves_the_accuracy_its_room(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = "the lessons of class 7b in the second half of the year"
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path)
    store.keep("light", name)
    shown = ModelsList("light", "auto", window.speeds)
    qtbot.addWidget(shown)
    shown.show()
    accuracy = shown.list.columnWidth(2)
    assert accuracy >= max(shown.list.sizeHintForColumn(2), shown.list.header().sectionSizeHint(2))
    assert any(item.text(0) == item.toolTip(0) == name for item in shown._items())
