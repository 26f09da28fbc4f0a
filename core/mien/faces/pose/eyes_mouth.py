"""How far eyes and mouth are open, and blinks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Landmarks: the corners, then pairs of an upper and a lower point.
_LEFT_EYE = (33, 133, (160, 144), (159, 145), (158, 153))
_RIGHT_EYE = (263, 362, (387, 373), (386, 374), (385, 380))
_MOUTH = (78, 308, (13, 14))  # its inner edge

CLOSED, OPEN = 0.20, 0.23
"""A pair of eyes is closed below the one and open above the other: of two people filmed, 0.15 to 0.18 with the eyes
shut, 0.24 to 0.33 with them open."""
LONGEST_BLINK_S = 0.5
"""Eyes that stay closed for longer have not blinked."""
_FORGET_S = 1.5  # as the tracker does


def openness(landmarks: NDArray[np.float32]) -> tuple[float, float, float]:
    """Of the left eye, the right eye (as seen in the picture), and the mouth: its height over its width, from 0.

    Measured in space, so that it does not fall where a head turns. Of eyes it is the eye aspect ratio (Soukupová and
    Čech 2016), with three pairs of points rather than two.

    Args:
        landmarks: (468, 3), px.
    """
    left, right, mouth = (_ratio(landmarks, *part) for part in (_LEFT_EYE, _RIGHT_EYE, _MOUTH))
    return left, right, mouth


def _ratio(landmarks: NDArray[np.float32], one: int, other: int, *pairs: tuple[int, int]) -> float:
    width = np.linalg.norm(landmarks[one] - landmarks[other])
    heights = [np.linalg.norm(landmarks[upper] - landmarks[lower]) for upper, lower in pairs]
    return float(np.mean(heights) / max(width, 1e-6))


class Blinks:
    """Notices when eyes that were closed for a moment open again, track by track."""

    def __init__(self) -> None:
        self._tracks: dict[int, tuple[float, float | None]] = {}  # when last seen, since when closed

    def state_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {str(number): list(kept) for number, kept in self._tracks.items()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on with what `state_dict` gave."""
        self._tracks = {
            int(number): (float(seen_s), None if closed_s is None else float(closed_s))
            for number, (seen_s, closed_s) in state.items()
        }

    def update(self, track: int, left: float, right: float, time_s: float) -> bool:
        """Whether the track's eyes open after a blink in this frame.

        Args:
            track: whose eyes.
            left: how far the left one is open, see `openness`.
            right: likewise.
            time_s: of the frame.
        """
        now = (left + right) / 2
        self._tracks = {n: kept for n, kept in self._tracks.items() if 0 <= time_s - kept[0] <= _FORGET_S}
        before = self._tracks.get(track)
        closed_s = before[1] if before else None
        blinked = closed_s is not None and now > OPEN and time_s - closed_s <= LONGEST_BLINK_S
        if now < CLOSED:
            # Eyes that are closed when they are first seen may have been so for long.
            closed_s = closed_s if closed_s is not None else time_s if before else time_s - LONGEST_BLINK_S - 1
        elif now > OPEN:
            closed_s = None
        self._tracks[track] = time_s, closed_s
        return blinked
