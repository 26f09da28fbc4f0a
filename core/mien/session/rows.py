"""A session's table, read back as arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from mien.session.columns import (
    BOX,
    FLAGS,
    FRAME,
    KEYPOINTS,
    PERSON,
    RELIABILITY,
    SCORE,
    TIME_S,
    TRACK,
    WHY,
    Column,
    expressions,
    probabilities,
)
from mien.types import Reason
from mien.utils.files import cannot_read

NOBODY = 0
"""The person of a row without one."""


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
        MienError: it cannot be read.
    """
    among, per_class = expressions(classes), probabilities(classes)
    wanted = (FRAME, TIME_S, PERSON, TRACK, *BOX, SCORE, *per_class, RELIABILITY, among, WHY, FLAGS)
    try:
        with path.open("rb") as file:  # Arrow cannot open every name
            there = set(pa.parquet.read_schema(file).names)
            names = [column.name for column in wanted if column.name in there or column.default is None]
            reader = _Reader(pa.parquet.read_table(file, columns=names))
        numbers, first = np.unique(reader.every(FRAME), return_index=True)
        rows = Rows(
            frame=np.searchsorted(numbers, reader.numbers(FRAME)),
            time_s=reader.numbers(TIME_S),
            person=reader.numbers(PERSON, NOBODY),
            track=reader.numbers(TRACK),
            box=np.stack([reader.numbers(column) for column in BOX], 1),
            score=reader.numbers(SCORE),
            probabilities=np.stack([reader.numbers(column) for column in per_class], 1).astype(np.float32),
            reliability=reader.numbers(RELIABILITY),
            sure=np.array(["unsure" not in flags for flags in reader.texts(FLAGS)], bool),
            expressions=tuple(reader.texts(among)),
            unsure=tuple(reader.texts(WHY)),
        )
        return Table(numbers, reader.every(TIME_S)[first], rows)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise cannot_read(path, error) from error


def read_keypoints(path: Path, frame_number: int, track: int) -> NDArray[np.float32]:
    """(6, 2) of one face, px: they are too many to be kept for every row.

    Raises:
        MienError: the table cannot be read, or has no such face.
    """
    names = [column.name for column in KEYPOINTS]
    wanted = [(FRAME.name, "==", frame_number), (TRACK.name, "==", track)]
    try:
        with path.open("rb") as file:
            table = pa.parquet.read_table(file, columns=names, filters=wanted)
        points = [table.column(name)[0].as_py() for name in names]
    except (OSError, KeyError, IndexError, pa.ArrowException) as error:
        raise cannot_read(path, error) from error
    return np.array(points, np.float32).reshape(-1, 2)


class _Reader:
    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._faces = ~np.asarray(table.column(TRACK.name).is_null().to_numpy())

    def every(self, column: Column) -> NDArray[Any]:
        """Of all rows, those without a face among them."""
        return np.asarray(self._table.column(column.name).to_numpy())

    def numbers(self, column: Column, missing: int = 0) -> NDArray[Any]:
        """Of the rows with a face."""
        values = self._table.column(column.name).filter(pa.array(self._faces))
        return np.asarray(values.fill_null(missing).to_numpy())

    def texts(self, column: Column) -> list[Any]:
        """Of the rows with a face, parsed; each text once, since few differ."""
        if column.name not in self._table.column_names:
            return [column.parse(column.default or "")] * int(self._faces.sum())
        values = self._table.column(column.name).filter(pa.array(self._faces)).fill_null("")
        encoded = values.combine_chunks().dictionary_encode()
        parsed = [column.parse(text) for text in encoded.dictionary.to_pylist()]
        return [parsed[code] for code in encoded.indices.to_pylist()]
