"""The columns of OpenFace 2 (Baltrusaitis et al. 2018), in its order. There are no action units and no gaze."""

from collections.abc import Iterable

from mien.session.columns import FRAME, PERSON, SCORE, TIME_S, TRACK, WHY, Value
from mien.session.schemes.base import Columns, ColumnScheme, Origin
from mien.session.schemes.values import given, landmarks, radians

_AMBIGUOUS = "ambiguous"  # of an expression; the picture is good
# Its readers keep frames of 0.95 and more.
_GOOD, _SPREAD, _BAD = 0.95, 0.05, 0.9
_PLACES = {"pose_Tx": "pose_x_mm", "pose_Ty": "pose_y_mm", "pose_Tz": "pose_z_mm"}
_ANGLES = {"pose_Rx": "pose_pitch", "pose_Ry": "pose_yaw", "pose_Rz": "pose_roll"}


def _apply(columns: Columns, origin: Origin) -> Iterable[tuple[str, list[Value]]]:
    scores, why = columns[SCORE.name], given(columns, WHY.name)
    yield "frame", [int(index or 0) + 1 for index in columns[FRAME.name]]
    yield "face_id", [int(person or 0) for person in columns[PERSON.name]]
    yield "timestamp", columns[TIME_S.name]
    yield "confidence", [_confidence(score, reasons) for score, reasons in zip(scores, why, strict=True)]
    yield "success", [int(track is not None) for track in columns[TRACK.name]]
    for name, own in _PLACES.items():
        yield name, given(columns, own)
    for name, own in _ANGLES.items():
        yield name, radians(columns, own)
    points = dict(landmarks(columns))
    yield from points.items()
    for name, values in columns.items():
        if name not in (FRAME.name, TIME_S.name, *_PLACES.values(), *points):
            yield name, values


def _confidence(score: Value, why: Value) -> float:
    """0.95 and more where the face can be seen well, as OpenFace means it: not whether its expression is clear."""
    if score is None:
        return 0.0
    if set(str(why or _AMBIGUOUS).split("|")) <= {_AMBIGUOUS}:
        return round(_GOOD + _SPREAD * float(score), 4)
    return round(_BAD * float(score), 4)


OPENFACE = ColumnScheme("openface", "OpenFace", _apply, {"frame": "whole", "face_id": "whole", "success": "whole"})
