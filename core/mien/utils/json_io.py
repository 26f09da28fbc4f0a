"""JSON as Mien reads and writes it.

What is read is checked for size, depth and numbers first, since it may come from anybody. What is written has numbers
that every program reads, and any name that a file can have.
"""

import json
import math
import re
from pathlib import Path
from typing import Any

from mien import language
from mien.errors import MienError
from mien.utils.files import read_bounded, write_atomic, writing

LARGEST = 32 << 20
"""Bytes. A split file of some 400,000 pictures has as many; no other file of Mien's comes near."""
DEEPEST = 32
"""Levels of lists and tables within each other; Mien's own files have six."""
_MOST_PARTS = 1 << 20  # lists and tables: each takes some 70 bytes of memory for two of the file
_MOST_VALUES = 1 << 22  # likewise
_HIGHEST = 1 << 63  # whole numbers have 64 bits everywhere else
# Half a pair, which cannot be written again. Those left out are Python's form of a file name that is not UTF-8.
_HALF = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")


def to_json(values: Any, *, indent: int | None = None) -> bytes:
    """Plain values as a JSON file's contents, without a line's end.

    A name that is not valid text (Linux allows any bytes) is written with escapes, from which Python reads it back.

    Raises:
        MienError: a number is infinite or not a number, which JSON does not know and few programs read.
    """
    try:
        text = json.dumps(values, indent=indent, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise MienError(
            language.tr("What was computed cannot be written as JSON: {}. Look for numbers such as nan.").format(error)
        ) from error
    return text.encode("utf-8", "backslashreplace")


def without_nan(values: Any) -> Any:
    """Plain values with null in place of numbers that JSON does not know: for figures, which may be missing."""
    if isinstance(values, float):
        return values if math.isfinite(values) else None
    if isinstance(values, dict):
        return {key: without_nan(value) for key, value in values.items()}
    if isinstance(values, list | tuple):
        return [without_nan(value) for value in values]
    return values


def write_json(path: Path, values: Any) -> None:
    """Write figures for other programs; those that are no number become null.

    Raises:
        MienError: the file cannot be written.
    """
    with writing(path):
        write_atomic(path, to_json(without_nan(values), indent=2) + b"\n")


def parse_json(data: bytes, where: str, *, largest: int = LARGEST) -> Any:
    """Plain values from JSON.

    Halves of surrogate pairs in texts become U+FFFD, but for the bytes of a file name that is not UTF-8.

    Args:
        data: the bytes of a file or of a line of one.
        where: the file, for messages.
        largest: bytes that are taken.

    Raises:
        MienError: it is no JSON, larger or deeper than any file of Mien's, has a key twice in one table, or a number
            that is not finite or not within 64 bits.
    """
    if len(data) > largest:
        raise MienError(language.tr("{} is larger than any such file of Mien's, and was not read.").format(where))
    if data.count(b"[") + data.count(b"{") > _MOST_PARTS or data.count(b",") > _MOST_VALUES:
        raise MienError(
            language.tr("{} has more values, lists and tables than any file of Mien's, and was not read.").format(where)
        )
    try:
        return _checked(json.loads(data, object_pairs_hook=_table, parse_constant=_refused), 0)
    except RecursionError:
        raise MienError(language.tr("{} cannot be read: {}.").format(where, _TOO_DEEP)) from None
    except ValueError as error:
        raise MienError(language.tr("{} cannot be read as JSON: {}.").format(where, error)) from error


def read_json(path: Path, *, largest: int = LARGEST) -> Any:
    """Plain values from a JSON file; see `parse_json`.

    Raises:
        OSError: the file cannot be read.
        MienError: it cannot be read as JSON.
    """
    return parse_json(read_bounded(path, largest), str(path), largest=largest)


_TOO_DEEP = f"it has more than {DEEPEST} levels"


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key is there twice in one table")
    return made


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _checked(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict | list):
        if depth == DEEPEST:
            raise ValueError(_TOO_DEEP)
        if isinstance(value, list):
            return [_checked(item, depth + 1) for item in value]
        return {_checked(key, depth): _checked(item, depth + 1) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")
    if isinstance(value, int) and not -_HIGHEST <= value < _HIGHEST:
        raise ValueError("a whole number has more than 64 bits")
    return value
