"""Who looks like whom within one session: an appearance descriptor of hair, clothes and face in 322 numbers.

It joins the tracks of a person who left and came back in the same clothes and light. It cannot recognise anybody
elsewhere and is not meant to. Nothing of it is kept when the session is finished.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.faces.alignment import crop
from mien.types import Face, Image

Descriptor = NDArray[np.float32]
"""(LENGTH,) of one face, or a sum of several."""

_GRID = (6, 7)  # columns and rows of colours over head and shoulders
_FACE_PX = 14
LENGTH = 3 * _GRID[0] * _GRID[1] + _FACE_PX**2
_FACE_SHARE = 0.35  # of the face in the similarity; the rest is hair and clothes
SAME = 0.82
"""From this similarity on, two tracks are one person: one person's were at .88 and above, strangers' below .79."""


def describe(image: Image, face: Face) -> Descriptor:
    """Describe one face in a BGR picture; the descriptor has unit length."""
    left, top, width, height = face.box
    area = (left - 0.5 * width, top - 0.6 * height, 2 * width, 2.6 * height)
    colours = _normed(_colours(image, area).flatten())
    grey = cv2.cvtColor(
        cv2.resize(crop(image, face, 4 * _FACE_PX), (_FACE_PX, _FACE_PX), interpolation=cv2.INTER_AREA),
        cv2.COLOR_BGR2GRAY,
    )
    shape = _normed(grey.astype(np.float32).flatten() - float(grey.mean()))
    whole = np.concatenate([np.sqrt(1 - _FACE_SHARE) * colours, np.sqrt(_FACE_SHARE) * shape])
    return np.asarray(whole, np.float32)


def _colours(image: Image, area: tuple[float, float, float, float]) -> NDArray[np.float32]:
    """Mean Lab colours of a grid of cells, (rows, columns, 3), centred on 0; zero outside the picture."""
    left, top, width, height = area
    columns, rows = _GRID
    scale = np.array(
        [[4 * columns / width, 0, -left * 4 * columns / width], [0, 4 * rows / height, -top * 4 * rows / height]]
    )
    grey = (128, 128, 128)
    patch = cv2.warpAffine(
        image, scale, (4 * columns, 4 * rows), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=grey
    )
    small = cv2.resize(patch, _GRID, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
    return np.asarray((lab - (53.4, 0, 0)) * (1.0, 2.0, 2.0), np.float32)  # hue tells more than lightness


def _normed(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(values / max(float(np.linalg.norm(values)), 1e-6), np.float32)


def join_tracks(tracks: Sequence[tuple[int, float, float, Descriptor]]) -> dict[int, int]:
    """Find out which tracks are one person.

    Any two tracks of a person are alike and do not overlap in time. (Connected components would not do: they join two
    that differ through a third that is like both.) The most similar ones are joined first.

    Args:
        tracks: number, first and last second, and descriptor of each.

    Returns:
        Each track's person, counted from 1 in the order of their first appearance.
    """
    tracks = sorted(tracks, key=lambda track: (track[1], track[0]))
    groups = [[i] for i in range(len(tracks))]
    if len(tracks) > 1:
        described = np.stack([_normed(track[3]) for track in tracks])
        alike = described @ described.T
        pairs = np.argwhere(np.triu(alike >= SAME, 1))
        for i, j in sorted(pairs.tolist(), key=lambda pair: -alike[pair[0], pair[1]]):
            a, b = groups[i], groups[j]
            if a is not b and all(alike[x, y] >= SAME and _apart(tracks[x], tracks[y]) for x in a for y in b):
                a.extend(b)
                for member in b:
                    groups[member] = a
    persons: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for i, track in enumerate(tracks):
        numbers[track[0]] = persons.setdefault(id(groups[i]), len(persons) + 1)
    return numbers


def _apart(a: tuple[int, float, float, Descriptor], b: tuple[int, float, float, Descriptor]) -> bool:
    return a[2] < b[1] or b[2] < a[1]
