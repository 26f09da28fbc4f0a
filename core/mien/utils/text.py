"""Texts of strangers, for places that would take parts of them for something else: a terminal, a plot, a list."""

import re

_SPACES = re.compile(r"\s+")
# What turns the direction of the text around it, ends lines, or is no character of any document.
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text in one line: what cannot be shown (line ends, control characters, broken names) becomes an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def is_plain(text: str) -> bool:
    """Whether the text is one line that can be shown and written anywhere."""
    return _NOT_SHOWN.search(text) is None


def one_line(text: str) -> str:
    """The text in one line: spaces are single, and what cannot be shown and written anywhere becomes U+FFFD."""
    return _NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", text)).strip()
