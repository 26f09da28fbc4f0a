import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from mien.benchmark.frame import Timing
from mien.models import cards
from mien_app.shell.window import MainWindow
from mien_app.widgets.model_choice import ModelChoice


def test_the_list_of_models_says_what_each_is(qtbot: QtBot) -> None:
    models = ModelChoice("light")
    qtbot.addWidget(models)
    timing = Timing("swin", "CPU", "openvino", 2, (640, 480), {}, {}, {}, {}, {"1": 52.3}, {}, 1.0, 200.0)
    models.timing_of = lambda card: timing if card.name == "swin" else None
    models.showPopup()
    view, option = models.view(), QStyleOptionViewItem()
    models.itemDelegate().initStyleOption(option, view.model().index(0, 0))
    name, figures = option.text.splitlines()  # in the list itself
    read = [models.itemData(place, Qt.ItemDataRole.AccessibleTextRole) for place in range(models.count())]
    abouts = [models.itemData(place, Qt.ItemDataRole.ToolTipRole) for place in range(models.count())]
    assert view.width() > view.sizeHintForColumn(0)
    models.hidePopup()
    assert (name, models.itemText(0), read[0]) == ("light", "light", f"light, {figures}")
    assert re.fullmatch(r"accuracy 8\d\.\d% \(8\d\.\d to 8\d\.\d%\), speed not measured", figures)
    assert read[models.findText("swin")].endswith("speed 52 ms a frame")
    assert len(abouts) == len(cards.available())
    assert all("of 3199 faces as labelled" in about for about in abouts)


def test_the_window_tells_every_list_of_models_how_fast_they_are(window: MainWindow) -> None:
    card = cards.read_card("light")
    timing = Timing("light", "CPU", "auto", 2, (640, 480), {}, {}, {}, {}, {"1": 10.0}, {}, 1.0, 200.0)
    window.speeds._known[card.sha256, window.preferences.runtime] = timing
    lists = window.findChildren(ModelChoice)
    assert len(lists) == 4
    assert all(one.timing_of(card) is timing for one in lists)
