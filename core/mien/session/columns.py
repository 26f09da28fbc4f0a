"""The columns of a session's table, each declared once: one row per face and frame, one for a frame without a face."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mien.expressions import OR
from mien.faces.pose import values
from mien.faces.pose.ibug68 import MESH_POINTS
from mien.faces.pose.values import POSE_VALUES, PoseValue
from mien.probabilities.unsure_reasons import REASONS, SMALL_PX
from mien.types import Frame, Prediction, Reason, Recognition

Kind = Literal["whole", "number", "text"]
Value = int | float | str | None

_AND = "|"  # between reasons, and between flags


def _nothing(frame: Frame) -> Value:
    return None


@dataclass(frozen=True)
class Column:
    """One column: what it means, how it is written, and how it is read back."""

    name: str
    kind: Kind
    unit: str
    """px, s, a range, or empty."""
    meaning: str
    of_face: Callable[[Frame, Prediction], Value] | None = None
    """Its cell in a face's row; None where that says no more than `of_frame`."""
    of_frame: Callable[[Frame], Value] = _nothing
    """Its cell in the row of a frame without a face."""
    parse: Callable[[str], Any] = str
    """What a cell of text becomes in `mien.session.rows.Rows`; numbers stay what they are."""
    default: str | None = None
    """The cell that older tables, which lack the column, are read with; None of a column that every table has."""

    def cell(self, frame: Frame, prediction: Prediction | None) -> Value:
        """What is written for a face, or for a frame without one."""
        if prediction is None or self.of_face is None:
            return self.of_frame(frame)
        return self.of_face(frame, prediction)


FRAME = Column("frame", "whole", "", "the frame's index in the file, from 0", of_frame=lambda frame: frame.index)
TIME_S = Column(
    "time_s",
    "number",
    "s",
    "the frame's own time in the file (pts), on the file's clock: the first frame's need not be 0",
    of_frame=lambda frame: round(frame.time_s, 6),
)
PERSON = Column(
    "person",
    "whole",
    "",
    "who it is: tracks that look alike and never overlap in time are one person; empty for a track of fewer than 3 "
    "frames, which is mostly no face",
)  # not in the journal: who is who is known at the end
TRACK = Column(
    "track",
    "whole",
    "",
    "one face tracked without a gap of more than 1.5 s; empty where there is no face",
    lambda frame, prediction: prediction.track_id,
)


def _side(place: int, name: str, meaning: str) -> Column:
    return Column(name, "number", "px", meaning, lambda frame, prediction: round(float(prediction.face.box[place]), 2))


BOX = (
    _side(0, "left", "the box's left edge in the frame, upright and in square pixels"),
    _side(1, "top", "the box's upper edge"),
    _side(2, "width", "the box's width"),
    _side(3, "height", "the box's height"),
)
"""`Face.box`, in its order."""


def _keypoint(place: int, name: str, meaning: str) -> tuple[Column, Column]:
    def coordinate(axis: int) -> Callable[[Frame, Prediction], Value]:
        return lambda frame, prediction: round(float(prediction.face.keypoints[place, axis]), 2)

    return (
        Column(f"{name}_x", "number", "px", meaning, coordinate(0)),
        Column(f"{name}_y", "number", "px", meaning, coordinate(1)),
    )


KEYPOINTS = (
    *_keypoint(0, "eye_l", "the eye on the picture's left"),
    *_keypoint(1, "eye_r", "the eye on the picture's right"),
    *_keypoint(2, "nose", "the tip of the nose"),
    *_keypoint(3, "mouth", "the middle of the mouth"),
    *_keypoint(4, "ear_l", "the ear on the picture's left"),
    *_keypoint(5, "ear_r", "the ear on the picture's right"),
)
"""`Face.keypoints`, in their order."""
SCORE = Column(
    "score",
    "number",
    "0..1",
    "how sure the detector is that this is a face",
    lambda frame, prediction: round(prediction.face.score, 4),
)
SIZE_PX = Column(
    "size_px",
    "number",
    "px",
    "the box's longer side",
    lambda frame, prediction: round(prediction.face.size, 2),
)


def probabilities(classes: Sequence[str]) -> tuple[Column, ...]:
    """`Prediction.probabilities`, a column for each class, in their order."""

    def probability(place: int) -> Callable[[Frame, Prediction], Value]:
        return lambda frame, prediction: round(float(prediction.probabilities[place]), 5)

    return tuple(
        Column(f"p_{name}", "number", "0..1", f"the probability of {name}", probability(place))
        for place, name in enumerate(classes)
    )


LABEL = Column(
    "label", "text", "", "the expression with the highest probability", lambda frame, prediction: prediction.label
)
RELIABILITY = Column(
    "reliability",
    "number",
    "0..1",
    "that probability, calibrated on validation faces, among which such a prediction is right as often",
    lambda frame, prediction: round(prediction.reliability, 5),
)


