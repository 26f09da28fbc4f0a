"""Numbers of things as people say them."""


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 face`, `3 faces`.

    Args:
        count: how many.
        one: the word for one of them, and what else depends on the number, such as `picture is`.
        several: the same for any other number; one with an s where empty.
    """
    return f"{count} {one if count == 1 else several or f'{one}s'}"
