"""Parts that several schemes have in common."""

import math

from mien.session.columns import Value
from mien.session.schemes.base import Columns

LANDMARKS = tuple(f"{axis}_{place}" for axis in "xy" for place in range(68))
"""Of the 68 points of a face that Py-Feat and OpenFace have. Mien measures none of them."""


def absent(columns: Columns) -> list[Value]:
    """A column of nothing."""
    return [None] * len(next(iter(columns.values()), ()))


def given(columns: Columns, name: str) -> list[Value]:
    """A column, empty where the session lacks it."""
    return columns[name] if name in columns else absent(columns)


def radians(columns: Columns, name: str, sign: int = 1) -> list[Value]:
    """A column of degrees in radians; `sign` is -1 where the tool counts the other way."""
    return [
        None if value is None else round(sign * math.radians(float(value)), 5) + 0.0 for value in given(columns, name)
    ]
