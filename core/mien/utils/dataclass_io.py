"""Frozen dataclasses from TOML and JSON, strictly: a misspelt key is an error, not a default.

A field that was renamed names its old key, `field(metadata={"formerly": "blend"})`, so that older files still load.
"""

import dataclasses
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from mien.errors import MienError

T = TypeVar("T")


def from_dict(kind: type[T], values: dict[str, Any], where: str = "config") -> T:
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
        raise MienError(f"{where} must be a table of values.")
    values = with_current_keys(kind, values, where)
    known = {f.name for f in dataclasses.fields(kind)}
    if unknown := sorted(set(values) - known):
        raise MienError(f"{where}: '{unknown[0]}' is unknown. Known are {', '.join(sorted(known))}.")
    arguments = {key: _convert(hints[key], value, f"{where}.{key}") for key, value in values.items()}
    try:
        return kind(**arguments)
    except TypeError as error:
        raise MienError(f"{where}: {error}") from error


def _convert(hint: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise MienError(f"{where} must be a table of values.")
        return from_dict(hint, value, where)
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        if value not in options:
            raise MienError(f"{where} = {value!r} must be one of {', '.join(map(str, options))}.")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise MienError(f"{where} must be a list.")
        return tuple(_convert(options[0], item, where) for item in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise MienError(f"{where} must be a table of values.")
        return {str(key): _convert(options[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin in (types.UnionType, typing.Union):
        if value is None and type(None) in options:
            return None
        return _convert(next(o for o in options if o is not type(None)), value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is Any:
        return value
    if isinstance(hint, type) and (not isinstance(value, hint) or (hint is int and isinstance(value, bool))):
        raise MienError(f"{where} = {value!r} must be of type {hint.__name__}.")
    return value


def with_current_keys(kind: type[Any], values: dict[str, Any], where: str = "config") -> dict[str, Any]:
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
            raise MienError(f"{where}: '{former}' is the former name of '{name}'. Keep only '{name}'.")
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
