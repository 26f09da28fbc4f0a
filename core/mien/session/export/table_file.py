"""Tables as CSV, TSV or a workbook, by the file's ending."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.session.columns import Value
from mien.utils.csv import cell, escape_formula, looks_like_formula
from mien.utils.files import whole_file, write_atomic

SUFFIXES = (".csv", ".xlsx", ".tsv")
_NOTHING_IN_TSV = "n/a"  # as BIDS has it
_MOST_ROWS = 1_048_576  # of a workbook's sheet, its head among them


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Value]], decimal: str = ".") -> None:
    """Write a table.

    Args:
        path: ends with .csv, .xlsx or .tsv.
        head: the columns' names.
        rows: as long as the head; None is an empty cell (`n/a` in TSV).
        decimal: of .csv: "." or ","; with a comma there are semicolons between the cells.

    Raises:
        MienError: another ending, or more rows than a workbook holds.
        OSError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise MienError(
            language.tr("{}: a table is written as {}. Choose one of these endings.").format(
                path.name, ", ".join(SUFFIXES)
            )
        )
    if suffix == ".xlsx":
        _write_workbook(path, head, rows)
        return
    between = "\t" if suffix == ".tsv" else ";" if decimal == "," else ","
    mark = "." if suffix == ".tsv" else decimal
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=between)
    writer.writerow([escape_formula(name) for name in head])
    empty = _NOTHING_IN_TSV if suffix == ".tsv" else None
    writer.writerows([empty if value is None else cell(value, mark) for value in row] for row in rows)
    write_atomic(path, text.getvalue().encode(errors="backslashreplace"))


def _write_workbook(path: Path, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Numbers are numbers in any country's program; a text that looks like a formula stays a text."""
    from openpyxl import Workbook  # a fifth of a second
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Mien")
    sheet.freeze_panes = "A2"

    def written(value: Value) -> object:
        if not isinstance(value, str):
            return value
        value = ILLEGAL_CHARACTERS_RE.sub("", value.encode(errors="backslashreplace").decode())
        if not looks_like_formula(value):
            return value
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        cell.quotePrefix = True  # also when a person goes into the cell and leaves it
        return cell

    sheet.append([written(name) for name in head])
    for count, row in enumerate(rows, 2):
        if count > _MOST_ROWS:
            raise MienError(
                language.tr("{}: a workbook holds {} rows. Choose a range, or write .csv.").format(
                    path.name, f"{_MOST_ROWS - 1:,}"
                )
            )
        sheet.append([written(value) for value in row])
    data = io.BytesIO()
    book.save(data)
    with whole_file(path) as file:
        file.write(data.getbuffer())
