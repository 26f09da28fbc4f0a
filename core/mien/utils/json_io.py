"""JSON as Mien writes it: numbers that every program reads, and any name that a file can have."""

import json
import math
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.utils.files import write_atomic, writing


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
            f"What was computed cannot be written as JSON: {error}. Look for numbers such as nan."
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
