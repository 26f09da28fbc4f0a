"""A plot only to look at: no menu, no zooming, a transparent background."""

import pyqtgraph as pg
from PySide6.QtCore import QLocale, Qt


class _LocalAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Writes decimals as the window's language does."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write numbers."""
        written = super().tickStrings(values, scale, spacing)
        return [text.replace(".", QLocale().decimalPoint()) for text in written]


def quiet_plot() -> pg.PlotWidget:
    """Make an empty one."""
    axes = {side: _LocalAxis(side) for side in ("left", "bottom")}
    made = pg.PlotWidget(background=None, axisItems=axes, enableMenu=False)
    made.setStyleSheet("background: transparent")
    made.setMouseEnabled(False, False)
    made.hideButtons()
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAcceptDrops(False)  # files go to the window
    return made
