"""What a panel of the Live page is, and what it is given to show."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import QSize, Qt

from mien.live.state import LiveResult
from mien.types import Prediction, ResizerViews
from mien_app.live.actions import LiveActions
from mien_app.live.baseline import BaselineState
from mien_app.live.selection import prediction_of


@dataclass(frozen=True)
class Docked:
    """Where a panel stands until a person moves it."""

    name: str
    """What its place is stored under."""
    area: Qt.DockWidgetArea
    size: QSize
    """px."""
    shown: bool = True
    """At the first start; else the person finds it in the menu View."""


@dataclass(frozen=True)
class Shown:
    """The newest result, and the person selected in it."""

    result: LiveResult
    track: int
    """The selected person's; 0 is nobody's."""
    selected: LiveResult | None
    """The newest result with that person in it, at most a second old; None where nobody is in view."""
    baseline: BaselineState
    """The selected person's."""

    @property
    def prediction(self) -> Prediction | None:
        """Of the selected person."""
        return prediction_of(self.selected, self.track)

    @property
    def views(self) -> ResizerViews | None:
        """What the resizer made of the selected person's face."""
        prediction = self.prediction
        if self.selected is None or prediction is None:
            return None
        seen = self.selected.recognition
        return seen.views[seen.predictions.index(prediction)]


class ResultView(Protocol):
    """Whatever shows each result."""

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Take the names that probabilities stand for from now on; what was shown belongs to another model."""

    def show_result(self, shown: Shown | None) -> None:
        """Show what it shows of a result; None where there is none, as after a change of source."""


class Panel(ResultView, Protocol):
    """A movable part of the Live page: a widget whose accessible name is its title.

    A new one is a file with such a widget, and a line in `mien_app.live.panels`.
    """

    docked: ClassVar[Docked]

    def __init__(self, actions: LiveActions) -> None:
        """Make it, with the actions that its buttons may trigger."""
