"""What a person may change while faces are recognised."""

import math
from dataclasses import dataclass

from mien.errors import MienError
from mien.probabilities.conformal import check_coverage
from mien.utils.counts import whole


@dataclass
class RecognizerSettings:
    """Taken anew for each frame, so that a change counts at once."""

    max_faces: int = 16
    """How many faces of a frame are classified: the largest."""
    min_face_score: float = 0.5
    """From 0.5: faces with a lower score of the detector are left out."""
    smoothing_s: float = 0.3
    """Time constant of the smoothed probabilities; 0 smooths nothing."""
    coverage: float = 0.9
    """How often the prediction set is to hold the right class, 0.8 to 0.99. For models whose card has values for it."""
    min_confidence: float = 0.4
    """For all other models: a prediction with a lower confidence is not sure."""
    pose: bool = False
    """Also measure head pose, eyes and mouth, of faces of at least 48 px."""

    def __post_init__(self) -> None:
        self.max_faces = whole(self.max_faces, "max_faces")
        if not 0 <= self.smoothing_s < math.inf:
            raise MienError("smoothing_s must be a number of seconds, 0 or more.")
        check_coverage(self.coverage)
        if not (0 <= self.min_face_score <= 1 and 0 <= self.min_confidence <= 1):
            raise MienError("min_face_score and min_confidence must be from 0 to 1.")
