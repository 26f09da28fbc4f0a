"""Finds the evidence for a prediction in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from mien import language
from mien.errors import MienError
from mien.evidence.occlusion import Evidence, evidence
from mien.models import cards
from mien.models.cards import Card
from mien.runtimes import Runtime, open_runtime
from mien.types import Face, Image
from mien_app.services.background import Background, SerialQueue


@dataclass(frozen=True)
class EvidenceRequest:
    """A face whose evidence is wanted."""

    cut: Callable[[], tuple[Image, Face]]
    """Gives the frame's picture (H, W, 3), BGR, and the face in it; called on another thread."""
    who: str
    """Whose face it is, such as `Person 3`."""
    source: str
    """Name of the video or camera."""
    time_s: float
    """Of the frame in the source."""
    model: str
    """Name or path."""
    runtime: str
    sha256: str = ""
    """Of the weights that classified the face; empty if they are the model's present ones."""
    title: str = ""
    """The source's name as the window says it; empty where that is `source`, which files have."""


class EvidenceWorker(QObject):
    """Works on one face at a time, the one that was asked for last.

    It has a runtime of its own, on one thread of the processor, so that the live view keeps its rate. The runtime is
    loaded when it is first needed, and again for another model.
    """

    found = Signal(object)
    """A dict from class to Evidence, in the order of the classes."""
    failed = Signal(str)
    """Why there is no evidence, in one line."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = SerialQueue(background)
        self._loaded: tuple[Card, str, Runtime] | None = None
        self._newest: EvidenceRequest | None = None

    def explain(self, asked: EvidenceRequest) -> None:
        """Find the evidence for a face. Earlier requests get no answer any more."""
        self._newest = asked
        self._queue.forget()
        found, failed = (partial(self._tell, asked, signal.emit) for signal in (self.found, self.failed))
        self._queue.run(lambda: partial(self._work, asked), found, failed)

    def forget(self) -> None:
        """Answer no request any more."""
        self._newest = None
        self._queue.forget()

    def _tell(self, asked: EvidenceRequest, emit: Callable[[object], None], value: object) -> None:
        if asked is self._newest:
            emit(value)

    def _work(self, asked: EvidenceRequest) -> dict[str, Evidence]:
        from mien.recognition.classifier import prepare  # takes half a second; `load_libraries` has it ready

        image, face = asked.cut()
        runtime = self._runtime(asked)
        found = evidence(runtime, prepare(image, face, runtime.card))
        return dict(zip(runtime.card.network.classes, found, strict=True))

    def _runtime(self, asked: EvidenceRequest) -> Runtime:
        card = cards.read_card(asked.model)
        if asked.sha256 and card.sha256 != asked.sha256:
            raise MienError(
                language.tr(
                    "Another version of the model '{}' classified this face. Analyse the file again "
                    "to see the evidence."
                ).format(asked.model)
            )
        if self._loaded is None or self._loaded[:2] != (card, asked.runtime):
            self._loaded = None  # its memory is free before the next one is loaded
            self._loaded = card, asked.runtime, open_runtime(asked.model, asked.runtime, threads=1)
        return self._loaded[2]
