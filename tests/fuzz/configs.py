"""Damaged and hostile training configs."""

import random
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w
from tests.fuzz.changes import change_bytes, change_values

from mien.errors import MienError
from mien.training import config as configs


@cache
def _good() -> tuple[Any, ...]:
    return tuple(asdict(configs.load(name)) for name in ("light", "deit", "paper", "superres"))


def _plain(values: Any) -> Any:
    """What TOML can say: no nothing, no half characters, and numbers of 64 bits."""
    if isinstance(values, dict):
        return {_plain(key): _plain(item) for key, item in values.items() if item is not None}
    if isinstance(values, list | tuple):
        return [_plain(item) for item in values if item is not None]
    return values.encode("utf-8", "replace").decode() if isinstance(values, str) else values


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A config with some values changed, or damaged bytes."""
    values = _plain(rng.choice(_good()))
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        values = change_values(values, rng)
    data = tomli_w.dumps(_plain(values)).encode() if isinstance(values, dict) else b"a = 1"
    if rng.random() < 0.3:
        data = change_bytes(data, rng)
    if rng.random() < 0.02:
        data = rng.choice((b"a = " + b"[" * 50_000, b"[a" + b".a" * 20_000 + b"]", b"a = {b=" * 20_000)) + data
    return "mutated.toml", data


def use(path: Path) -> None:
    """Load it, and write it again."""
    with suppress(MienError):
        configs.from_toml(configs.to_toml(configs.load(str(path))))
