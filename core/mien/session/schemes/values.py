"""Parts that several schemes have in common."""

import math
from collections.abc import Iterator

from mien.session.columns import LANDMARKS, Value
from mien.session.schemes.base import Columns


def absent(columns: Columns) -> list[Value]:
    """A column of nothing."""
    return [None] * len(next(iter(columns.values()), ()))


def given(columns: Columns, name: str) -> list[Value]:
    """A column, empty where the session lacks it."""
    return columns[name] if name in columns else absent(columns)


def landmarks(columns: Columns) -> Iterator[tuple[str, list[Value]]]:
    """The columns of the 68 landmarks that Py-Feat and OpenFace have; empty where the session lacks them."""
    return ((column.name, given(columns, column.name)) for column in LANDMARKS)


def radians(columns: Columns, name: str, sign: int = 1) -> list[Value]:
    """A column of degrees in radians; `sign` is -1 where the tool counts the other way."""
    return [
        None if value is None else round(sign * math.radians(float(value)), 5) + 0.0 for value in given(columns, name)
    ]
