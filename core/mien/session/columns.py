"""The columns of a session's table: one row a face and frame, one row for a frame without a face."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from mien.errors import MienError
from mien.probabilities.unsure_reasons import SMALL_PX
from mien.types import Frame, Prediction, Recognition

ColumnScheme = Literal["mien", "fex", "openface"]
"""Whose column names faces.csv has: Mien's, Py-Feat's or OpenFace's."""
COLUMN_SCHEMES: tuple[ColumnScheme, ...] = get_args(ColumnScheme)

Kind = Literal["whole", "number", "text"]
Value = int | float | str | None

OR = " or "
"""Between the expressions of a set."""
_POINTS = ("eye_l", "eye_r", "nose", "mouth", "ear_l", "ear_r")
KEYPOINTS = tuple(f"{point}_{axis}" for point in _POINTS for axis in "xy")
"""The columns of `Face.keypoints`, in their order."""


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    kind: Kind
    meaning: str


_BEFORE = (
    Column("frame", "whole", "the frame's place in the file, from 0"),
    Column("time_s", "number", "the frame's own time in the file (pts), seconds"),
    Column("track", "whole", "one face followed without a gap of more than 1.5 s; empty where there is no face"),
    Column("left", "number", "box, px of the frame"),
    Column("top", "number", "box, px"),
    Column("width", "number", "box, px"),
    Column("height", "number", "box, px"),
    *(
        Column(f"{point}_{axis}", "number", f"keypoint, px; l and r as seen in the picture: {point}")
        for point in _POINTS
        for axis in "xy"
    ),
    Column("score", "number", "how sure the detector is that this is a face, 0..1"),
    Column("size_px", "number", "longer side of the box, px"),
)
_AFTER = (
    Column("label", "text", "the expression with the highest probability"),
    Column(
        "reliability", "number", "that probability, calibrated on validation faces: how often such a reading is right"
    ),
    Column(
        "expressions",
        "text",
        "the set that holds the right expression as often as was asked for (90% of single faces like the validation "
        "ones), the most probable first, with ' or ' between; empty where the model's card does not say how",
    ),
    Column("why", "text", "why it is unsure, words with | between them: small, blurred, turned, ambiguous"),
    Column("flags", "text", "words with | between them: no_face, small, cut, unsure"),
)
PERSON = Column(
    "person",
    "whole",
    "who it is: tracks that look alike and never stand side by side are one "
    "person; empty for a track of fewer than 3 frames, which is mostly no face",
)


def columns(classes: Sequence[str]) -> tuple[Column, ...]:
    """A session's columns in their order."""
    named = journal_columns(classes)
    return (*named[:2], PERSON, *named[2:])


def journal_columns(classes: Sequence[str]) -> tuple[Column, ...]:
    """The columns while a session is being made, when it is not yet known who is who."""
    probabilities = (Column(f"p_{name}", "number", f"probability of {name}, 0..1") for name in classes)
    return (*_BEFORE, *probabilities, *_AFTER)


def rows(frame: Frame, recognition: Recognition, classes: Sequence[str]) -> list[list[Value]]:
    """One frame's rows, in the order of `journal_columns`."""
    if not recognition.predictions:
        blank: list[Value] = [None] * (len(journal_columns(classes)) - 3)
        return [[frame.index, round(frame.time_s, 6), *blank, "no_face"]]
    return [_row(frame, prediction, classes) for prediction in recognition.predictions]


def _row(frame: Frame, prediction: Prediction, classes: Sequence[str]) -> list[Value]:
    face = prediction.face
    return [
        frame.index,
        round(frame.time_s, 6),
        prediction.track_id,
        *(round(float(v), 2) for v in face.box),
        *(round(float(v), 2) for v in face.keypoints.flatten()),
        round(face.score, 4),
        round(face.size, 2),
        *(round(float(p), 5) for p in prediction.probabilities),
        prediction.label,
        round(prediction.reliability, 5),
        OR.join(classes[i] for i in prediction.expressions),
        "|".join(prediction.unsure),
        "|".join(_flags(frame, prediction)),
    ]


def _flags(frame: Frame, prediction: Prediction) -> list[str]:
    face, (tall, wide) = prediction.face, frame.image.shape[:2]
    left, top, width, height = face.box
    cut = left < 0 or top < 0 or left + width > wide or top + height > tall
    flags = {"small": face.size < SMALL_PX, "cut": cut, "unsure": not prediction.sure}
    return [name for name, holds in flags.items() if holds]


def escape_formula(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


_FEX = {
    "time_s": "approx_time",
    "person": "Identity",
    "left": "FaceRectX",
    "top": "FaceRectY",
    "width": "FaceRectWidth",
    "height": "FaceRectHeight",
    "score": "FaceScore",
}
_OPENFACE = {"time_s": "timestamp", "person": "face_id", "score": "confidence"}


def renamed(name: str, naming: ColumnScheme) -> str:
    """What a column is called for other tools' readers; a column that they do not know keeps its name."""
    if naming == "mien":
        return name
    if naming == "fex":
        return _FEX.get(name, name.removeprefix("p_"))
    return _OPENFACE.get(name, name)


def spreadsheet(
    naming: ColumnScheme, names: Sequence[str], source: str
) -> list[tuple[str, Callable[[Sequence[Value]], Value]]]:
    """The columns of faces.csv: name, and what stands in it, given a row.

    Args:
        naming: whose readers shall understand it.
        names: of the row's values.
        source: name of the file that was read.
    """

    def value(place: int) -> Callable[[Sequence[Value]], Value]:
        return lambda row: row[place]

    made = [(renamed(name, naming), value(place)) for place, name in enumerate(names)]
    if naming == "fex":
        made.append(("input", lambda row: source))
    if naming == "openface":  # which counts frames from 1, and says whether there is a face in a column of its own
        frame, track = names.index("frame"), names.index("track")
        made[frame] = ("frame", lambda row: int(row[frame] or 0) + 1)
        made.append(("success", lambda row: int(row[track] is not None)))
    return made


def check_classes(classes: Sequence[str]) -> None:
    """Refuse a model whose classes would make two columns of one name.

    Raises:
        MienError: they do.
    """
    names = [column.name for column in columns(classes)]
    if len(set(names)) < len(names):
        raise MienError("The model has two classes of the same name: its table would have two columns of one name.")
