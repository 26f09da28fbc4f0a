"""Sentences and numbers as people read them: English, or what a window puts in its place.

Files, streams and the command line are always English: they are written without these functions, within `english`, or
by a process in which nobody speaks. What a process says to the window that started it (`mien_app.__main__`) is said
as the window speaks.

`language.tr("...")` marks a sentence. Qt's lupdate finds it by this name, and takes `language` for its context.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self


def _english(sentence: str, comment: str, count: int) -> str:
    """The sentence itself, with `%n face(s)` counted."""
    if count < 0:
        return sentence
    return sentence.replace("(s)", "" if count == 1 else "s").replace("%n", str(count))


@dataclass(frozen=True)
class Language:
    """How sentences and numbers are written."""

    translate: Callable[[str, str, int], str] = _english
    """Takes the English sentence, a comment that tells equal ones apart, and the number that `%n` stands for, or -1."""
    point: str = "."
    """Before the decimals."""
    percent: str = "{}%"


_spoken = Language()
_own: ContextVar[Language | None] = ContextVar("language", default=None)


def speak(language: Language) -> None:
    """Put everything that follows into another language, for the whole process; `Language()` is English."""
    global _spoken
    _spoken = language


@contextmanager
def english() -> Iterator[None]:
    """What is said within, on this thread, is English: for files that are written while a window speaks."""
    token = _own.set(Language())
    try:
        yield
    finally:
        _own.reset(token)


def _now() -> Language:
    return _own.get() or _spoken


class _Said(str):
    """A sentence in another language that knows what it is in English: for the log, which others are to read.

    Within `english` it prints as that, alone or as what an error says; so does what `format` fills in.
    """

    _english: str

    def __new__(cls, text: str, plain: str) -> Self:
        made = super().__new__(cls, text)
        made._english = plain
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:  # to be pickled
        return type(self), (str.__str__(self), self._english)

    def __str__(self) -> str:
        return str.__str__(self) if _own.get() is None else self._english

    def format(self, *args: object, **named: object) -> str:
        """Fill in both."""
        with english():
            plain = self._english.format(*args, **named)
        return _Said(super().format(*args, **named), plain)


def tr(sentence: str, comment: str = "", count: int = -1) -> str:
    """A sentence in the language that is spoken.

    Args:
        sentence: in English, written out where it is called, since lupdate reads the code. `{}` is filled in afterwards
            with `format`.
        comment: for the translator; tells equal sentences apart.
        count: replaces `%n`, and decides between one and several: `%n face(s)`.
    """
    plain, said = _english(sentence, comment, count), _now().translate(sentence, comment, count)
    return said if said == plain else _Said(said, plain)


def mark(sentence: str) -> str:
    """A sentence in English that `tr` says later: for constants, which are made before anybody chose a language."""
    return sentence


def number(value: float, digits: int = 2) -> str:
    """A number with so many decimals: `0.93`, or `0,93`."""
    return f"{value:.{digits}f}".replace(".", _now().point)


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign: `+1.5`."""
    return f"{value:+.{digits}f}".replace(".", _now().point)


def percent(share: float, digits: int = 0) -> str:
    """A share in percent: `93%`."""
    return _now().percent.format(number(100 * share, digits))
