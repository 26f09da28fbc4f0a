"""A person's baseline on the Live page: five seconds of the face at rest, and the change from it afterwards."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction

from mien.errors import MienError
from mien.probabilities.baseline import SPAN_S, Baseline, baseline_of, change_from_baseline
from mien.session.edits import TimeSpan
from mien.types import SAME_TIME_S, Prediction, Recognition
from mien_app.widgets.actions import allow
from mien_app.widgets.message_bar import MessageBar

_PATIENCE_MS = 2000  # without a prediction of the person


@dataclass(frozen=True)
class BaselineState:
    """What is known of one person's baseline."""

    note: str = ""
    """Says what to do, or what the marks mean."""
    probabilities: NDArray[np.float32] | None = None
    """(C,); None before there is a baseline."""
    change: NDArray[np.float64] | None = None
    """(C,) of the prediction that is shown, from the baseline."""


class BaselineController(QObject):
    """The baselines of the people in view. A track that has gone does not come back, nor does its baseline."""

    changed = Signal(int, object)
    """A track, and the `TimeSpan` of the source's time in which its face was at rest; None where that was removed."""
    refreshed = Signal()
    """The state of the person who is shown may have changed between two results."""

    def __init__(self, action: QAction, messages: MessageBar) -> None:
        """Take the action that sets, cancels and removes the selected person's baseline."""
        super().__init__(messages)
        self._action, self._messages = action, messages
        action.triggered.connect(self._toggle)
        self._baselines: dict[int, Baseline] = {}
        self._shown: Prediction | None = None
        self._still = False
        self._track = 0  # whose face is measured now; 0 is nobody's
        self._times: list[float] = []
        self._measured: list[NDArray[np.float32]] = []
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._lose)
        self.show(None)

    def show(self, prediction: Prediction | None, *, still: bool = False) -> BaselineState:
        """Apply the action to this person, or to nobody.

        Args:
            prediction: of the person.
            still: it is of a picture, which has no five seconds.

        Returns:
            What is known of the person's baseline.
        """
        self._shown, self._still = prediction, still
        self._name_action()
        if prediction is None:
            return BaselineState()
        if prediction.track_id == self._track:
            done_s = self._times[-1] - self._times[0] if self._times else 0.0
            return BaselineState(self.tr("Keep a neutral face: {} s").format(math.ceil(SPAN_S - done_s)))
        if (baseline := self._baselines.get(prediction.track_id)) is None:
            return BaselineState()
        note = self.tr("◆ baseline, + and \u2212 the change from it")
        return BaselineState(note, baseline.probabilities, change_from_baseline(prediction.probabilities, baseline))

    def add(self, seen: Recognition) -> None:
        """Take one more frame, and keep the baseline when there are enough."""
        prediction = next((p for p in seen.predictions if p.track_id == self._track), None)
        if prediction is None:
            return
        self._patience.start()
        self._times.append(seen.time_s)
        self._measured.append(prediction.raw_probabilities)
        if seen.time_s - self._times[0] >= SPAN_S:
            self._finish()

    def forget(self) -> None:
        """Forget everybody: the source or the model is another one."""
        self._stop_measuring()
        self._baselines.clear()
        self.show(None)

    def _name_action(self) -> None:
        track = 0 if self._shown is None else self._shown.track_id
        if track and track == self._track:
            text = self.tr("Cancel baseline")
        elif track in self._baselines:
            text = self.tr("Remove baseline")
        else:
            text = self.tr("Set baseline")
        self._action.setText(text)
        if self._still:
            why = self.tr("A baseline takes {} s of a face at rest, and this is a picture.").format(round(SPAN_S))
        else:
            why = self.tr("There is no face in view.")
        allow(self._action, self._shown is not None and not self._still, why)

    def _toggle(self) -> None:
        track = 0 if self._shown is None else self._shown.track_id
        if track == self._track:
            self._stop_measuring()
        elif track in self._baselines:
            del self._baselines[track]
            self.changed.emit(track, None)
        else:
            self._stop_measuring()
            self._track = track
            self._patience.start()
        self._refresh()

    def _finish(self) -> None:
        track, times = self._track, self._times
        try:
            self._baselines[track] = baseline_of(np.stack(self._measured), np.array(times), at_rest=True)
            self.changed.emit(track, TimeSpan(times[0], times[-1] + SAME_TIME_S))  # with the last one
        except MienError as error:
            self._messages.fail(str(error))  # too few predictions, or the expression has changed
        self._stop_measuring()

    def _lose(self) -> None:
        text = self.tr("Person {} was not seen for {} s, so no baseline is set. Try again while the face is in view.")
        self._messages.say(text.format(self._track, _PATIENCE_MS // 1000))
        self._stop_measuring()
        self._refresh()

    def _refresh(self) -> None:
        self._name_action()
        self.refreshed.emit()

    def _stop_measuring(self) -> None:
        self._patience.stop()
        self._track, self._times, self._measured = 0, [], []