def expressions(classes: Sequence[str]) -> Column:
    """`Prediction.expressions`, by name."""

    def parse(text: str) -> tuple[int, ...]:
        return tuple(classes.index(name) for name in text.split(OR) if name in classes)

    return Column(
        "expressions",
        "text",
        "",
        "the set that holds the right expression as often as was asked for (90% of single faces like the validation "
        "ones), the most probable first, with ' or ' between; empty where the model card lacks the values for it",
        lambda frame, prediction: OR.join(classes[i] for i in prediction.expressions),
        parse=parse,
        default="",
    )


def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(reason for reason in REASONS if reason in text.split(_AND))


WHY = Column(
    "why",
    "text",
    "",
    f"why it is not sure, words with | between them: {', '.join(REASONS)}",
    lambda frame, prediction: _AND.join(prediction.unsure),
    parse=_reasons,
    default="",
)


def _flags(frame: Frame, prediction: Prediction) -> str:
    face, (tall, wide) = prediction.face, frame.image.shape[:2]
    left, top, width, height = face.box
    cut = left < 0 or top < 0 or left + width > wide or top + height > tall
    flags = {"small": face.size < SMALL_PX, "cut": cut, "unsure": not prediction.sure}
    return _AND.join(name for name, holds in flags.items() if holds)


FLAGS = Column(
    "flags",
    "text",
    "",
    "words with | between them: no_face, small, cut (by the frame's edge), unsure",
    _flags,
    lambda frame: "no_face",
    parse=lambda text: text.split(_AND),
)


def _of_pose(value: PoseValue, kind: Kind = "number") -> Column:
    def cell(frame: Frame, prediction: Prediction) -> Value:
        pose = prediction.pose
        return None if pose is None else value.rounded(pose) if kind == "number" else int(value.of(pose))

    return Column(value.name, kind, value.unit, value.meaning, cell, default="")


POSE = tuple(_of_pose(value) for value in POSE_VALUES)
"""The figures of `Prediction.pose`, in their order; empty where a face was too small for it."""
BLINK = _of_pose(values.BLINK, "whole")


def _landmark(axis: int, place: int) -> Column:
    def cell(frame: Frame, prediction: Prediction) -> Value:
        pose = prediction.pose
        return None if pose is None else round(float(pose.landmarks[MESH_POINTS[place], axis]), 2)

    meaning = f"point {place} of the 68 of iBUG's scheme, " + ("from the left", "from the top")[axis]
    return Column(f"{'xy'[axis]}_{place}", "number", "px", meaning, cell, default="")


LANDMARKS = tuple(_landmark(axis, place) for axis in (0, 1) for place in range(len(MESH_POINTS)))
"""68 of the landmarks of `Prediction.pose`, named as Py-Feat and OpenFace do: x_0 to x_67, then y_0 to y_67."""


def columns(classes: Sequence[str], *, pose: bool = False, landmarks: bool = False) -> tuple[Column, ...]:
    """A session's columns in their order.

    Args:
        classes: of the model.
        pose: with those of head pose, eyes and mouth, which a session has where they were asked for.
        landmarks: with those of 68 landmarks, likewise.
    """
    return (
        FRAME,
        TIME_S,
        PERSON,
        TRACK,
        *BOX,
        *KEYPOINTS,
        SCORE,
        SIZE_PX,
        *probabilities(classes),
        LABEL,
        RELIABILITY,
        expressions(classes),
        WHY,
        FLAGS,
        *((*POSE, BLINK) if pose else ()),
        *(LANDMARKS if landmarks else ()),
    )


def exported_columns(classes: Sequence[str]) -> tuple[Column, ...]:
    """What exported rows have besides."""
    return (
        Column("name", "text", "", "what the person is called"),
        *(
            Column(f"change_{name}", "number", "-1..1", f"p_{name} less the person's baseline, where one is set")
            for name in classes
        ),
    )


def journal_columns(classes: Sequence[str], *, pose: bool = False, landmarks: bool = False) -> tuple[Column, ...]:
    """The columns while a session is being made, when it is not yet known who is who."""
    return tuple(column for column in columns(classes, pose=pose, landmarks=landmarks) if column is not PERSON)


def pandas_types(columns: Iterable[Column]) -> dict[str, str]:
    """The types of a data frame's columns of numbers, by name: the same where it has no row, or only empty cells."""
    types = {"whole": "Int64", "number": "float64"}
    return {c.name: "int64" if c is FRAME else types[c.kind] for c in columns if c.kind in types}


def rows(
    frame: Frame, recognition: Recognition, classes: Sequence[str], *, pose: bool = False, landmarks: bool = False
) -> list[list[Value]]:
    """One frame's rows, in the order of `journal_columns` with the same arguments."""
    own = journal_columns(classes, pose=pose, landmarks=landmarks)
    return [[column.cell(frame, prediction) for column in own] for prediction in recognition.predictions or (None,)]
