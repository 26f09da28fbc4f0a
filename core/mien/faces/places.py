"""Where faces are expected, and which of the finds are one face."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from mien.types import Face

SAME = 0.3
"""Intersection over union of two boxes of one face."""
_GROWN = 1.6  # times, at most, from one picture of a stream to the next


class ExpectedFace(NamedTuple):
    """Where a face should be, px."""

    x: float
    y: float
    """Of its middle."""
    size: float
    turns: int = 0
    """Quarters by which it is turned, clockwise."""


def is_among(places: Iterable[ExpectedFace], place: ExpectedFace) -> bool:
    """Whether one of the places is about this one."""
    return any(max(abs(one.x - place.x), abs(one.y - place.y)) < place.size / 2 for one in places)


def near(face: Face, x: float, y: float, size: float) -> bool:
    """Whether a face is about where one of this middle and size is, and about as large."""
    return (
        max(abs(face.centre[0] - x), abs(face.centre[1] - y)) < size / 2 and size / _GROWN < face.size < size * _GROWN
    )


def distinct(faces: Sequence[Face]) -> list[Face]:
    """Of faces that overlap only the first."""
    ranks = [1 - place / len(faces) for place in range(len(faces))]
    keep = cv2.dnn.NMSBoxes([face.box for face in faces], ranks, 0.0, SAME) if faces else ()
    return [faces[int(i)] for i in np.asarray(keep, int).flatten()]


def apart(candidates: Iterable[Face], faces: Sequence[Face]) -> list[Face]:
    """The candidates whose middle lies in none of the faces, nor the middle of a face in theirs."""

    def inside(one: Face, other: Face) -> bool:
        left, top, width, height = other.box
        x, y = one.centre
        return left <= x <= left + width and top <= y <= top + height

    return [one for one in candidates if not any(inside(one, face) or inside(face, one) for face in faces)]
