"""One table over many sessions: a row a session and person."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from mien.session.session import Session
from mien.session.summary import frame_durations, summarise
from mien.utils.csv import escape_formula
from mien.utils.files import check_output, write_atomic, writing

_HEAD = ("session", "source", "model", "length_s", "person", "name", "in_view_s", "changes", "not_sure")


def write_study(folders: Sequence[Path], path: Path) -> int:
    """Write the persons' figures over whole sessions as CSV.

    `share_X` is the share of a person's time in view for which X was the most probable class, `mean_X` its mean
    probability; both are empty for a class that the session's model does not have.

    Args:
        folders: of finished sessions.
        path: the file.

    Returns:
        How many rows are in it.

    Raises:
        MienError: a session cannot be read, or the file cannot be written.
    """
    with writing(path):
        check_output(path)
    found: list[tuple[list[str | float | int], dict[str, tuple[float, float]]]] = []
    for folder in folders:
        found += _rows(Session(folder))
    classes = list(dict.fromkeys(name for _, figures in found for name in figures))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads = [f"{what}_{name}" for what in ("share", "mean") for name in classes]
    writer.writerow([escape_formula(name) for name in (*_HEAD, *heads)])
    for cells, figures in found:
        values = [figures[name][i] if name in figures else None for i in (0, 1) for name in classes]
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else cell for cell in cells] + values)
    with writing(path):
        write_atomic(path, text.getvalue().encode(errors="backslashreplace"))
    return len(found)


def _rows(session: Session) -> Iterable[tuple[list[str | float | int], dict[str, tuple[float, float]]]]:
    made, times = session.manifest, session.frame_times
    start_s, end_s = float(times[0]), float(times[-1] + frame_durations(times)[-1])
    for number in session.people():
        found = summarise(session, number, start_s, end_s)
        cells: list[str | float | int] = [
            session.name,
            made.input.path,
            made.model,
            round(end_s - start_s, 3),
            number,
            session.person_name(number),
            round(found.seen_s, 3),
            found.changes,
            round(found.unsure, 4),
        ]
        pairs = zip(found.shares.tolist(), found.means.tolist(), strict=True)
        yield cells, {name: (round(a, 4), round(b, 4)) for name, (a, b) in zip(session.classes, pairs, strict=True)}
