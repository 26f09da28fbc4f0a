"""A session with all that is shown of it, worked out away from the window's thread."""

from copy import copy
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from mien.errors import MienError
from mien.session.edits import Edits
from mien.session.recorder import is_unfinished_recording, recover
from mien.session.session import Session
from mien.session.summary import durations, summarise
from mien.session.timeline import Timeline
from mien_app.widgets.time_span import Span


@dataclass(frozen=True)
class PersonRow:
    """One person of a session."""

    number: int
    name: str
    seen_s: float
    picture: QImage


@dataclass(frozen=True)
class OpenedSession:
    """A session as it is after so many edits; another edit makes another one."""

    session: Session
    people: tuple[PersonRow, ...]
    lanes: dict[int, Timeline]
    whole: Span
    """From the first frame to the end of the last."""

    @property
    def names(self) -> dict[int, str]:
        """Of all persons."""
        return {person.number: person.name for person in self.people}

    def free_number(self) -> int:
        """A person's number that nobody has or had."""
        session = self.session
        taken = [p.number for p in session.description.persons] + [c.into for c in session.edits.changes]
        return max([*taken, *self.lanes], default=0) + 1


def open_session(folder: Path) -> OpenedSession:
    """Open a session folder; a recording that a crash ended is finished first.

    Raises:
        MienError: it is none.
    """
    if is_unfinished_recording(folder):
        recover(folder)
    session = Session(folder)
    lasts = durations(session.frame_times)
    whole = Span(float(session.frame_times[0]), float(session.frame_times[-1] + lasts[-1]))
    lanes = {number: Timeline(session, number) for number in session.people()}
    return OpenedSession(session, _people(session, lanes, whole), lanes, whole)


def edited(before: OpenedSession, edits: Edits) -> OpenedSession:
    """Keep edits on the disk, and what is shown from now on.

    Raises:
        MienError: they cannot be kept; nothing is changed then.
    """
    session = copy(before.session)  # the window goes on reading the one before
    try:
        session.keep(edits)
    except OSError as error:
        raise MienError(f"The change cannot be kept in {session.folder}: {error.strerror or error}.") from error
    lanes = before.lanes
    if edits.changes != before.session.edits.changes:
        lanes = {number: Timeline(session, number) for number in session.people()}
    return OpenedSession(session, _people(session, lanes, before.whole), lanes, before.whole)


def _people(session: Session, lanes: dict[int, Timeline], whole: Span) -> tuple[PersonRow, ...]:
    return tuple(
        PersonRow(
            number,
            session.person_name(number),
            summarise(session, number, whole.start_s, whole.end_s).seen_s,
            _picture(session, number),
        )
        for number in lanes
    )


def _picture(session: Session, number: int) -> QImage:
    """A person's best picture; of one that was split off, that of whom it was split from."""
    path = session.picture(number)
    if path is None:
        origin = next((c.person for c in session.edits.changes if c.kind == "split" and c.into == number), None)
        path = None if origin is None else session.picture(origin)
    return QImage() if path is None else QImage(str(path))
