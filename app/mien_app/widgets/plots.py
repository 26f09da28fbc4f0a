"""A plot only to look at: no menu, no zooming, a transparent background."""

import pyqtgraph as pg
from PySide6.QtCore import Qt


def quiet_plot() -> pg.PlotWidget:
    """Make an empty one."""
    made = pg.PlotWidget(background=None)
    made.setStyleSheet("background: transparent")
    made.setMouseEnabled(False, False)
    made.hideButtons()
    made.setMenuEnabled(False)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAcceptDrops(False)  # files go to the window
    return made
