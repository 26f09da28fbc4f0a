"""What was noticed in a stream and may be a new face: it waits for a close look, and rests where it was none."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from mien.faces.places import apart, near
from mien.types import Face

SURE = 0.6
"""Score of a candidate that does not wait: 58% of real faces have it in a window, 5% of what is none."""
SURER = 0.15
"""By how much a score must differ to say more than before."""
_MOST_WAITING = 24
_REST = 24  # pictures of a stream, in which a candidate that was no face is not looked at again, then twice as many...
_LONGEST_REST = 8 * _REST  # ...unless its score has risen


class _Refused(NamedTuple):
    """A candidate that was no face."""

    face: Face
    since: int
    """Picture of the stream."""
    rest: int
    """Pictures in which it is not looked at again."""

    def is_like(self, face: Face) -> bool:
        """Whether a face is about there and about as large."""
        return near(face, *self.face.centre, self.face.size)


class Newcomers:
    """The candidates of one stream. Those that wait have no keypoints, which are of another picture."""

    def __init__(self) -> None:
        self.waiting: list[Face] = []
        self._refused: list[_Refused] = []

    def state(self) -> tuple[list[Any], list[Any]]:
        """Those that wait and those that rest, as plain values for JSON."""
        waiting = [[list(face.box), face.score] for face in self.waiting]
        return waiting, [[list(face.box), face.score, *times] for face, *times in self._refused]

    def load_state(self, waiting: list[Any], refused: list[Any]) -> None:
        """Go on with those whose `state` this is."""
        self.waiting = [_without_keypoints(tuple(box), score) for box, score in waiting]
        # Older ones do not say for how long.
        again = ((_without_keypoints(tuple(box), score), *times, _REST) for box, score, *times in refused)
        self._refused = [_Refused(face, since, rest) for face, since, rest, *_ in again]

    def rested(self, candidates: Iterable[Face], picture: int) -> list[Face]:
        """Those candidates that may be looked at in this picture of the stream."""
        self._refused = [one for one in self._refused if picture - one.since < 2 * one.rest]
        resting = [one for one in self._refused if picture - one.since < one.rest]
        return [
            face
            for face in candidates
            if not any(one.is_like(face) and face.score < one.face.score + SURER for one in resting)
        ]

    def refuse(self, faces: Iterable[Face], picture: int) -> None:
        """They were no faces: they rest, and longer each time."""
        for face in faces:
            rest = max((2 * one.rest for one in self._refused if one.is_like(face)), default=_REST)
            self._refused = [one for one in self._refused if not one.is_like(face)]
            self._refused.append(_Refused(_without_keypoints(face.box, face.score), picture, min(rest, _LONGEST_REST)))

    def keep(self, candidates: Sequence[Face], found: Sequence[Face]) -> None:
        """These wait, but for those that have been found to be faces."""
        left = apart(candidates, found)[:_MOST_WAITING]
        self.waiting = [_without_keypoints(face.box, face.score) for face in left]


def _without_keypoints(box: tuple[float, float, float, float], score: float) -> Face:
    return Face(box, np.zeros((6, 2), np.float32), score)
