"""The kinds of numbers that commands take, checked before anything begins."""

import argparse
import math
from collections.abc import Callable

_LARGEST = 2**31 - 1


def whole(least: int = 1, most: int = _LARGEST) -> Callable[[str], int]:
    """A whole number from `least` to `most`."""
    bounds = f"from {least} on" if most == _LARGEST else f"from {least} to {most}"

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number {bounds}")
        return value

    return parse


def number(least: float = 0.0, most: float = math.inf, *, above: bool = False) -> Callable[[str], float]:
    """A finite number from `least` (or only above it) to `most`."""
    bounds = f"from {least:g} on" if most == math.inf else f"from {least:g} to {most:g}"
    bounds = f"above {least:g}" if above else bounds

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or not least <= value <= most or (above and value == least):
            raise argparse.ArgumentTypeError(f"{text!r} is no number {bounds}")
        return value

    return parse


_port = whole(1, 65535)


def host_and_port(text: str) -> tuple[str, int]:
    """`PORT` or `HOST:PORT`, an IPv6 address in brackets; the host is empty where it is not given."""
    host, colon, port = text.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    if (colon and not bare) or (":" in bare and bare == host):
        raise argparse.ArgumentTypeError(f"{text!r} is no PORT or HOST:PORT")
    return bare, _port(port)


count = whole()
"""How many of something."""
threads = whole(1, 1024)
"""Threads on the CPU."""
faces = whole(1, 1000)
"""Of a frame, that are classified."""
seed = whole(0, 2**32 - 1)
"""Of a training's randomness."""
seconds = number()
"""A time, or a duration that may be 0."""
