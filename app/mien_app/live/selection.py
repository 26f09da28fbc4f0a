"""Which person is looked at."""

from mien.live.state import LiveResult
from mien.types import Prediction, Recognition

_HOLD_S = 1.0  # a prediction goes on being shown so long when its face is lost for a moment


def prediction_of(result: LiveResult | None, track: int) -> Prediction | None:
    """The prediction of a track in a result; None where there is none."""
    predictions = result.recognition.predictions if result is not None else ()
    return next((prediction for prediction in predictions if prediction.track_id == track), None)


class Selection:
    """A track that is shown while it is there, and for a moment after."""

    def __init__(self) -> None:
        self.track = 0
        """0 is nobody."""
        self._seen_s = 0.0

    def clear(self) -> None:
        """Select nobody."""
        self.track = 0

    def choose(self, seen: Recognition) -> Prediction | None:
        """The selected person where in view, else the largest face, which is selected from now on."""
        chosen = next((p for p in seen.predictions if p.track_id == self.track), None)
        if chosen is None and seen.predictions and not (self.track and self.recently_seen(seen)):
            chosen = seen.predictions[0]
        if chosen is not None:
            self.track, self._seen_s = chosen.track_id, seen.time_s
        return chosen

    def recently_seen(self, seen: Recognition) -> bool:
        """Whether the selected person was there a moment ago, and may be back in the next."""
        return 0 <= seen.time_s - self._seen_s < _HOLD_S

    def step(self, seen: Recognition, by: int) -> None:
        """Select the next or previous person in view."""
        tracks = sorted(p.track_id for p in seen.predictions)
        if tracks:
            place = tracks.index(self.track) if self.track in tracks else 0
            self.track = tracks[(place + by) % len(tracks)]
