"""The sessions that lie in folders, finished or not, without opening their tables."""

import enum
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.session.edits import read_edits
from mien.session.folder import EDITS, MANIFEST, UNFINISHED, person_picture
from mien.session.journal import read_progress
from mien.session.manifest import read_manifest
from mien.utils.folders import contents

_LONGEST_S = 1e8  # three years


class SessionState(enum.Enum):
    """How far a session is."""

    FINISHED = enum.auto()
    RECORDING = enum.auto()
    """A recording that goes on, or that was cut off and is finished when it is opened."""
    ANALYSIS = enum.auto()
    """An analysis that goes on, or that was interrupted."""
    DAMAGED = enum.auto()
    """Its manifest cannot be read."""


@dataclass(frozen=True)
class SessionEntry:
    """What is known of a session at a glance."""

    folder: Path
    state: SessionState
    changed_s: float
    """When it was written, seconds since 1970."""
    source: str = ""
    """Path of the file that was analysed, or the name of the source that was recorded; empty where it is unknown."""
    recorded: bool = False
    length_s: float = 0.0
    """Of the video, or of what is done of it; 0 for a picture."""
    people: int = 0
    names: tuple[str, ...] = ()
    """That were given to them."""
    model: str = ""
    """Name, or of an interrupted analysis what was chosen: name or path."""
    picture: Path | None = None
    """Of the first person."""
    options: dict[str, Any] | None = None
    """Of an interrupted analysis, as in `AnalysisOptions`; None where they are unknown."""


def list_sessions(folders: Iterable[Path]) -> list[SessionEntry]:
    """List the sessions among folders and directly in them, the newest first.

    Folders that cannot be read are passed over.
    """
    found: dict[Path, SessionEntry] = {}
    for folder in folders:
        with suppress(OSError):
            for place in (folder, *contents(folder)):
                if (own := place.resolve()) not in found and (entry := _entry(place)) is not None:
                    found[own] = entry
    return sorted(found.values(), key=lambda entry: -entry.changed_s)


def _entry(folder: Path) -> SessionEntry | None:
    """What a folder is; None if it is no session."""
    try:
        if (folder / MANIFEST).is_file():
            return _finished(folder, (folder / MANIFEST).stat().st_mtime)
        if (folder / UNFINISHED).is_dir():
            return _unfinished(folder, (folder / UNFINISHED).stat().st_mtime)
    except OSError:
        return None
    return None


def _finished(folder: Path, changed_s: float) -> SessionEntry:
    try:
        made = read_manifest(folder)
        edits = read_edits(folder)
    except (MienError, OSError):
        return SessionEntry(folder, SessionState.DAMAGED, changed_s)
    pictures = (person_picture(folder, person.number) for person in made.persons)
    with suppress(OSError):
        changed_s = max(changed_s, (folder / EDITS).stat().st_mtime)
    return SessionEntry(
        folder=folder,
        state=SessionState.FINISHED,
        changed_s=changed_s,
        source=str(made.options.get("source", "")) if made.recorded else made.input.path,
        recorded=made.recorded,
        length_s=made.input.duration_s,
        people=len(made.persons),
        names=tuple(name for name in edits.names.values() if name),
        model=made.model,
        picture=next((path for path in pictures if path.is_file()), None),
    )


def _unfinished(folder: Path, changed_s: float) -> SessionEntry:
    kept = read_progress(folder) or {}
    if kept.get("recording"):
        return SessionEntry(
            folder=folder,
            state=SessionState.RECORDING,
            changed_s=changed_s,
            source=str(kept.get("source", "")),
            recorded=True,
            length_s=_length_s(kept.get("seconds")),
            model=str(kept.get("model", "")),
        )
    identity = kept.get("identity", {})
    options = identity.get("options") if isinstance(identity, dict) else None
    return SessionEntry(
        folder=folder,
        state=SessionState.ANALYSIS,
        changed_s=changed_s,
        source=str(kept.get("path", "")),
        length_s=_length_s(kept.get("length_s", kept.get("last_time_s"))),  # older ones lack the former
        model=str(kept.get("model", "")),
        options=options if isinstance(options, dict) else None,
    )


def _length_s(value: object) -> float:
    """What an unfinished session says of its length; 0 where that is no length."""
    return float(value) if isinstance(value, int | float) and 0 <= value < _LONGEST_S else 0.0
