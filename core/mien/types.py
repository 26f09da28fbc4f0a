"""What flows through Mien: a frame, the faces in it, a prediction for each face.

What holds arrays equals itself alone, as an array has no one answer to `==`; so it can be in a list or a set.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture as in OpenCV: (height, width, 3) in BGR, or (height, width) in grey; 0..255."""

Reason = Literal["small", "blurred", "turned", "unlike", "ambiguous"]
"""Why a prediction is not sure; `mien.probabilities.unsure_reasons` has a sentence for each."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source."""

    index: int
    """Counts from 0, in the order of the source."""
    time_s: float
    """A file's own time stamp; of a camera the seconds since it was opened."""
    image: Image = field(repr=False)
    """BGR, (height, width, 3). A recogniser also takes what `mien.utils.given_pictures` can make one of."""
    still: bool = False
    """It has nothing to do with the frame before it; else it is one of a stream."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face that was detected in a frame. All positions are pixels of that frame."""

    box: tuple[float, float, float, float]
    """Left, top, width, height, px."""
    keypoints: NDArray[np.float32] = field(repr=False)
    """(6, 2), x and y, px: the left and the right eye as one sees the face upright, nose tip, mouth, left and right
    ear."""
    score: float
    """How sure the detector is, 0..1."""

    @property
    def size(self) -> float:
        """The longer side of the box, in pixels."""
        return max(self.box[2], self.box[3])

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box, x and y, in pixels."""
        left, top, width, height = self.box
        return left + width / 2, top + height / 2


@dataclass(frozen=True, slots=True, eq=False)
class BalancingTrace:
    """How reliability balancing came to its probabilities for one face in one frame."""

    before: NDArray[np.float32]
    """(C,) probabilities of the classifier alone, calibrated as the corrected ones are."""
    parts: NDArray[np.float32]
    """(3, C) distributions of classifier, anchors and attention, not calibrated; zero where one is switched off."""
    shares: NDArray[np.float32]
    """(3,) how much each of them counts in the corrected probabilities; they sum to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadPose:
    """Where one face's head is and where it points in one frame, and how far its eyes and mouth are open.

    Axes and signs are OpenFace's: x to the picture's right, y down, z away from the camera; the head is turned by
    Rx(pitch) Ry(yaw) Rz(roll). A face that looks into the camera has 0, 0, 0 wherever it is in the picture.
    """

    yaw_deg: float
    """Degrees; positive towards the picture's left."""
    pitch_deg: float
    """Degrees; positive downwards."""
    roll_deg: float
    """Degrees; positive clockwise, as seen in the picture."""
    place_mm: tuple[float, float, float]
    """Of the bridge of the nose, x, y, z from the camera, mm; for a head of average size, and a camera whose focal
    length is the longer side of its picture in px (53 degrees)."""
    eye_left_open: float
    """The height of the eye on the picture's left over its width: about 0.3 where it is open, below 0.2 where shut."""
    eye_right_open: float
    """The same of the eye on the picture's right."""
    mouth_open: float
    """The height of the gap between the lips over its width, from 0."""
    blink: bool
    """Whether the eyes open in this frame after they were shut for at most half a second; never in a still."""
    landmarks: NDArray[np.float32] = field(repr=False)
    """(468, 3) of MediaPipe's face mesh: x, y, px of the frame, and depth, in the same px; (0, 3) where they were not
    kept, as in a session's table."""


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What a model says of one face in one frame."""

    track_id: int
    """The same number from frame to frame while the face is tracked."""
    face: Face
    probabilities: NDArray[np.float32]
    """(C,), sum to 1, in the order of the model's classes; smoothed over the track's last moments."""
    raw_probabilities: NDArray[np.float32]
    """(C,), of this frame alone."""
    label: str
    """The class with the highest probability."""
    sure: bool
    """Whether the label may be named alone."""
    frame_index: int
    """Of its `Frame`, as the time."""
    time_s: float
    expressions: tuple[int, ...] = ()
    """The prediction set: the classes that hold the right one as often as the settings ask for, the most probable
    first; formed from `probabilities`. Empty where the model's card lacks the values for it."""
    unsure: tuple[Reason, ...] = ()
    """Why it is not sure; empty where it is."""
    balance: BalancingTrace | None = None
    """Of `raw_probabilities`; None of a model without balancing."""
    pose: HeadPose | None = None
    """None unless asked for, and of faces that are too small for it."""

    @property
    def confidence(self) -> float:
        """The probability of the label."""
        return float(self.probabilities.max())

    @property
    def reliability(self) -> float:
        """How likely the label is to be right, 0..1: its probability, calibrated on validation faces.

        Margin, entropy and a regression on all probabilities were tried: with none of them were the 80% most reliable
        predictions on validation faces right more often by even half a point.
        """
        return self.confidence


ROTATIONS = (0, 90, 180, 270)
"""By how many degrees, clockwise, pictures can be turned before anything else is done with them."""
SAME_TIME_S = 1e-4
"""Two times that differ by no more than this belong to one frame: tables keep microseconds, videos 1/90000 s."""


@dataclass(frozen=True, eq=False)
class ResizerViews:
    """What the resizer makes of one face; pictures are (h, w) grey or (h, w, 3) BGR."""

    bilinear: Image
    """The crop, resized bilinearly to the backbone's input, to compare with."""
    learned: Image
    """What the backbone sees: after super-resolution and the learned resizer."""
    crop_px: int
    """Side of the crop that the network took."""


@dataclass(frozen=True)
class Recognition:
    """All faces of one frame."""

    frame_index: int
    """Of the `Frame`, as the time."""
    time_s: float
    predictions: tuple[Prediction, ...]
    """One for each face that was classified, the largest first."""
    views: tuple[ResizerViews, ...]
    """One for each prediction, in their order; empty unless asked for."""
    left_out: int = 0
    """How many smaller faces were found but not classified, since there were more than the settings allow."""
    low_score: int = 0
    """How many faces were found but not classified, since the settings ask for a higher score."""
