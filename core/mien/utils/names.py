"""Names of files that work on every system."""

import re
import unicodedata
from collections.abc import Sequence

# Windows takes these for devices, with any ending and in any case; 1 to 3 also as superscripts.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.I | re.S)


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for itself (CON, nul.txt), or changes it (a space or dot at its end)."""
    return name[-1:] in (".", " ") or _RESERVED.fullmatch(name) is not None


def shortened(name: str, most: int) -> str:
    """The beginning of a name that takes no more than so many bytes of the 255 that file systems have for one."""
    while len(name.encode(errors="replace")) > most:
        name = name[:-1]
    return name


def folded(name: str) -> str:
    """What names have in common that differ in capitals alone, or in how accents are stored: some systems' one file."""
    return unicodedata.normalize("NFC", name).casefold()


def place_of(name: str, names: Sequence[str]) -> int | None:
    """Where a name is among some, or else one that is `folded` to the same; None where there is none."""
    if name in names:
        return names.index(name)
    return next((place for place, other in enumerate(names) if folded(other) == folded(name)), None)
