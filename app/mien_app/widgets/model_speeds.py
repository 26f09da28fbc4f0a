"""How fast models are on this machine, measured when a person asks."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from mien.benchmark.frame import Timing, measure
from mien.models.cards import Card
from mien.runtimes import needs_preparing, open_runtime
from mien_app.services.background import Background

_REPEATS = 10  # of each measurement


class ModelSpeeds(QObject):
    """Measures one model at a time, in a process of its own, and keeps the figures until the program ends."""

    changed = Signal()
    """A measurement began, ended or failed."""
    failed = Signal(str)
    """Why there is no figure, in a sentence."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self._background = background
        self._known: dict[tuple[str, str], Timing] = {}  # by the hash of the weights and the runtime
        self.measuring = ""
        """The model that is being measured, by name or path."""

    def of(self, card: Card, runtime: str) -> Timing | None:
        """The figures of a model with a runtime; None where it was not measured."""
        return self._known.get((card.sha256, runtime))

    def measure(self, model: str, card: Card, runtime: str) -> None:
        """Measure a model, by name or path; nothing happens while one is being measured."""
        if self.measuring:
            return
        self.measuring = model

        def work() -> Timing:
            if needs_preparing(model, runtime):
                open_runtime(model, runtime)  # in this process, where one is prepared at a time
            return measure(model, repeats=_REPEATS, runtime=runtime)

        self._background.run(work, partial(self._measured, (card.sha256, runtime)), self._fail)
        self.changed.emit()

    def _measured(self, key: tuple[str, str], timing: Timing) -> None:
        self._known[key], self.measuring = timing, ""
        self.changed.emit()

    def _fail(self, text: str) -> None:
        self.measuring = ""
        self.changed.emit()
        self.failed.emit(text)
