"""Expressions from when to when, and markers: events as BIDS has them, which ELAN imports too."""

from pathlib import Path

from mien.session.columns import Column, Value
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.table_file import write_table
from mien.session.intervals import intervals
from mien.session.session import Session

COLUMNS = (
    Column("onset", "number", "s", "when it begins, counted as time_s is"),
    Column("duration", "number", "s", "how long it lasts; 0 of a marker"),
    Column("person", "whole", "", "who it is, as set right; empty of a marker"),
    Column("name", "text", "", "what the person is called"),
    Column("expression", "text", "", "the one that stays the most probable"),
    Column("probability", "number", "0..1", "its mean probability"),
    Column("reliability", "number", "0..1", "the mean reliability"),
    Column("marker", "text", "", "a marker's note"),
)
SUFFIXES = (".tsv", ".csv", ".xlsx")


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    """A row for each interval, and one without a duration for each marker; in the order of their onsets."""
    span = options.span_of(session)
    rows: list[tuple[Value, ...]] = [
        (
            round(one.start_s, 6),
            round(one.duration_s, 6),
            person,
            session.person_name(person),
            one.label,
            round(one.probability, 5),
            round(one.reliability, 5),
            None,
        )
        for person in session.people()
        for one in intervals(session, person, span, options.shortest_s)
    ]
    rows += [
        (round(marker.time_s, 6), 0.0, None, None, None, None, None, marker.note or "marker")
        for marker in options.markers_of(session)
    ]
    head = [column.name for column in COLUMNS]
    write_table(path, head, sorted(rows, key=lambda row: row[0]), options.decimal)  # type: ignore[arg-type, return-value]
    return len(rows)


INTERVALS = Exporter("intervals", SUFFIXES, _write, "when each expression begins and how long it lasts, and markers")
