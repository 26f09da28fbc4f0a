"""What flows through Mien: a frame, the faces in it, a prediction for each face."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture as OpenCV holds it: (height, width, 3) in BGR, or (height, width) in grey; 0..255."""

Reason = Literal["small", "blurred", "turned", "unlike", "ambiguous"]
"""Why a reading is not sure; `mien.probabilities.unsure_reasons` says each in a sentence."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a source."""

    index: int
    """Counts from 0 in the order of the source."""
    time_s: float
    """Seconds since the source began: a file's own time stamp, or the clock for a camera."""
    image: Image = field(repr=False)
    """BGR, (height, width, 3)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face found in a frame. All positions are pixels of that frame."""

    box: tuple[float, float, float, float]
    """Left, top, width, height."""
    keypoints: NDArray[np.float32] = field(repr=False)
    """(6, 2), x and y: the eye on the picture's left, the eye on its right, nose tip, mouth, and both ears."""
    score: float
    """The detector's own score, 0..1."""

    @property
    def size(self) -> float:
        """The longer side of the box, in pixels."""
        return max(self.box[2], self.box[3])

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box, x and y."""
        left, top, width, height = self.box
        return left + width / 2, top + height / 2


@dataclass(frozen=True, slots=True)
class BalancingTrace:
    """How reliability balancing came to its reading of one face in one frame."""

    before: NDArray[np.float32]
    """(C,) probabilities that the classifier alone gives, calibrated as the corrected ones are."""
    parts: NDArray[np.float32]
    """(3, C) distributions of classifier, anchors and attention, as the network has them; zero where one is off."""
    shares: NDArray[np.float32]
    """(3,) how much each of them counts in the corrected reading; they add to 1."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the recogniser says of one face in one frame."""

    track_id: int
    """The same number for the same person from frame to frame."""
    face: Face
    probabilities: NDArray[np.float32]
    """(C,), sums to 1, in the order of the model's classes; smoothed over the track's last moments."""
    raw_probabilities: NDArray[np.float32]
    """(C,), of this frame alone."""
    label: str
    """The class with the highest probability."""
    sure: bool
    """Whether nothing speaks against naming the label alone."""
    frame_index: int
    time_s: float
    expressions: tuple[int, ...] = ()
    """The classes of which the right one is one as often as the settings ask for, the most probable first; formed from
    `probabilities`. Empty where the model's card does not say how."""
    unsure: tuple[Reason, ...] = ()
    """Why it is not sure; empty where it is."""
    balance: BalancingTrace | None = None
    """Of `raw_probabilities`; None of a model without balancing."""

    @property
    def confidence(self) -> float:
        """The probability of the label."""
        return float(self.probabilities.max())

    @property
    def reliability(self) -> float:
        """How likely the label is to be right, 0..1: its probability, calibrated on validation faces.

        Margin, entropy and a regression on all probabilities were tried: none made the 80% most reliable readings of
        validation faces right more often by half a point.
        """
        return self.confidence


SAME_TIME_S = 1e-4
"""Times no farther apart than this are one frame's: tables keep microseconds, recorded videos 1/90000 s."""


@dataclass(frozen=True)
class ResizerViews:
    """What the network makes of one face; pictures are (h, w) grey or (h, w, 3) BGR."""

    bilinear: Image
    """The crop, enlarged bilinearly to the backbone's input."""
    learned: Image
    """What the backbone sees: after super-resolution and the learned resizer."""
    crop_px: int
    """Side of the crop that the network took."""


@dataclass(frozen=True)
class Recognition:
    """All faces of one frame."""

    frame_index: int
    time_s: float
    predictions: tuple[Prediction, ...]
    views: tuple[ResizerViews, ...]
    """One for each prediction; empty unless asked for."""
