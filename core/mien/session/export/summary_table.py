"""A study's figures: one row a session, person and range."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mien.probabilities.unsure_reasons import REASONS
from mien.session.columns import Column, Value
from mien.session.edits import TimeSpan
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.table_file import SUFFIXES, write_table
from mien.session.session import Session
from mien.session.summary import summarise, whole_span


def summary_columns(classes: Sequence[str]) -> tuple[Column, ...]:
    """The columns in their order."""
    return (
        Column("session", "text", "", "the session's folder"),
        Column("source", "text", "", "the file that was analysed, or the video that was recorded"),
        Column("model", "text", "", "the name of the model"),
        Column("person", "whole", "", "who it is, as set right"),
        Column("name", "text", "", "what the person is called"),
        Column("start_s", "number", "s", "where the range begins, counted as time_s is"),
        Column("end_s", "number", "s", "where it ends"),
        Column("seen_s", "number", "s", "how long the person is in view in it; without that no figures follow"),
        *(
            Column(f"share_{name}", "number", "0..1", f"the share of that time in which {name} is the most probable")
            for name in classes
        ),
        *(Column(f"mean_{name}", "number", "0..1", f"the mean probability of {name} over it") for name in classes),
        Column("changes", "whole", "", "how often another expression becomes the most probable"),
        Column("unsure", "number", "0..1", "the share of the predictions that are not sure"),
        *(
            Column(f"unsure_{reason}", "number", "0..1", f"the share of those that are not sure as {reason}")
            for reason in REASONS
        ),
    )


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
        for span in ranges or (whole_span(session),):
            rows += [_row(session, person, span) for person in session.people()]
    head = [column.name for column in summary_columns(tuple(classes))]
    write_table(path, head, ([row.get(name) for name in head] for row in rows), decimal)
    return len(rows)


def _row(session: Session, person: int, span: TimeSpan) -> dict[str, Value]:
    """Without figures for who is not in view in the range."""
    own = summarise(session, person, span.start_s, span.end_s)
    row: dict[str, Value] = {
        "session": session.name,
        "source": session.manifest.input.path,
        "model": session.manifest.model,
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
