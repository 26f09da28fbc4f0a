"""Numbers of things as people say them."""


def counted(count: int, one: str) -> str:
    """A number with its noun, which takes an s: `1 face`, `3 faces`."""
    return f"{count} {one if count == 1 else f'{one}s'}"
