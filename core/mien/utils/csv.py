"""CSV files: read however they were saved, and written so that spreadsheets open them without harm."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from mien import language
from mien.errors import MienError
from mien.utils.files import read_bounded, reading

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LARGEST = 64 << 20
"""Bytes of a table; a list of a million pictures has fewer."""
_BETWEEN = ",;\t"
_LOOKED_AT = 20  # rows, to find out what is between the cells
_NAMED = re.compile(r'"?sep=([,;\t])"?\r?\n')  # how Excel says it

Row = tuple[int, list[str]]
"""The number of the line on which it ends, and its cells."""


def escape_formula(text: str) -> str:
    """The text with a quote in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if looks_like_formula(text) else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


def plain_number(value: float) -> str:
    """The shortest digits that are read back as this number, never with an exponent: `0.00001`, not `1e-05`."""
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def cell(value: Any, decimal: str = ".") -> Any:
    """What the csv module is to write of a value, so that a spreadsheet reads it and nothing else."""
    if isinstance(value, str):
        return escape_formula(value)
    return plain_number(value).replace(".", decimal) if isinstance(value, float) else value


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file, see `rows_in`.

    Raises:
        MienError: it cannot be read, or is no such file.
    """
    with reading(path):
        data = read_bounded(path, LARGEST)
    if len(data) > LARGEST:
        raise MienError(
            language.tr("{} has more than 64 MB, more than a table of pictures needs. Divide it into several.").format(
                path
            )
        )
    return rows_in(data, str(path))


def rows_in(data: bytes, where: str) -> list[Row]:
    """The rows of a CSV file's bytes, without empty ones: cells with commas, semicolons or tabs between them.

    Args:
        data: the bytes, in any of the encodings of `text_in`.
        where: the file, for messages.

    Raises:
        MienError: it is no text, or a quote in it has no end.
    """
    text = text_in(data, where)
    named = _NAMED.match(text)
    if named:
        text = text[named.end() :]
    try:
        between = named[1] if named else _between(text)
        return list(_rows(text, between))
    except csv.Error as error:
        raise MienError(language.tr("{} cannot be read as a CSV file: {}.").format(where, error)) from error


def text_in(data: bytes, where: str) -> str:
    """A text file's bytes as text: UTF-8, UTF-16 and UTF-32 by their marks, UTF-16 without one, else Windows-1252.

    Raises:
        MienError: it is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        text = _without_mark(data)
    if "\0" in text:
        raise MienError(
            language.tr("{} has a NUL byte in it: it is no text, or damaged. Save it again as CSV.").format(where)
        )
    return text


def _without_mark(data: bytes) -> str:
    if b"\0" in data and len(data) % 2 == 0:
        halves = data[::2], data[1::2]
        for half, encoding in zip(halves, ("utf-16-be", "utf-16-le"), strict=True):
            if 2 * half.count(0) > len(half):  # most letters are Latin
                return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _between(text: str) -> str:
    """What is between the cells: what divides every row, the first one into the most cells."""

    def cells(mark: str) -> tuple[int, int]:
        try:
            counts = [len(row) for _, row in itertools.islice(_rows(text, mark), _LOOKED_AT)]
        except csv.Error:
            return 0, 0
        return min(counts, default=0), counts[0] if counts else 0

    return max(_BETWEEN, key=cells)


def _rows(text: str, between: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    return ((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
