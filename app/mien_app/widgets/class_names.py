"""The names of classes as the window shows them. Files, keys and streams keep those of the model."""

import unicodedata
from collections.abc import Iterable, Sequence

from mien import language
from mien.expressions import EXPRESSIONS
from mien.probabilities import wording
from mien.types import Prediction


def shown(name: str) -> str:
    """The name of an expression in the window's language. A person's own class is called as they called it.

    One that would read like an expression, such as `Freude` beside happiness in German, is said to be their own.
    """
    if name in EXPRESSIONS:
        return language.tr(name)
    known = {_alike(language.tr(expression)) for expression in EXPRESSIONS}
    return language.tr("{} (own class)").format(name) if _alike(name) in known else name


def meant(text: str, offered: Iterable[str] = ()) -> str:
    """The class that a person means: the opposite of `shown`, for what was chosen or typed in the window's language.

    Args:
        text: such as `Freude`; capitals and spaces around it do not matter.
        offered: names that were shown to choose from, besides the expressions.
    """
    said = _alike(text)
    return next((name for name in (*offered, *EXPRESSIONS) if _alike(shown(name)) == said), text.strip())


def _alike(name: str) -> str:
    """What names have in common that look the same, or differ in capitals alone."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


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
