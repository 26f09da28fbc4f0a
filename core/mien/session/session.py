"""Reads a finished session: its rows as arrays, its persons as a person has set them right, its video."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet
from numpy.typing import NDArray

from mien.errors import MienError
from mien.probabilities.baseline import Baseline, baseline_of
from mien.probabilities.unsure_reasons import REASONS
from mien.session.columns import KEYPOINTS, OR
from mien.session.edits import Edits, read_edits, write_edits
from mien.session.finalize import PARQUET
from mien.session.manifest import Manifest, read_manifest
from mien.types import SAME_TIME_S, Face, Prediction, Reason

VIDEO = "video.mp4"
"""Of a recording, in its session's folder."""

NOBODY = 0
"""The person of a row without one."""

_BOX = ("left", "top", "width", "height")
_COLUMNS = ("frame", "time_s", "person", "track", *_BOX, "score", "reliability", "flags")
_LATER = ("expressions", "why")  # which older sessions do not have


@dataclass(frozen=True)
class Rows:
    """The rows with a face, in the order of time."""

    frame: NDArray[np.int64]
    """(N,) places in `Session.frame_times`, not the file's frame numbers."""
    time_s: NDArray[np.float64]
    person: NDArray[np.int64]
    """(N,) as analysed; NOBODY where a track was too brief."""
    track: NDArray[np.int64]
    box: NDArray[np.float64]
    """(N, 4), px."""
    score: NDArray[np.float64]
    probabilities: NDArray[np.float32]
    """(N, C)"""
    reliability: NDArray[np.float64]
    sure: NDArray[np.bool_]
    expressions: tuple[tuple[int, ...], ...]
    """N sets of classes, the most probable first; empty ones where the session has none."""
    unsure: tuple[tuple[Reason, ...], ...]
    """N times why it is not sure."""


