"""Tracks faces from frame to frame, so that each keeps one number and its probabilities can be smoothed.

The maintained trackers on the package index bring a second OpenCV, which breaks the first. This one is small: a
constant-velocity guess for each track, and the cheapest assignment of faces to tracks.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.faces.alignment import quarter_turns
from mien.faces.places import ExpectedFace
from mien.types import Face
from mien.utils.assignment import cheapest_pairs

PATIENCE_S = 1.5
"""How long a face may be out of sight and keep its number."""
_REACH = 0.9  # how far a face may be from where it is expected, in face sizes...
_REACH_PER_S = 1.5  # ...and how much farther for each second out of sight
_RESIZE = math.log(2.0)  # how much a face may grow or shrink from frame to frame, and again in each second out of sight
NEWEST_WEIGHT = 0.5
"""Of the newest step in the velocity."""
_COAST_S = 0.4  # how long a face out of sight is expected to keep moving


@dataclass
class _Track:
    number: int
    centre: NDArray[np.float64]
    size: float
    seen_s: float
    velocity: NDArray[np.float64]
    turns: int = 0
    """Quarters by which the face is turned, clockwise."""

    def guess(self, time_s: float) -> NDArray[np.float64]:
        """Where the face is expected, x and y."""
        return self.centre + self.velocity * min(time_s - self.seen_s, _COAST_S)

    def cost(self, centre: NDArray[np.float64], size: float, time_s: float) -> float:
        """How badly a face fits; infinite where it cannot be this track's."""
        away_s = time_s - self.seen_s
        distance = float(np.hypot(*(centre - self.guess(time_s)))) / max(self.size, size)
        resize = abs(math.log(size / self.size))
        if distance > _REACH + _REACH_PER_S * away_s or resize > _RESIZE * (1 + away_s):
            return math.inf
        return distance + 0.5 * resize

    def move(self, centre: NDArray[np.float64], size: float, time_s: float) -> None:
        elapsed = time_s - self.seen_s
        if elapsed > 0:
            step = (centre - self.centre) / elapsed
            self.velocity = NEWEST_WEIGHT * step + (1 - NEWEST_WEIGHT) * self.velocity
        self.centre, self.size, self.seen_s = centre, size, time_s


class Tracker:
    """Gives each face of a frame the number of its track. Numbers count from 1."""

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._next = 1

    def state_dict(self) -> dict[str, Any]:
        """The tracks, as plain values for JSON."""
        tracks = [[t.number, t.centre.tolist(), t.size, t.seen_s, t.velocity.tolist(), t.turns] for t in self._tracks]
        return {"next": self._next, "tracks": tracks}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on with the stream whose `state_dict` this is."""
        self._next = state["next"]
        self._tracks = [
            _Track(number, np.array(centre, float), size, seen_s, np.array(velocity, float), *turns)
            for number, centre, size, seen_s, velocity, *turns in state["tracks"]
        ]

    def end_all(self) -> None:
        """End every track: no face that comes has the number of one before."""
        self._tracks = []

    def expected(self, time_s: float) -> list[ExpectedFace]:
        """Where the faces of a moment ago should be now."""
        recent = (track for track in self._tracks if 0 <= time_s - track.seen_s <= _COAST_S)
        places = ((track, *track.guess(time_s).tolist()) for track in recent)
        return [ExpectedFace(x, y, track.size, track.turns) for track, x, y in places]

    def update(self, faces: list[Face], time_s: float) -> list[int]:
        """Match one frame's faces with the tracks.

        Args:
            faces: in any order.
            time_s: of the frame; when time goes back (a file starts again), all tracks end.

        Returns:
            The number of each face's track.
        """
        if any(track.seen_s > time_s for track in self._tracks):
            self._tracks = []
        self._tracks = [track for track in self._tracks if time_s - track.seen_s <= PATIENCE_S]
        found = [(np.array(face.centre), max(face.size, 1.0)) for face in faces]
        numbers = [0] * len(faces)
        costs = np.array([[track.cost(*item, time_s) for item in found] for track in self._tracks])
        if costs.size:
            # An impossible pair costs more than all possible ones together, and is left out afterwards.
            possible = np.isfinite(costs)
            prohibitive = 1 + costs[possible].sum()
            for row, column in cheapest_pairs(np.where(possible, costs, prohibitive)):
                if possible[row, column]:
                    self._tracks[row].move(*found[column], time_s)
                    self._tracks[row].turns = quarter_turns(faces[column])
                    numbers[column] = self._tracks[row].number
        for i, (centre, size) in enumerate(found):
            if not numbers[i]:
                self._tracks.append(_Track(self._next, centre, size, time_s, np.zeros(2), quarter_turns(faces[i])))
                numbers[i] = self._next
                self._next += 1
        return numbers
