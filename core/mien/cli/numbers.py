"""The kinds of numbers that commands take, checked before anything begins."""

import argparse
import math
import re
from collections.abc import Callable

from mien.types import ROTATIONS

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


def origin(text: str) -> str:
    """A web site as browsers name it: `https://host`, `http://host:port`; `null` is that of a page on the disk."""
    if text != "null" and not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s?#@]+/?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no site such as http://localhost:3000, without a path")
    return text.rstrip("/")


def size(text: str) -> tuple[int, int]:
    """Width and height of a frame, px: "1920x1080"."""
    found = re.fullmatch("([0-9]{2,5})x([0-9]{2,5})", text, re.ASCII)
    if not found or not all(64 <= int(side) <= 8192 for side in found.groups()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1920x1080, with sides from 64 to 8192")
    return int(found[1]), int(found[2])


def rotation(text: str) -> int:
    """By how many degrees, clockwise, pictures are turned first."""
    if text not in [str(degrees) for degrees in ROTATIONS]:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of degrees among 0, 90, 180 and 270")
    return int(text)


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
POSE_HELP = "also measure head pose, blinks, and how far eyes and mouth are open, of faces of at least 48 px"
ROTATE_HELP = "turn each picture clockwise by 90, 180 or 270, after it was turned as the file says (0)"
