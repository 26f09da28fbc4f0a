"""Moves boxes and landmarks of a result to the frame that is shown, a little later than the one they were found in."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mien.faces.tracker import NEWEST_WEIGHT
from mien.types import Prediction, Recognition

_LONGEST_S = 0.4  # a box is moved ahead by at most so much; what a face does after it cannot be told


@dataclass(frozen=True)
class _Seen:
    box: NDArray[np.float64]
    """(4,), left, top, width, height, px."""
    velocity: NDArray[np.float64]
    """(4,), px/s: of position and of size."""
    time_s: float


class Motion:
    """How the faces of a stream move, learned from one result after the other."""

    def __init__(self) -> None:
        self._seen: dict[int, _Seen] = {}

    def take(self, recognition: Recognition) -> None:
        """Learn from the stream's next result."""
        now_s = recognition.time_s
        self._seen = {p.track_id: self._step(p.track_id, np.array(p.face.box), now_s) for p in recognition.predictions}

    def _step(self, track: int, box: NDArray[np.float64], now_s: float) -> _Seen:
        before = self._seen.get(track)
        if before is None or not 0 < now_s - before.time_s <= _LONGEST_S:
            return _Seen(box, np.zeros(4), now_s)
        step = (box - before.box) / (now_s - before.time_s)
        return _Seen(box, NEWEST_WEIGHT * step + (1 - NEWEST_WEIGHT) * before.velocity, now_s)

    def at(self, recognition: Recognition, time_s: float) -> tuple[Prediction, ...]:
        """The predictions of the newest result, their boxes where the faces should be at a time in seconds."""
        ahead_s = min(max(time_s - recognition.time_s, 0.0), _LONGEST_S)
        return tuple(self._moved(p, ahead_s) for p in recognition.predictions)

    def _moved(self, prediction: Prediction, ahead_s: float) -> Prediction:
        face, pose, seen = prediction.face, prediction.pose, self._seen.get(prediction.track_id)
        if seen is None or not ahead_s:
            return prediction
        left, top, width, height = (np.array(face.box) + seen.velocity * ahead_s).tolist()
        face = replace(face, box=(left, top, max(width, 1.0), max(height, 1.0)))
        if pose is not None:
            x, y = np.subtract(face.centre, prediction.face.centre)
            pose = replace(pose, landmarks=pose.landmarks + np.array((x, y, 0), np.float32))
        return replace(prediction, face=face, pose=pose)
