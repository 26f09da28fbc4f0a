"""The names of classes as the window shows them. Files, keys and streams keep those of the model."""

from collections.abc import Sequence

from mien import language
from mien.expressions import EXPRESSIONS
from mien.probabilities import wording
from mien.types import Prediction


def shown(name: str) -> str:
    """The name of an expression in the window's language. A person's own class is called as they called it."""
    return language.tr(name) if name in EXPRESSIONS else name


def capital(text: str) -> str:
    """The text with a capital at its beginning; the others stay, which are a noun's in some languages."""
    return text[:1].upper() + text[1:]


def in_words(prediction: Prediction, classes: Sequence[str]) -> str:
    """One line in the window's language: "happiness 0.93", "happiness or surprise", or "not sure: fear or surprise"."""
    return wording.in_words(
        prediction,
        classes,
        either=language.tr(" or "),
        not_sure=language.tr("not sure: {}"),
        called=shown,
        number=language.number,
    )
