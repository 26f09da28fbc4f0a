r"""Which other computer a Windows path leads to, and whether it may be asked.

Windows tells the computer that a path names (`\\computer\share\film.mp4`) who its user is, with a proof of the password
that can be guessed at, as soon as a program asks whether the file is there. So what somebody else wrote (a session's
video, a config's teacher, a table's picture) leads only to computers that this person has opened a file of before.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.utils import paths
from mien.utils.files import make_folder, read_bounded, write_atomic

_WINDOWS = os.name == "nt"
_LARGEST = 1 << 16
_LOCAL = re.compile(r"[a-z]:(/|$)", re.IGNORECASE)
_opened: set[str] = set()
"""By this process, where the list cannot be written."""


def server_of(path: str | Path) -> str:
    r"""The computer that a path leads to on Windows, in small letters; empty of a path on this one.

    Args:
        path: as Windows understands it: `\\computer\share`, `//computer/share`, `\\?\UNC\computer\share`. What is
            neither that nor a drive's (`\\.\pipe\a`, `\\?\GLOBALROOT\...`) may lead anywhere, and counts as the
            computer `?`.
    """
    text = str(path).strip().replace("\\", "/")
    if not text.startswith(("//", "/??/")):
        return ""
    first, _, rest = text.lstrip("/").partition("/")
    if first in ("?", ".", "??"):
        if _LOCAL.match(rest):
            return ""
        kind, _, rest = rest.partition("/")
        first = rest.lstrip("/").partition("/")[0] if kind.lower() == "unc" else ""
    # \\computer@SSL@443\share is a web server.
    return re.split("[@:?]", first.lower())[0] or "?"


def may_be_asked(path: str | Path, beside: Path | None = None) -> bool:
    """Whether a path that somebody else wrote leads to no computer but those that this person has opened files of.

    Args:
        path: not touched here.
        beside: what the person has opened; its own computer is known.
    """
    try:
        check([path], beside)
    except MienError:
        return False
    return True


def check(given: Iterable[str | Path], beside: Path | None = None) -> None:
    """Refuse paths that somebody else wrote where one leads to a computer that may not be asked.

    Args:
        given: not touched here.
        beside: see `may_be_asked`.

    Raises:
        MienError: the first such path, and what to do.
    """
    asked: dict[str, str | Path] = {}
    for path in given if _WINDOWS else ():
        if server := server_of(path):
            asked.setdefault(server, path)
    if not asked:
        return
    known = {*_opened, *_read()} | ({server_of(beside.resolve())} if beside is not None else set())
    for server, path in asked.items():
        if server == "?" or server not in known:
            raise MienError(
                language.tr(
                    "{} is on another computer, which is told who you are as soon as it is asked for a file. If you "
                    "know it, open any file of it in Mien, then try again."
                ).format(path)
            )


def remember(path: Path) -> None:
    """Keep that this person has opened a file of its computer."""
    if not _WINDOWS:
        return
    for server in {server_of(path), server_of(path.resolve())} - {"", "?"}:  # a drive's letter may stand for one
        if server in _opened:
            continue
        _opened.add(server)
        if server not in (known := _read()):
            with suppress(OSError):  # then it is known until this process ends
                make_folder(_list().parent)
                write_atomic(_list(), "".join(f"{one}\n" for one in sorted({*known, server})).encode())


def _list() -> Path:
    return paths.user_settings().with_name("computers.txt")


def _read() -> set[str]:
    with suppress(OSError, UnicodeDecodeError):
        return set(read_bounded(_list(), _LARGEST).decode().split())
    return set()
