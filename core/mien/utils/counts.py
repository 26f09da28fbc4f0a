"""Numbers of things: as people say them, and as programs pass them."""

from mien.errors import MienError


def counted(count: int, one: str) -> str:
    """A number with its noun, which takes an s: `1 face`, `3 faces`."""
    return f"{count} {one if count == 1 else f'{one}s'}"


def whole(count: float, name: str) -> int:
    """A number of things, 1 or more, as an int: a program may pass `2.0`, or a number of NumPy's.

    Raises:
        MienError: it is less, or no whole number; `name` says which one.
    """
    if count < 1 or count % 1:
        raise MienError(f"{name} must be a whole number, 1 or more.")
    return int(count)
