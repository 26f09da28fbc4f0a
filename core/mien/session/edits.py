"""What a person sets right in a session: names, who is who, markers, neutrals. The measured rows stay as they are."""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.utils.dataclass_io import from_dict
from mien.utils.files import write_atomic

FILE = "review.json"

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


@dataclass(frozen=True)
class Change:
    """Rows of one person that become another's."""

    kind: Literal["merge", "split"]
    person: int
    """Whose rows they are."""
    into: int
    """Whose they become."""
    frame: int = 0
    """Split only: rows from this place on."""


@dataclass(frozen=True)
class Edits:
    """All of it. Each change makes a new one, so that undoing is taking the one before."""

    names: dict[int, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    """In the order in which they were made."""
    markers: tuple[Marker, ...] = ()
    """In the order of time."""
    neutrals: dict[int, TimeSpan] = field(default_factory=dict)
    """Where a person's face is at rest. It belongs to the person's number, as a name does: what the person loses to
    another one is no longer part of it, what comes to the person is."""

    def named(self, person: int, name: str) -> "Edits":
        """Call a person something; an empty name takes it back."""
        names = {**self.names, person: name.strip()}
        return replace(self, names={number: own for number, own in names.items() if own})

    def merged(self, person: int, into: int) -> "Edits":
        """Two persons are one; the second's name and neutral hold, or the first's where that has none."""
        names, neutrals = _handed_on(self.names, person, into), _handed_on(self.neutrals, person, into)
        changes = (*self.changes, Change("merge", person, into))
        return replace(self, names=names, neutrals=neutrals, changes=changes)

    def split(self, person: int, frame: int, new: int) -> "Edits":
        """From a frame's place on, a person's rows are a new person's, whose number nobody has."""
        return replace(self, changes=(*self.changes, Change("split", person, new, frame)))

    def marked(self, time_s: float, note: str = "") -> "Edits":
        """Set a marker, or change the note of the one that is there."""
        others = [marker for marker in self.markers if marker.time_s != time_s]
        return replace(self, markers=tuple(sorted([*others, Marker(time_s, note)], key=lambda m: m.time_s)))

    def unmarked(self, time_s: float) -> "Edits":
        """Take a marker away."""
        return replace(self, markers=tuple(marker for marker in self.markers if marker.time_s != time_s))

    def rested(self, person: int, start_s: float, end_s: float) -> "Edits":
        """A person's face is at rest from one moment to another; this replaces what was said before."""
        return replace(self, neutrals={**self.neutrals, person: TimeSpan(start_s, end_s)})

    def unrested(self, person: int) -> "Edits":
        """Take a person's neutral away."""
        return replace(self, neutrals={number: own for number, own in self.neutrals.items() if number != person})

    def applied(self, person: NDArray[np.int64], frame: NDArray[np.int64]) -> NDArray[np.int64]:
        """Who each row is after all changes.

        Args:
            person: (N,) as analysed.
            frame: (N,) places.
        """
        result = person.copy()
        for change in self.changes:
            rows = result == change.person
            if change.kind == "split":
                rows &= frame >= change.frame
            result[rows] = change.into
        return result


def _handed_on(owned: dict[int, T], person: int, into: int) -> dict[int, T]:
    """What the first owned is the second's, unless that has its own."""
    others = {number: own for number, own in owned.items() if number != person}
    return {into: owned[person], **others} if person in owned else others


def read_edits(folder: Path) -> Edits:
    """A session's edits; none where nothing was changed yet.

    Raises:
        MienError: the file is damaged.
    """
    path = folder / FILE
    try:
        values = json.loads(path.read_bytes())
        names = {int(number): str(name) for number, name in values.pop("names", {}).items()}
        made = from_dict(Edits, values, FILE)
        neutrals = {int(number): stretch for number, stretch in made.neutrals.items()}
        if not all(stretch.start_s < stretch.end_s for stretch in neutrals.values()):
            raise ValueError("a neutral ends before it begins")
        return replace(made, names=names, neutrals=neutrals)
    except FileNotFoundError:
        return Edits()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise MienError(f"{path} cannot be read: {error}. Without it the session opens as it was analysed.") from error


def write_edits(folder: Path, edits: Edits) -> None:
    """Keep a session's edits."""
    write_atomic(folder / FILE, (json.dumps(asdict(edits), indent=2, ensure_ascii=False) + "\n").encode())
