"""What a person may change while faces are being read."""

from dataclasses import dataclass


@dataclass
class RecognizerSettings:
    """Read anew with each frame, so that a change counts at once."""

    max_faces: int = 16
    """The largest faces that are read."""
    min_face_score: float = 0.5
    """Of the detector, from 0.5: fainter faces are passed over."""
    smoothing_s: float = 0.3
    """Memory of the smoothed probabilities; 0 smooths nothing."""
    coverage: float = 0.9
    """How often the set of expressions shall hold the right one, 0.8 to 0.99; of models whose card knows it."""
    min_confidence: float = 0.4
    """Of other models, a prediction whose best probability is below this is not sure."""
