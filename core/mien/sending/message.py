"""What is sent of one frame: figures and words. A picture, or a name that a person gave, has no place in it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mien.faces.pose.values import EVERY
from mien.types import Prediction, Recognition


@dataclass(frozen=True, slots=True)
class SentFace:
    """One face of a frame."""

    person: int
    """The number that the Live page shows: that of the track, since who came back is known at a session's end only."""
    box: tuple[float, ...]
    """Left, top, width, height, px of the frame."""
    score: float
    """How sure the detector is, 0..1."""
    probabilities: dict[str, float]
    """Of each class, in the model's order; smoothed."""
    label: str
    reliability: float
    """How likely the label is to be right, 0..1."""
    set: tuple[str, ...]
    """The prediction set, the most probable first."""
    why: tuple[str, ...]
    """Why it is not sure; empty where it is."""
    pose: dict[str, float] | None = None
    """Head pose, eyes and mouth by the names of `mien.faces.pose.values`; None where they were not measured."""


@dataclass(frozen=True, slots=True)
class Message:
    """One frame."""

    time_s: float
    """The frame's own: of a camera the seconds since it was opened."""
    frame: int
    """Its index in the source."""
    clock_s: float
    """Of `time.perf_counter`, at the capture."""
    faces: tuple[SentFace, ...]
    """The largest first; empty where none was found."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: t, frame, faces."""
        return {"t": self.time_s, "frame": self.frame, "faces": [asdict(face) for face in self.faces]}


def message_of(recognition: Recognition, classes: Sequence[str], clock_s: float) -> Message:
    """What is sent of a recognition, rounded as in a session's table.

    Args:
        recognition: of one frame.
        classes: the C names that its probabilities stand for.
        clock_s: of `time.perf_counter`, at the capture.
    """
    faces = tuple(_face(prediction, classes) for prediction in recognition.predictions)
    return Message(round(recognition.time_s, 6), recognition.frame_index, clock_s, faces)


def _face(prediction: Prediction, classes: Sequence[str]) -> SentFace:
    face = prediction.face
    return SentFace(
        person=prediction.track_id,
        box=tuple(round(float(side), 2) for side in face.box),
        score=round(float(face.score), 4),
        probabilities={
            name: round(float(value), 5) for name, value in zip(classes, prediction.probabilities, strict=True)
        },
        label=prediction.label,
        reliability=round(prediction.reliability, 5),
        set=tuple(classes[i] for i in prediction.expressions),
        why=prediction.unsure,
        pose=None if prediction.pose is None else {v.name: v.rounded(prediction.pose) for v in EVERY},
    )
