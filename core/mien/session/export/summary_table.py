"""A study's figures: one row a session, person and range."""

from collections.abc import Iterable
from pathlib import Path

from mien.probabilities.unsure_reasons import REASONS
from mien.session.columns import Value
from mien.session.edits import TimeSpan
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.table_file import SUFFIXES, write_table
from mien.session.session import Session
from mien.session.summary import summarise

_FIRST = ("session", "person", "name", "start_s", "end_s", "seen_s")


def write_summary(sessions: Iterable[Session], path: Path, ranges: Iterable[TimeSpan] = (), decimal: str = ".") -> int:
    """Write one table for several sessions, which may have different classes.

    Args:
        sessions: each is taken once, and can be forgotten afterwards.
        path: a table's.
        ranges: a row for each; none are the whole session.
        decimal: see `ExportOptions`.

    Returns:
        How many rows are in it.

    Raises:
        MienError: the ending is no table's.
        OSError: the file cannot be written.
    """
    ranges, rows, classes = tuple(ranges), [], dict[str, None]()
    for session in sessions:
        classes |= dict.fromkeys(session.classes)
        for span in ranges or (ExportOptions().span_of(session),):
            rows += [_row(session, person, span) for person in session.people()]
    figures = [f"{what}_{name}" for what in ("share", "mean") for name in classes]
    head = [*_FIRST, *figures, "changes", "unsure", *(f"unsure_{reason}" for reason in REASONS)]
    write_table(path, head, ([row.get(name) for name in head] for row in rows), decimal)
    return len(rows)


def _row(session: Session, person: int, span: TimeSpan) -> dict[str, Value]:
    """Without figures for who is not in view in the range."""
    own = summarise(session, person, span.start_s, span.end_s)
    row: dict[str, Value] = {
        "session": session.name,
        "person": person,
        "name": session.person_name(person),
        "start_s": round(span.start_s, 6),
        "end_s": round(span.end_s, 6),
        "seen_s": round(own.seen_s, 6),
    }
    if own.seen_s:
        row |= {f"share_{name}": round(float(v), 5) for name, v in zip(session.classes, own.shares, strict=True)}
        row |= {f"mean_{name}": round(float(v), 5) for name, v in zip(session.classes, own.means, strict=True)}
        row |= {"changes": own.changes, "unsure": round(own.unsure, 5)}
        row |= {f"unsure_{reason}": round(own.reasons.get(reason, 0.0), 5) for reason in REASONS}
    return row


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    return write_summary([session], path, [options.span_of(session)], options.decimal)


SUMMARY = Exporter("summary", SUFFIXES, _write, "one row a session, person and range, also of many sessions")
