"""The eight expressions, in the order of FERPlus's vote columns."""

from collections.abc import Iterable

from mien import language

EXPRESSIONS: tuple[str, ...] = (
    language.mark("neutral"),
    language.mark("happiness"),
    language.mark("surprise"),
    language.mark("sadness"),
    language.mark("anger"),
    language.mark("disgust"),
    language.mark("fear"),
    language.mark("contempt"),
)

OR = " or "
"""Between the classes of a prediction set in a table."""


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    """Sort names of classes: the expressions in their own order, then all others alphabetically."""
    place = {name: i for i, name in enumerate(EXPRESSIONS)}
    return tuple(sorted(names, key=lambda name: (place.get(name, len(place)), name)))
