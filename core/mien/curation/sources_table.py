"""`sources.csv` of a labelled folder: where each picture comes from, a line for each."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from mien import language
from mien.errors import MienError
from mien.utils.csv import read_rows
from mien.utils.files import check_output, make_file, write_atomic

TABLE = "sources.csv"
COLUMNS = ("path", "label", "source", "time_s", "person", "face_px", "added")

_TAIL = 1 << 16  # bytes; more than any line has


def labels_used(table: Path) -> list[str]:
    """The labels of all lines, the newest first; none where there is no table."""
    if not table.is_file():
        return []
    if _saved_elsewhere(table):
        rows = [cells for _, cells in read_rows(table)[1:]]
    else:  # line by line, since a crash may have cut one short
        rows = [_cells(line) for line in table.read_bytes().splitlines()[1:]]
    rows = [cells for cells in rows if len(cells) == len(COLUMNS)]
    return [row[COLUMNS.index("label")] for row in rows][::-1]


def append_row(table: Path, row: Sequence[str]) -> None:
    """Add a line, also to a table that a crash or an editor left without its last line's end.

    Raises:
        MienError: the table has other columns.
        OSError: it cannot be written.
    """
    check_output(table)
    if _saved_elsewhere(table):
        write_atomic(table, b"".join(_line(cells) for _, cells in read_rows(table)))
    with make_file(table).open("a+b") as file:
        head = b"" if _mend(file, table) else _line(COLUMNS)
        file.write(head + _line(row))
        file.flush()
        os.fsync(file.fileno())


def remove_row(table: Path, path: str) -> None:
    """Take the newest line of a picture away, if it has one; `path` is relative to the folder.

    Raises:
        OSError: the table cannot be read or written.
    """
    if not table.is_file():
        return
    lines = table.read_bytes().splitlines(keepends=True)
    place = next((i for i in reversed(range(len(lines))) if _cells(lines[i])[:1] == [path]), None)
    if place is not None:
        write_atomic(table, b"".join(lines[:place] + lines[place + 1 :]))


def _saved_elsewhere(table: Path) -> bool:
    """Whether a spreadsheet has saved the table in its own way, with semicolons, say, or in another encoding."""
    if not table.is_file():
        return False
    with table.open("rb") as file:
        first = file.readline()
    if _line(COLUMNS).startswith(first) or _cells(first) == list(COLUMNS):
        return False
    try:
        rows = read_rows(table)
    except MienError:
        return False
    return bool(rows) and rows[0][1] == list(COLUMNS)


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode(errors="backslashreplace")  # a video's name may be no text


def _cells(line: bytes) -> list[str]:
    return next(csv.reader([line.decode(errors="replace").rstrip("\r\n")]), [])


def _mend(file: IO[bytes], table: Path) -> bool:
    """Drop a last line that a crash cut short, so that the table ends with a whole one; False if it is empty."""
    head = _line(COLUMNS)
    file.seek(0)
    first = file.readline()
    if head.startswith(first) and not first.endswith(b"\n"):  # empty, or cut short within its first line
        file.truncate(0)
        return False
    if _cells(first) != list(COLUMNS):
        text = language.tr("{} has other columns than Mien's: move it away, or choose another folder.")
        raise MienError(text.format(table))
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _TAIL, 0))
    rest = file.read().rpartition(b"\n")[2]
    if rest and len(_cells(rest)) == len(COLUMNS):  # whole but for its end, as some editors leave it
        file.write(b"\n")
    elif rest:
        file.truncate(size - len(rest))
    return True
