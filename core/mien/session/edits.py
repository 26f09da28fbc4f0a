"""What a person sets right in a session: names, who is who, markers, baselines. The measured rows never change."""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.session.folder import EDITS
from mien.utils.dataclass_io import check_ranges, from_dict, within
from mien.utils.files import reason_of, write_atomic
from mien.utils.json_io import read_json, to_json
from mien.utils.text import one_line

T = TypeVar("T")

_LONGEST_S, _HIGHEST = 1e9, (1 << 31) - 1  # of times, and of persons' numbers
_MOST_CHANGES = 10_000  # each is a step through all rows


@dataclass(frozen=True)
class Marker:
    """A moment with a note."""

    time_s: float = field(metadata=within(-_LONGEST_S, _LONGEST_S))
    note: str = field(default="", metadata=within(0, 10_000))

    def __post_init__(self) -> None:
        check_ranges(self, "marker")


@dataclass(frozen=True)
class TimeSpan:
    """From one moment up to, but not with, another."""

    start_s: float = field(metadata=within(-_LONGEST_S, _LONGEST_S))
    end_s: float = field(metadata=within(-_LONGEST_S, _LONGEST_S))

    def __post_init__(self) -> None:
        check_ranges(self, "span")

    @property
    def length_s(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Change:
    """Rows of one person become another's."""

    kind: Literal["merge", "split"]
    person: int = field(metadata=within(0, _HIGHEST))
    """Whose rows they are."""
    into: int = field(metadata=within(0, _HIGHEST))
    """Whose they become."""
    frame: int = field(default=0, metadata=within(0, 1 << 40))
    """Of a split: rows from this frame's place on."""

    def __post_init__(self) -> None:
        check_ranges(self, "change")


@dataclass(frozen=True)
class Edits:
    """All of them. Each change makes new edits, so that undoing takes the ones before."""

    names: dict[int, str] = field(default_factory=dict, metadata=within(0, 1000))
    changes: tuple[Change, ...] = ()
    """In the order in which they were made."""
    markers: tuple[Marker, ...] = ()
    """In the order of time."""
    baselines: dict[int, TimeSpan] = field(default_factory=dict, metadata={"formerly": "neutrals"})
    """When a person's face is at rest. A baseline belongs to the person's number, as a name does: it is made of the
    rows that are the person's after all changes."""

    def __post_init__(self) -> None:
        check_ranges(self, "edits")
        if len(self.changes) > _MOST_CHANGES:
            raise MienError(f"edits: there are more than {_MOST_CHANGES} changes.")
        if any(number > _HIGHEST for number in (*self.names, *self.baselines)):
            raise MienError("edits: a person's number is too large.")
        if not all(span.start_s < span.end_s for span in self.baselines.values()):
            raise MienError("edits: a baseline ends before it begins.")

    def named(self, person: int, name: str) -> "Edits":
        """Name a person; an empty name takes the name away."""
        names = {**self.names, person: one_line(name)}
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
        return replace(self, markers=tuple(sorted([*others, Marker(time_s, one_line(note))], key=lambda m: m.time_s)))

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
        made = from_dict(Edits, read_json(path), EDITS)
    except FileNotFoundError:
        return Edits()
    except (OSError, MienError) as error:
        raise MienError(
            language.tr("{} cannot be read: {}. Move it away, and the session opens as it was analysed.").format(
                path, reason_of(error)
            )
        ) from error
    return replace(
        made,
        names={number: one_line(name) for number, name in made.names.items()},
        markers=tuple(replace(marker, note=one_line(marker.note)) for marker in made.markers),
    )


def write_edits(folder: Path, edits: Edits) -> None:
    """Write a session's edits.

    Raises:
        OSError: the folder cannot be written.
    """
    write_atomic(folder / EDITS, to_json(asdict(edits), indent=2) + b"\n")
