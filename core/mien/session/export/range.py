"""A span of a session for others: its rows with the persons' names, and a plot."""

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow.compute
import pyarrow.parquet
from matplotlib.figure import Figure

from mien.colours import class_colour
from mien.errors import MienError
from mien.probabilities.baseline import Baseline, change_from_baseline
from mien.session.columns import Value
from mien.session.finalize import PARQUET
from mien.session.rows import NOBODY
from mien.session.session import Session
from mien.session.timeline import Timeline
from mien.utils.csv import escape_formula
from mien.utils.files import write_atomic

_BINS = 600


def export_rows(session: Session, path: Path, start_s: float, end_s: float) -> int:
    """Write the rows from one moment to another as CSV, with each person's number as set right and name.

    Where somebody has a neutral, the changes from it follow: a column for each class, empty for those who have none.

    Returns:
        How many rows were written.

    Raises:
        MienError: the file cannot be written.
    """
    table = pyarrow.parquet.read_table(session.folder / PARQUET)
    times = table.column("time_s").to_numpy()
    faces = ~np.asarray(table.column("track").is_null().to_numpy())
    persons = np.full(len(times), NOBODY)
    persons[faces] = session.persons
    chosen = np.flatnonzero((times >= start_s) & (times <= end_s))
    names = table.column_names
    columns = [table.column(name).take(chosen).to_pylist() for name in names]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    place, read = names.index("person"), [names.index(f"p_{name}") for name in session.classes]
    changed = [f"change_{name}" for name in session.classes] if session.neutrals else []
    writer.writerow([escape_formula(name) for name in [*names, "name", *changed]])
    for row, number in zip(zip(*columns, strict=True), persons[chosen].tolist(), strict=True):
        cells = [escape_formula(cell) if isinstance(cell, str) else cell for cell in row]
        cells[place] = number if number != NOBODY else None
        name = escape_formula(session.person_name(number)) if number != NOBODY else None
        writer.writerow([*cells, name, *(_change(row, read, session.neutrals.get(number)) if changed else ())])
    _write(path, text.getvalue().encode())
    return len(chosen)


def _change(row: tuple[Value, ...], read: list[int], neutral: Baseline | None) -> list[float | None]:
    """From the neutral, of a row whose probabilities stand in the places `read`."""
    if neutral is None:
        return [None] * len(read)
    changes = change_from_baseline(np.array([row[place] for place in read], np.float64), neutral)
    return [round(float(value), 5) for value in changes]


def export_plot(session: Session, path: Path, start_s: float, end_s: float) -> None:
    """Draw each person's probabilities over a span, stacked, and the reliability as a line.

    Args:
        session: whose rows are drawn.
        path: a PNG, SVG or PDF file, by its ending.
        start_s: of the span.
        end_s: of the span.

    Raises:
        MienError: the file cannot be written, or its ending is none of these.
    """
    if path.suffix.lower() not in (".png", ".svg", ".pdf"):
        raise MienError(f"{path.name}: a plot is written as .png, .svg or .pdf.")
    rows = session.rows
    inside = (rows.time_s >= start_s) & (rows.time_s <= end_s)
    people = [number for number in session.people() if (session.persons[inside] == number).any()]
    figure = Figure(figsize=(10, 1.2 + 1.5 * max(len(people), 1)), layout="constrained")
    lanes = figure.subplots(max(len(people), 1), 1, sharex=True, squeeze=False)[:, 0]
    centres = np.linspace(start_s, end_s, _BINS + 1)[:-1] + (end_s - start_s) / _BINS / 2
    inks = [class_colour(name, i) for i, name in enumerate(session.classes)]
    for lane, number in zip(lanes, people, strict=False):
        shares, reliability = Timeline(session, number).bins(start_s, end_s, _BINS)
        lane.stackplot(centres, np.nan_to_num(shares).T, colors=inks, step="mid", linewidth=0)
        lane.plot(centres, reliability, color="black", linewidth=0.8)
        lane.set_ylabel(session.person_name(number), rotation=0, ha="right", va="center")
        lane.set_ylim(0, 1)
        lane.set_yticks([0, 1])
        lane.spines[["top", "right"]].set_visible(False)
    lanes[-1].set_xlim(start_s, end_s)
    lanes[-1].set_xlabel(
        f"seconds of {session.name}. Model {session.description.model}. An expression is not a feeling."
    )
    handles = [
        lanes[0].fill_between([], [], color=ink, label=name) for ink, name in zip(inks, session.classes, strict=True)
    ]
    handles += lanes[0].plot([], [], color="black", linewidth=0.8, label="reliability")
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), frameon=False, fontsize=9)
    buffer = io.BytesIO()
    figure.savefig(buffer, format=path.suffix[1:].lower(), dpi=160)
    _write(path, buffer.getvalue())


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomic(path, data)
    except OSError as error:
        raise MienError(f"{path} cannot be written: {error.strerror or error}.") from error
