"""A session with everything that is shown of it, prepared in the background."""

from copy import copy
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from mien import language
from mien.errors import MienError
from mien.session.edits import Edits, TimeSpan
from mien.session.recovery import is_unfinished_recording, recover
from mien.session.session import Session
from mien.session.summary import summarise, whole_span
from mien.session.timeline import Timeline


@dataclass(frozen=True)
class PersonRow:
    """One person of a session, for the list of people."""

    number: int
    name: str
    seen_s: float
    """Time in view, s."""
    picture: QImage
    """Null if the session has none."""


@dataclass(frozen=True)
class OpenedSession:
    """A session after some edits. Another edit makes a new one of these."""

    session: Session
    people: tuple[PersonRow, ...]
    """In the order of their first appearance."""
    lanes: dict[int, Timeline]
    """Person's number -> what is drawn on the timeline."""
    whole: TimeSpan
    """From the first frame to the end of the last one."""

    @property
    def names(self) -> dict[int, str]:
        """Person's number -> name."""
        return {person.number: person.name for person in self.people}

    def free_number(self) -> int:
        """A person's number that was never used."""
        session = self.session
        taken = [p.number for p in session.manifest.persons] + [c.into for c in session.edits.changes]
        return max([*taken, *self.lanes], default=0) + 1


def open_session(folder: Path) -> OpenedSession:
    """Open a session folder. A recording that was cut off by a crash is finished first.

    Raises:
        MienError: the folder holds no session that can be read.
    """
    if is_unfinished_recording(folder):
        recover(folder)
    session = Session(folder)
    whole = whole_span(session)
    lanes = {number: Timeline(session, number) for number in session.people()}
    return OpenedSession(session, _people(session, lanes, whole), lanes, whole)


def edited(before: OpenedSession, edits: Edits) -> OpenedSession:
    """Save edits, and prepare what is shown from now on.

    Raises:
        MienError: they cannot be saved; nothing is changed then.
    """
    session = copy(before.session)  # the window still shows the present one
    try:
        session.keep(edits)
    except OSError as error:
        reason = error.strerror or error
        raise MienError(
            language.tr("The change cannot be saved in {}: {}. Nothing was changed.").format(session.folder, reason)
        ) from error
    lanes = before.lanes
    if edits.changes != before.session.edits.changes:
        lanes = {number: Timeline(session, number) for number in session.people()}
    return OpenedSession(session, _people(session, lanes, before.whole), lanes, before.whole)


def _people(session: Session, lanes: dict[int, Timeline], whole: TimeSpan) -> tuple[PersonRow, ...]:
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
    """A person's best picture. Somebody who was split off has that of the person they were split from."""
    path = session.picture(number)
    if path is None:
        origin = next((c.person for c in session.edits.changes if c.kind == "split" and c.into == number), None)
        path = None if origin is None else session.picture(origin)
    return QImage() if path is None else QImage(str(path))
