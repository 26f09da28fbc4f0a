"""A session's table, read back as arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.session.columns import (
    BLINK,
    BOX,
    FLAGS,
    FRAME,
    KEYPOINTS,
    PERSON,
    POSE,
    RELIABILITY,
    SCORE,
    TIME_S,
    TRACK,
    WHY,
    Column,
    expressions,
    probabilities,
)
from mien.session.table_process import ColumnValues, read_columns
from mien.types import Reason

NOBODY = 0
"""The person of a row without one."""
_LONGEST_S, _LARGEST_PX, _HIGHEST = 1e9, 1e7, 1 << 31


@dataclass(frozen=True)
class Rows:
    """The rows with a face, in the order of time."""

    frame: NDArray[np.int64]
    """(N,) places in `Table.frame_times`, not the file's frame numbers."""
    time_s: NDArray[np.float64]
    """(N,)"""
    person: NDArray[np.int64]
    """(N,) as analysed; NOBODY where a track was too brief."""
    track: NDArray[np.int64]
    """(N,)"""
    box: NDArray[np.float64]
    """(N, 4) left, top, width, height, px."""
    score: NDArray[np.float64]
    """(N,) the detector's, 0..1."""
    probabilities: NDArray[np.float32]
    """(N, C)"""
    reliability: NDArray[np.float64]
    """(N,) 0..1."""
    sure: NDArray[np.bool_]
    """(N,)"""
    expressions: tuple[tuple[int, ...], ...]
    """N prediction sets, the most probable class first; empty ones where the table has none."""
    unsure: tuple[tuple[Reason, ...], ...]
    """N times the reasons why it is not sure."""
    pose: NDArray[np.float64]
    """(N, 9) the columns POSE: yaw, pitch, roll, x, y, z, openness of eyes and mouth; NaN where there is nothing."""
    blink: NDArray[np.bool_]
    """(N,) whether the eyes open after a blink."""


@dataclass(frozen=True)
class Table:
    """All that is read of a session's table when it is opened."""

    frame_numbers: NDArray[np.int64]
    """(F,) the frames' indices in the file."""
    frame_times: NDArray[np.float64]
    """(F,) seconds, growing."""
    rows: Rows


def read_table(path: Path, classes: tuple[str, ...]) -> Table:
    """Read faces.parquet; columns that it lacks since it is older get their default.

    Raises:
        MienError: it cannot be read, or holds what no session has.
    """
    among, per_class = expressions(classes), probabilities(classes)
    wanted = (FRAME, TIME_S, PERSON, TRACK, *BOX, SCORE, *per_class, RELIABILITY, among, WHY, FLAGS, *POSE, BLINK)
    later = [column.name for column in wanted if column.default is not None]
    reader = _Reader(read_columns(path, {column.name: column.kind for column in wanted}, later))
    frames, times = reader.every(FRAME), reader.every(TIME_S)
    numbers, first = np.unique(frames, return_index=True)
    rows = Rows(
        frame=np.searchsorted(numbers, reader.numbers(FRAME)),
        time_s=reader.numbers(TIME_S),
        person=reader.numbers(PERSON),
        track=reader.numbers(TRACK),
        box=np.stack([reader.numbers(column) for column in BOX], 1),
        score=reader.numbers(SCORE),
        probabilities=np.stack([reader.numbers(column) for column in per_class], 1).astype(np.float32),
        reliability=reader.numbers(RELIABILITY),
        sure=np.array(["unsure" not in flags for flags in reader.texts(FLAGS)], bool),
        expressions=tuple(reader.texts(among)),
        unsure=tuple(reader.texts(WHY)),
        pose=np.stack([reader.measured(column) for column in POSE], 1),
        blink=reader.measured(BLINK) == 1,
    )
    if (fault := _fault(frames, times, rows)) is not None:
        raise MienError(language.tr("{} is no table of a session: {}. Analyse the file again.").format(path, fault))
    return Table(numbers, times[first], rows)


def _fault(frames: NDArray[np.int64], times: NDArray[np.float64], rows: Rows) -> str | None:
    """What a table holds that no session has, since it is damaged or somebody made it up; None if it is good."""
    if not len(frames):
        return "it has no rows"
    if frames[0] < 0 or (np.diff(frames) < 0).any():
        return "its frames are not in order"
    if not (np.abs(times) < _LONGEST_S).all():
        return "a time is out of range"
    if not (np.abs(rows.box) < _LARGEST_PX).all():
        return "a box is out of range"
    if not (np.isnan(rows.pose) | (np.abs(rows.pose) < _LARGEST_PX)).all():
        return "a head's pose is out of range"
    if not all(((part >= 0) & (part <= 1)).all() for part in (rows.probabilities, rows.score, rows.reliability)):
        return "a probability is out of range"
    if not all(((part >= 0) & (part < _HIGHEST)).all() for part in (rows.person, rows.track)):
        return "a person's number is out of range"
    return None


def read_keypoints(path: Path, frame_number: int, track: int) -> NDArray[np.float32]:
    """(6, 2) of one face, px: they are too many to be kept for every row.

    Raises:
        MienError: the table cannot be read, or has no such face.
    """
    kinds = {column.name: column.kind for column in KEYPOINTS}
    found = read_columns(path, kinds, only={FRAME.name: frame_number, TRACK.name: track})
    points = [found[column.name].values[:1] for column in KEYPOINTS]
    if not points[0].size:
        raise MienError(language.tr("{} has no such face in frame {}.").format(path, frame_number))
    return np.concatenate(points).astype(np.float32).reshape(-1, 2)


class _Reader:
    def __init__(self, columns: dict[str, ColumnValues]) -> None:
        self._columns = columns
        self._faces = columns[TRACK.name].there

    def every(self, column: Column) -> NDArray[Any]:
        """Of all rows, those without a face among them."""
        return self._columns[column.name].values

    def numbers(self, column: Column) -> NDArray[Any]:
        """Of the rows with a face; 0 where there is none."""
        return self._columns[column.name].values[self._faces]

    def measured(self, column: Column) -> NDArray[np.float64]:
        """Of the rows with a face; NaN where there is nothing, or no such column."""
        own = self._columns.get(column.name)
        if own is None:
            return np.full(int(self._faces.sum()), np.nan)
        return np.where(own.there, own.values, np.nan)[self._faces]

    def texts(self, column: Column) -> list[Any]:
        """Of the rows with a face, parsed; each text once, since few differ."""
        own = self._columns.get(column.name)
        if own is None:
            return [column.parse(column.default or "")] * int(self._faces.sum())
        nothing = column.parse("")
        parsed = [column.parse(text) for text in own.texts]
        codes, there = own.values[self._faces].tolist(), own.there[self._faces].tolist()
        return [parsed[code] if is_there else nothing for code, is_there in zip(codes, there, strict=True)]
