"""Text on a terminal."""


def printable(text: str) -> str:
    """The text in one line: what cannot be shown (line ends, control characters, broken names) becomes an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
