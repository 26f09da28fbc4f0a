"""Mutations of plain values and bytes, which every kind of input shares."""

import json
import random
from typing import Any

NUMBERS = (0, -1, 1, 2, 0.5, -0.5, 2**31, 2**63 - 1, 2**63, -(2**63), 2**64, 1e308, 1e-308, 10**400)
TEXTS = (
    "",
    "$\\foo$",
    "\ud800",
    "\udcff",
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "CON",
    "nul.txt",
    "\x00",
    "a" * 5000,
    "<img src=x>",
)
TEXTS += ("=1+1", "\u202eabc", "\n\n", "%s{}", "hf-hub:a/b", "x or y", "NaN")


def value(rng: random.Random) -> Any:
    """Something that nobody expects."""
    return rng.choice((rng.choice(NUMBERS), rng.choice(TEXTS), None, True, [], {}, [rng.choice(NUMBERS)], {"a": [1]}))


def change_values(values: Any, rng: random.Random) -> Any:
    """Change one place in plain values: replace, remove, add, repeat."""
    if isinstance(values, dict) and values and rng.random() < 0.9:
        key = rng.choice(list(values))
        what = rng.random()
        if what < 0.6:
            values[key] = change_values(values[key], rng)
        elif what < 0.7:
            del values[key]
        elif what < 0.8:
            values[rng.choice(TEXTS)] = values[key]
        else:
            values[key] = value(rng)
        return values
    if isinstance(values, list) and values and rng.random() < 0.9:
        place = rng.randrange(len(values))
        if rng.random() < 0.7:
            values[place] = change_values(values[place], rng)
        elif rng.random() < 0.5:
            values += values * rng.choice((1, 30))
        else:
            del values[place]
        return values
    return value(rng)


def change_bytes(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut, repeat and overwrite bytes."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not made:
            break
        where, length = rng.randrange(len(made)), rng.randrange(1, 40)
        kind = rng.randrange(5)
        if kind == 0:
            made[where] = rng.getrandbits(8)
        elif kind == 1:
            del made[where : where + rng.choice((1, length, len(made)))]
        elif kind == 2:
            made[where:where] = made[where : where + length] * rng.choice((1, 50))
        elif kind == 3:
            made[where : where + 4] = rng.choice(
                (b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"[[[[", b'"\\ud')
            )
        else:
            made[where] ^= 1 << rng.randrange(8)
    return bytes(made)


def change_json(values: Any, rng: random.Random) -> bytes:
    """JSON with values changed, then now and then its bytes too; now and then far too deep."""
    values = json.loads(json.dumps(values))
    for _ in range(rng.choice((1, 1, 2, 4))):
        values = change_values(values, rng)
    data = json.dumps(values, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    if rng.random() < 0.2:
        data = change_bytes(data, rng)
    if rng.random() < 0.02:
        data = rng.choice((b"[", b'{"a":')) * rng.choice((50, 5000, 200_000)) + data
    return data
