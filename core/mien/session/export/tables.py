"""Rows as CSV, TSV or a workbook, with the persons as they were set right."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mien.probabilities.baseline import Baseline, change_from_baseline
from mien.session.columns import PERSON, TIME_S, Value, probabilities
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.table_file import SUFFIXES, write_table
from mien.session.rows import NOBODY
from mien.session.session import Session


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    """Each person's number and name are as set right.

    Where somebody has a baseline, the changes from it follow: a column for each class, empty for those without one.
    """
    span = options.span_of(session)
    table, persons = session.read_table()
    times = table[TIME_S.name].values
    chosen = np.flatnonzero((times >= span.start_s) & (times < span.end_s))
    names = list(table)
    cells_of = [values.cells(chosen) for values in table.values()]
    place, per_class = names.index(PERSON.name), [names.index(column.name) for column in probabilities(session.classes)]
    changed = [f"change_{name}" for name in session.classes] if session.baselines else []

    def rows() -> Iterator[list[Value]]:
        for row, number in zip(zip(*cells_of, strict=True), persons[chosen].tolist(), strict=True):
            cells = list(row)
            cells[place] = number if number != NOBODY else None
            name = session.person_name(number) if number != NOBODY else None
            changes = _changes(row, per_class, session.baselines.get(number)) if changed else ()
            yield [*cells, name, *changes]

    write_table(path, [*names, "name", *changed], rows(), options.decimal)
    return len(chosen)


def _changes(row: tuple[Value, ...], per_class: list[int], baseline: Baseline | None) -> list[float | None]:
    """From the baseline, of a row with probabilities in the places `per_class`."""
    if baseline is None:
        return [None] * len(per_class)
    changes = change_from_baseline(np.array([row[place] for place in per_class], np.float64), baseline)
    return [round(float(value), 5) for value in changes]


ROWS = Exporter("rows", SUFFIXES, _write, "every face of every frame, a row each")
