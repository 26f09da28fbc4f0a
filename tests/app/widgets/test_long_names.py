import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mien_app.widgets.probability_bars import ProbabilityBars


def test_a_long_name_of_a_class_leaves_its_bar_room(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    long = "a smile that was asked for, twice or more often"
    bars.set_classes(("neutral", long))
    bars.show_probabilities(np.array([0.1, 0.9], np.float32))
    bars.resize(310, bars.height())
    bars.show()
    bars.grab()  # names are measured when they are first drawn
    QApplication.processEvents()
    assert bars.findChild(pg.PlotWidget).getViewBox().width() > 150
    assert long in bars.accessibleDescription()
