"""What a person sets right in a session: names, who is who, markers, baselines. The measured rows never change."""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.session.folder import EDITS
from mien.utils.dataclass_io import from_dict
from mien.utils.files import write_atomic
from mien.utils.json_io import to_json

T = TypeVar("T")


@dataclass(frozen=True)
class Marker:
    """A moment with a note."""

    time_s: float
    note: str = ""


@dataclass(frozen=True)
class TimeSpan:
    """From one moment up to, but not with, another."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Change:
    """Rows of one person become another's."""

    kind: Literal["merge", "split"]
    person: int
    """Whose rows they are."""
    into: int
    """Whose they become."""
    frame: int = 0
    """Of a split: rows from this frame's place on."""


@dataclass(frozen=True)
class Edits:
    """All of them. Each change makes new edits, so that undoing takes the ones before."""

    names: dict[int, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    """In the order in which they were made."""
    markers: tuple[Marker, ...] = ()
    """In the order of time."""
    baselines: dict[int, TimeSpan] = field(default_factory=dict, metadata={"formerly": "neutrals"})
    """When a person's face is at rest. A baseline belongs to the person's number, as a name does: it is made of the
    rows that are the person's after all changes."""

    def named(self, person: int, name: str) -> "Edits":
        """Name a person; an empty name takes the name away."""
        names = {**self.names, person: name.strip()}
        return replace(self, names={number: own for number, own in names.items() if own})

    def merged(self, person: int, into: int) -> "Edits":
        """Two persons are one; the second's name and baseline count, or the first's where it has none."""
        names, baselines = _handed_on(self.names, person, into), _handed_on(self.baselines, person, into)
        changes = (*self.changes, Change("merge", person, into))
        return replace(self, names=names, baselines=baselines, changes=changes)

    def split(self, person: int, frame: int, new: int) -> "Edits":
        """From a frame's place on, a person's rows belong to a new person, with a number that nobody has."""
        return replace(self, changes=(*self.changes, Change("split", person, new, frame)))

    def marked(self, time_s: float, note: str = "") -> "Edits":
        """Set a marker, or change the note of the one at this time."""
        others = [marker for marker in self.markers if marker.time_s != time_s]
        return replace(self, markers=tuple(sorted([*others, Marker(time_s, note)], key=lambda m: m.time_s)))

    def unmarked(self, time_s: float) -> "Edits":
        """Take a marker away."""
        return replace(self, markers=tuple(marker for marker in self.markers if marker.time_s != time_s))

    def with_baseline(self, person: int, start_s: float, end_s: float) -> "Edits":
        """A person's face is at rest in a span, which replaces an earlier one."""
        return replace(self, baselines={**self.baselines, person: TimeSpan(start_s, end_s)})

    def without_baseline(self, person: int) -> "Edits":
        """Take a person's baseline away."""
        return replace(self, baselines={number: own for number, own in self.baselines.items() if number != person})

    def applied(self, person: NDArray[np.int64], frame: NDArray[np.int64]) -> NDArray[np.int64]:
        """Who each row belongs to after all changes.

        Args:
            person: (N,) as analysed.
            frame: (N,) places of the rows' frames.

        Returns:
            (N,)
        """
        result = person.copy()
        for change in self.changes:
            rows = result == change.person
            if change.kind == "split":
                rows &= frame >= change.frame
            result[rows] = change.into
        return result


def _handed_on(owned: dict[int, T], person: int, into: int) -> dict[int, T]:
    """What the first has becomes the second's, unless that has its own."""
    others = {number: own for number, own in owned.items() if number != person}
    return {into: owned[person], **others} if person in owned else others


def read_edits(folder: Path) -> Edits:
    """A session's edits; empty where nothing has been changed yet.

    Raises:
        MienError: the file is damaged.
    """
    path = folder / EDITS
    try:
        values = json.loads(path.read_bytes())
        names = {int(number): str(name) for number, name in values.pop("names", {}).items()}
        made = from_dict(Edits, values, EDITS)
        baselines = {int(number): span for number, span in made.baselines.items()}
        if not all(span.start_s < span.end_s for span in baselines.values()):
            raise ValueError("a baseline ends before it begins")
        return replace(made, names=names, baselines=baselines)
    except FileNotFoundError:
        return Edits()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise MienError(
            f"{path} cannot be read: {error}. Move it away, and the session opens as it was analysed."
        ) from error


def write_edits(folder: Path, edits: Edits) -> None:
    """Write a session's edits.

    Raises:
        OSError: the folder cannot be written.
    """
    write_atomic(folder / EDITS, to_json(asdict(edits), indent=2) + b"\n")
