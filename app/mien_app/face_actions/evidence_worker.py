"""Finds out what speaks for a reading, away from the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from mien.errors import MienError
from mien.evidence.occlusion import Evidence, evidence
from mien.models import cards
from mien.models.cards import Card
from mien.runtimes import Runtime, open_runtime
from mien.types import Face, Image
from mien_app.services.background import Background, SerialQueue


@dataclass(frozen=True)
class EvidenceRequest:
    """A face that is to be looked into."""

    cut: Callable[[], tuple[Image, Face]]
    """Gives the frame's picture, BGR, and the face in it; called on another thread."""
    who: str
    source: str
    time_s: float
    """Of the frame in the source."""
    model: str
    """Name or path."""
    runtime: str
    sha256: str = ""
    """Of the weights that read it; empty where they are the model's present ones."""


class EvidenceWorker(QObject):
    """One face at a time, the one that was asked for last.

    It has a runtime of its own, on one thread of the processor, so that the live view keeps its rate; the runtime is
    loaded when it is first needed, and kept for the same model.
    """

    found = Signal(object)
    """A dict of the classes' names to Evidence, in their order."""
    failed = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = SerialQueue(background)
        self._kept: tuple[Card, str, Runtime] | None = None
        self._newest: EvidenceRequest | None = None

    def explain(self, asked: EvidenceRequest) -> None:
        """Look into a face; what was asked for before is not told any more."""
        self._newest = asked
        self._turn.forget()
        found, failed = (partial(self._tell, asked, signal.emit) for signal in (self.found, self.failed))
        self._turn.run(lambda: partial(self._work, asked), found, failed)

    def forget(self) -> None:
        """Nobody waits for an answer."""
        self._newest = None
        self._turn.forget()

    def _tell(self, asked: EvidenceRequest, emit: Callable[[object], None], value: object) -> None:
        if asked is self._newest:
            emit(value)

    def _work(self, asked: EvidenceRequest) -> dict[str, Evidence]:
        from mien.recognition.recognizer import prepare  # takes half a second; `load_libraries` has it ready

        image, face = asked.cut()
        runtime = self._runtime(asked)
        found = evidence(runtime, prepare(image, face, runtime.card))
        return dict(zip(runtime.card.network.classes, found, strict=True))

    def _runtime(self, asked: EvidenceRequest) -> Runtime:
        card = cards.read_card(asked.model)
        if asked.sha256 and card.sha256 != asked.sha256:
            raise MienError(
                f"Another version of the model '{asked.model}' read this face. Analyse the file again to look into it."
            )
        if self._kept is None or self._kept[:2] != (card, asked.runtime):
            self._kept = None
            self._kept = card, asked.runtime, open_runtime(asked.model, asked.runtime, threads=1)
        return self._kept[2]
