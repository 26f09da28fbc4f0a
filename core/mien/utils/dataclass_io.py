"""Frozen dataclasses from TOML and JSON, strictly: a misspelt key is an error, not a default.

A field that was renamed names its old key, `field(metadata={"formerly": "blend"})`, so that older files still load. One
with a range says so, `field(default=1.0, metadata=within(0, 10))`; `check_ranges` holds it to that.
"""

import dataclasses
import math
import reprlib
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from mien import language
from mien.errors import MienError
from mien.utils.files import read_bounded

T = TypeVar("T")

_RANGE = "range"
_LONGEST_KEY = 18  # digits
_LARGEST_TOML = 1 << 16  # bytes; the largest config of Mien's has 3,000
_MOST_DOTS = 200  # in a line; a table whose name has thousands takes minutes to parse
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60


def within(low: float, high: float) -> dict[str, Any]:
    """The metadata of a field whose number has a range, both ends included.

    Of a text it is the range of its length, of a list or table that of everything in it.
    """
    return {_RANGE: (low, high)}


def check_ranges(made: Any, where: str) -> None:
    """Hold a dataclass to the ranges of its fields.

    Args:
        made: the dataclass; call it in `__post_init__`.
        where: what it is, for the message.

    Raises:
        MienError: a value is out of its range.
    """
    for field in dataclasses.fields(made):
        if _RANGE in field.metadata:
            low, high = field.metadata[_RANGE]
            _check_range(getattr(made, field.name), low, high, f"{where}: {field.name}")


def _check_range(value: Any, low: float, high: float, where: str) -> None:
    if isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            _check_range(item, low, high, where)
    elif isinstance(value, str):
        if not low <= len(value) <= high:
            raise MienError(language.tr("{} must have {} to {} letters, not {}.").format(where, low, high, len(value)))
    elif not low <= value <= high:  # NaN is in no range
        raise MienError(language.tr("{} = {} must be from {} to {}.").format(where, brief(value), low, high))


def brief(value: object) -> str:
    """A value from a file, short enough for a message."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # a whole number of more digits than Python prints
        return "a huge number"


def read_toml(path: Path) -> dict[str, Any]:
    """Plain values from a TOML file.

    Raises:
        OSError: the file cannot be read.
        MienError: it is no TOML.
    """
    data = read_bounded(path, _LARGEST_TOML)
    if len(data) > _LARGEST_TOML:
        raise MienError(language.tr("{} is larger than any config, and was not read.").format(path))
    try:
        return parse_toml(data.decode(), str(path))
    except UnicodeDecodeError as error:
        raise MienError(language.tr("{} is not valid TOML: {}.").format(path, error)) from error


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Plain values from TOML.

    Raises:
        MienError: it is none; the message begins with `where`.
    """
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):
        raise MienError(language.tr("{} is not valid TOML for Mien: a line has too many dots.").format(where))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise MienError(language.tr("{} is not valid TOML: it has too many levels.").format(where)) from None
    except ValueError as error:  # TOMLDecodeError is one
        raise MienError(language.tr("{} is not valid TOML: {}.").format(where, error)) from error


def from_dict(kind: type[T], values: dict[str, Any], where: str) -> T:
    """Make a dataclass, and the dataclasses inside it, from plain values.

    Args:
        kind: the dataclass.
        values: the contents of a TOML or JSON file, under today's keys or former ones.
        where: the file or the key, for messages.

    Raises:
        MienError: a key is unknown or given under both of its names, or a value is missing or of the wrong type.
    """
    assert dataclasses.is_dataclass(kind)
    hints = typing.get_type_hints(kind)
    if not isinstance(values, dict):
        raise MienError(language.tr("{} must be a table of values.").format(where))
    values = with_current_keys(kind, values, where)
    known = {f.name for f in dataclasses.fields(kind)}
    if unknown := sorted(set(values) - known):
        raise MienError(
            language.tr("{}: {} is unknown. Known are {}.").format(where, brief(unknown[0]), ", ".join(sorted(known)))
        )
    if missing := [f.name for f in dataclasses.fields(kind) if f.name not in values and _has_no_default(f)]:
        raise MienError(language.tr("{} lacks {}.").format(where, ", ".join(missing)))
    arguments = {key: _convert(hints[key], value, f"{where}.{key}") for key, value in values.items()}
    try:
        return kind(**arguments)
    except TypeError as error:  # something that its own checks cannot compare
        raise MienError(f"{where}: {error}") from error


def _has_no_default(field: "dataclasses.Field[Any]") -> bool:
    return field.init and field.default is field.default_factory is dataclasses.MISSING


def _convert(hint: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise MienError(language.tr("{} must be a table of values.").format(where))
        return from_dict(hint, value, where)
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        if value not in options:
            raise MienError(
                language.tr("{} = {} must be one of {}.").format(where, brief(value), ", ".join(map(str, options)))
            )
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise MienError(language.tr("{} must be a list.").format(where))
        return tuple(_convert(options[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is list:
        if not isinstance(value, list):
            raise MienError(language.tr("{} must be a list.").format(where))
        return [_convert(options[0], item, f"{where}[{i}]") for i, item in enumerate(value)]
    if origin is dict:
        if not isinstance(value, dict):
            raise MienError(language.tr("{} must be a table of values.").format(where))
        return {
            _key(options[0], key, where): _convert(options[1], item, f"{where}.{key[:60]}")
            for key, item in value.items()
        }
    if origin in (types.UnionType, typing.Union):
        if value is None and type(None) in options:
            return None
        return _convert(next(o for o in options if o is not type(None)), value, where)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise MienError(language.tr("{} = {} must be a finite number.").format(where, brief(value)))
        return number
    if hint is Any:
        return value
    if isinstance(hint, type) and (not isinstance(value, hint) or (hint is int and isinstance(value, bool))):
        raise MienError(language.tr("{} = {} must be of type {}.").format(where, brief(value), hint.__name__))
    return value


def _key(hint: Any, key: str, where: str) -> Any:
    """A table's key, which files have as text; whole numbers have no other form than 1, 2, 10."""
    if hint is not int:
        return key
    if not key.isascii() or not key.isdecimal() or len(key) > _LONGEST_KEY:
        raise MienError(language.tr("{}: {} must be a whole number.").format(where, brief(key)))
    return int(key)


def with_current_keys(kind: type[Any], values: dict[str, Any], where: str) -> dict[str, Any]:
    """Plain values under the keys that a dataclass has today, in tables within tables too. Nothing else is checked.

    Raises:
        MienError: a value stands under its former key and under today's.
    """
    hints = typing.get_type_hints(kind)
    today = {f.metadata["formerly"]: f.name for f in dataclasses.fields(kind) if "formerly" in f.metadata}
    result: dict[str, Any] = {}
    for key, value in values.items():
        name = today.get(key, key)
        if name in result:
            former = next(old for old, new in today.items() if new == name)
            raise MienError(
                language.tr("{}: '{}' is the former name of '{}'. Keep only '{}'.").format(where, former, name, name)
            )
        hint = hints.get(name)
        if isinstance(hint, type) and dataclasses.is_dataclass(hint) and isinstance(value, dict):
            value = with_current_keys(hint, value, f"{where}.{name}")
        result[name] = value
    return result


def merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """`base` with `changes` put over it, also in tables within tables."""
    result = dict(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def listed(folder: Path) -> list[str]:
    """The names of the TOML files in a folder."""
    return sorted(path.stem for path in folder.glob("*.toml"))