class Session:
    """One finished session. What was measured never changes; what a person changes is kept beside it."""

    def __init__(self, folder: Path) -> None:
        """Open.

        Raises:
            MienError: the folder holds no finished session, or its table cannot be read.
        """
        self.folder = folder
        self.description: Manifest = read_manifest(folder)
        self.classes = self.description.classes
        try:
            there = pa.parquet.read_schema(folder / PARQUET).names
            wanted = [*_COLUMNS, *(f"p_{name}" for name in self.classes), *(c for c in _LATER if c in there)]
            table = pa.parquet.read_table(folder / PARQUET, columns=wanted)
            self.frame_numbers, self.frame_times, self.rows = _arrays(table, self.classes)
        except (OSError, KeyError, pa.ArrowException) as error:
            raise MienError(f"{folder / PARQUET} cannot be read: {error}") from error
        self.edits = read_edits(folder)

    @property
    def name(self) -> str:
        """As a person calls it."""
        return self.folder.name

    @property
    def video(self) -> Path | None:
        """The video or picture, where it still is."""
        for path in (self.folder / VIDEO, Path(self.description.input.path)):
            if path.is_file():
                return path
        return None

    @property
    def duration_s(self) -> float:
        """From the first frame to the last."""
        return float(self.frame_times[-1] - self.frame_times[0])

    def keep(self, edits: Edits) -> None:
        """Make a person's changes the session's own, also on the disk.

        Raises:
            OSError: the folder cannot be written; nothing is changed then.
        """
        write_edits(self.folder, edits)
        self.edits = edits
        for name in ("persons", "neutrals"):
            self.__dict__.pop(name, None)

    @cached_property
    def persons(self) -> NDArray[np.int64]:
        """(N,) who each row is, as set right."""
        return self.edits.applied(self.rows.person, self.rows.frame)

    @cached_property
    def neutrals(self) -> dict[int, Baseline]:
        """Of each person who has one and is, as set right, still in sight there for long enough."""
        made = {}
        for person, stretch in self.edits.neutrals.items():
            with suppress(MienError):
                made[person] = self.neutral_in(person, stretch.start_s, stretch.end_s)
        return made

    def neutral_in(self, person: int, start_s: float, end_s: float) -> Baseline:
        """What a person's neutral would be if the face were at rest from one moment to another.

        Raises:
            MienError: the person is there too briefly.
        """
        first, end = np.searchsorted(self.rows.time_s, [start_s, end_s])
        own = self.persons[first:end] == person
        return baseline_of(self.rows.probabilities[first:end][own], self.rows.time_s[first:end][own])

    def people(self) -> list[int]:
        """The persons' numbers, in the order of their first appearance."""
        numbers, first = np.unique(self.persons, return_index=True)
        return [int(n) for n in numbers[np.argsort(first)] if n != NOBODY]

    def person_name(self, number: int) -> str:
        """A given name, or Person 3."""
        return self.edits.names.get(number) or f"Person {number}"

    def picture(self, number: int) -> Path | None:
        """A person's best picture."""
        path = self.folder / "people" / f"person-{number}.jpg"
        return path if path.is_file() else None

    def place_at(self, time_s: float) -> int:
        """The place in `frame_times` of the frame that is shown at a time."""
        place = int(np.searchsorted(self.frame_times, time_s + SAME_TIME_S, side="right")) - 1
        return min(max(place, 0), len(self.frame_times) - 1)

    def predictions(self, place: int) -> tuple[Prediction, ...]:
        """The faces of one frame; the person's number stands for the track."""
        first, end = np.searchsorted(self.rows.frame, [place, place + 1])
        return tuple(self._prediction(row, place) for row in range(first, end))

    def face(self, place: int, person: int) -> Face | None:
        """A person's face in one frame with its keypoints, which are read from the table; None where there is none.

        Raises:
            MienError: the table cannot be read.
        """
        first, end = np.searchsorted(self.rows.frame, [place, place + 1])
        row = next((row for row in range(first, end) if self.persons[row] == person), None)
        if row is None:
            return None
        wanted = [("frame", "==", int(self.frame_numbers[place])), ("track", "==", int(self.rows.track[row]))]
        try:
            table = pa.parquet.read_table(self.folder / PARQUET, columns=list(KEYPOINTS), filters=wanted)
            points = [table.column(name)[0].as_py() for name in KEYPOINTS]
        except (OSError, KeyError, IndexError, pa.ArrowException) as error:
            raise MienError(f"{self.folder / PARQUET} cannot be read: {error}") from error
        left, top, width, height = self.rows.box[row]
        keypoints = np.array(points, np.float32).reshape(-1, 2)
        return Face((left, top, width, height), keypoints, float(self.rows.score[row]))

    def _prediction(self, row: int, place: int) -> Prediction:
        rows = self.rows
        left, top, width, height = rows.box[row]
        probabilities = rows.probabilities[row]
        return Prediction(
            track_id=int(self.persons[row]),
            face=Face((left, top, width, height), np.empty((0, 2), np.float32), float(rows.score[row])),
            probabilities=probabilities,
            raw_probabilities=probabilities,
            label=self.classes[int(probabilities.argmax())],
            sure=bool(rows.sure[row]),
            frame_index=int(self.frame_numbers[place]),
            time_s=float(self.frame_times[place]),
            expressions=rows.expressions[row],
            unsure=rows.unsure[row],
        )


def _arrays(table: pa.Table, classes: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.float64], Rows]:
    def column(name: str, missing: float = 0) -> NDArray[np.float64]:
        values = table.column(name)
        if values.null_count:
            values = values.fill_null(missing)
        return np.asarray(values.to_numpy())

    def words(name: str) -> list[str]:
        if name not in table.column_names:
            return [""] * int(faces.sum())
        return [text or "" for text in table.column(name).filter(pa.array(faces)).to_pylist()]

    numbers, first = np.unique(column("frame"), return_index=True)
    times = column("time_s")
    faces = ~np.asarray(table.column("track").is_null().to_numpy())
    unsure = pa.compute.match_substring_regex(table.column("flags").fill_null(""), r"(^|\|)unsure(\||$)")
    rows = Rows(
        frame=np.searchsorted(numbers, column("frame")[faces]),
        time_s=times[faces],
        person=column("person", NOBODY)[faces].astype(np.int64),
        track=column("track")[faces].astype(np.int64),
        box=np.stack([column(name)[faces] for name in _BOX], 1),
        score=column("score")[faces],
        probabilities=np.stack([column(f"p_{name}")[faces] for name in classes], 1).astype(np.float32),
        reliability=column("reliability")[faces],
        sure=~np.asarray(unsure.to_numpy())[faces],
        expressions=tuple(
            tuple(classes.index(name) for name in text.split(OR) if name in classes) for text in words("expressions")
        ),
        unsure=tuple(tuple(reason for reason in REASONS if reason in text.split("|")) for text in words("why")),
    )
    return numbers.astype(np.int64), times[first], rows
