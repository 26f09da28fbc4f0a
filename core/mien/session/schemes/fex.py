"""The columns of Py-Feat's `Fex` (Cheong et al. 2023), as version 2.1 reads them: plain names of expressions, whole
columns for its boxes, poses and landmarks, and the input in each row. There are no action units."""

from collections.abc import Iterable

from mien.session.columns import PERSON, TIME_S, Value
from mien.session.schemes.base import Columns, ColumnScheme, Origin
from mien.session.schemes.values import given, landmarks, radians

_NAMES = {
    "left": "FaceRectX",
    "top": "FaceRectY",
    "width": "FaceRectWidth",
    "height": "FaceRectHeight",
    "score": "FaceScore",
    "pose_x_mm": "X",
    "pose_y_mm": "Y",
    "pose_z_mm": "Z",
}


def _apply(columns: Columns, origin: Origin) -> Iterable[tuple[str, list[Value]]]:
    for name, values in columns.items():
        yield _NAMES.get(name, name.removeprefix("p_")), values
    count = len(columns[TIME_S.name])
    yield "approx_time", [_clock(value) for value in columns[TIME_S.name]]
    # Py-Feat counts persons from 0.
    yield "Identity", [None if one is None else f"Person_{int(one) - 1}" for one in columns[PERSON.name]]
    yield "FrameHeight", [origin.height] * count
    yield "FrameWidth", [origin.width] * count
    # Upwards, and to the person's own right, are positive.
    yield "Pitch", radians(columns, "pose_pitch", -1)
    yield "Roll", radians(columns, "pose_roll", -1)
    yield "Yaw", radians(columns, "pose_yaw")
    for name in ("pose_x_mm", "pose_y_mm", "pose_z_mm"):
        if name not in columns:
            yield _NAMES[name], given(columns, name)
    yield from ((name, values) for name, values in landmarks(columns) if name not in columns)
    yield "input", [origin.path] * count


def _clock(value: Value) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(int(float(value or 0)), 60)
    return f"{minutes:02d}:{seconds:02d}"


FEX = ColumnScheme(
    "fex",
    "Py-Feat",
    _apply,
    {"approx_time": "text", "Identity": "text", "input": "text", "FrameHeight": "whole", "FrameWidth": "whole"},
)
