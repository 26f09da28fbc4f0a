"""A person's own neutral on the live page: five seconds of a face at rest, and the change from it afterwards."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction

from mien.errors import MienError
from mien.probabilities.baseline import SPAN_S, Baseline, baseline_of, change_from_baseline
from mien.session.edits import TimeSpan
from mien.types import Prediction, Recognition
from mien_app.live.person_card import PersonCard
from mien_app.widgets.message_bar import MessageBar

_PATIENCE_MS = 2000  # without a reading of the person


class BaselineController(QObject):
    """The neutrals of the people in view. A track that has gone does not come back, nor does its neutral."""

    changed = Signal(int, object)
    """A track, and the `Stretch` of the source's time in which its face was at rest; None where that was removed."""

    def __init__(self, add: Callable[..., QAction], card: PersonCard, banner: MessageBar) -> None:
        """With what makes an action of the page."""
        super().__init__(banner)
        self._card, self._banner = card, banner
        self._neutrals: dict[int, Baseline] = {}
        self._shown: Prediction | None = None
        self._track = 0  # whose face is kept now; 0 is nobody's
        self._times: list[float] = []
        self._readings: list[NDArray[np.float32]] = []
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._lost)
        tip = self.tr(
            "Set or remove this person's neutral: five seconds of the face at rest. The change from it is shown then: "
            "a difference of what the model reads, not of what is felt"
        )
        self.action = add(self.tr("Set neutral"), "B", self._toggle, tip)
        card.rest.setDefaultAction(self.action)
        card.rest.setAccessibleName(self.action.text())
        self.action.changed.connect(lambda: card.rest.setAccessibleName(self.action.text()))
        self.show(None)

    def show(self, prediction: Prediction | None) -> None:
        """What is known of the selected person, or of nobody."""
        self._shown = prediction
        track = 0 if prediction is None else prediction.track_id
        neutral, said = self._neutrals.get(track), ""
        text = self.tr("Set neutral") if neutral is None else self.tr("Remove neutral")
        if self._track and track == self._track:
            read_s = self._times[-1] - self._times[0] if self._times else 0.0
            text = self.tr("Cancel neutral")
            said = self.tr("Keep a neutral face: {} s").format(math.ceil(SPAN_S - read_s))
        elif neutral is not None:
            said = self.tr("\N{BLACK DIAMOND} neutral face, + and \N{MINUS SIGN} the change from it")
        self.action.setText(text)
        self.action.setEnabled(prediction is not None)
        if prediction is None or neutral is None:
            self._card.show_neutral(said, None)
        else:
            self._card.show_neutral(
                said, neutral.probabilities, change_from_baseline(prediction.probabilities, neutral)
            )

    def add(self, seen: Recognition) -> None:
        """One more frame."""
        reading = next((p for p in seen.predictions if p.track_id == self._track), None)
        if reading is None:
            return
        self._patience.start()
        self._times.append(seen.time_s)
        self._readings.append(reading.raw_probabilities)
        if seen.time_s - self._times[0] >= SPAN_S:
            self._keep()

    def forget(self) -> None:
        """Everybody: another source, or another model."""
        self._leave()
        self._neutrals.clear()
        self.show(None)

    def _toggle(self) -> None:
        track = 0 if self._shown is None else self._shown.track_id
        if track == self._track:
            self._leave()
        elif track in self._neutrals:
            del self._neutrals[track]
            self.changed.emit(track, None)
        else:
            self._leave()
            self._track = track
            self._patience.start()
        self.show(self._shown)

    def _keep(self) -> None:
        track, times = self._track, self._times
        try:
            self._neutrals[track] = baseline_of(np.stack(self._readings), np.array(times))
            self.changed.emit(track, TimeSpan(times[0], times[-1]))
        except MienError as error:
            self._banner.say(str(error))
        self._leave()

    def _lost(self) -> None:
        said = self.tr("Person {} was not seen for {} s: no neutral is set. Try again while the face is in view.")
        self._banner.say(said.format(self._track, _PATIENCE_MS // 1000))
        self._leave()
        self.show(self._shown)

    def _leave(self) -> None:
        self._patience.stop()
        self._track, self._times, self._readings = 0, [], []
