"""What lies in a folder: pictures, videos, what systems leave behind, and all else, which is said."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Literal

from mien import language
from mien.utils.file_kinds import FileKind, kind_of
from mien.utils.files import LEFT_OVER

_LEFT_BEHIND = {
    "$recycle.bin",
    ".apdisk",
    ".ds_store",
    ".fseventsd",
    ".localized",
    ".spotlight-v100",
    ".temporaryitems",
    ".trashes",
    "@eadir",
    "__macosx",
    "desktop.ini",
    "ehthumbs.db",
    "icon\r",
    "system volume information",
    "thumbs.db",
}
_NAMED = 3  # of the files that are passed over


@dataclass(frozen=True)
class Listed:
    """The files of a folder, sorted."""

    files: tuple[Path, ...]
    """Of the kinds that were asked for."""
    passed_over: tuple[Path, ...]
    """All others, without what systems leave behind."""


def is_left_behind(path: PurePath | str) -> bool:
    """Whether a system made this file or folder, or one that it is in, for itself: nobody misses it.

    Such are `._name`, `__MACOSX`, `.DS_Store`, `Thumbs.db` and `desktop.ini`. So is what a kill has left of a file that
    Mien was writing.
    """
    return any(
        part.startswith("._") or part.casefold() in _LEFT_BEHIND or fnmatchcase(part, LEFT_OVER)
        for part in PurePath(path).parts
    )


def contents(folder: Path) -> list[Path]:
    """What is in a folder, sorted, without what systems leave behind.

    Raises:
        OSError: the folder cannot be read.
    """
    return sorted(path for path in folder.iterdir() if not is_left_behind(path.name))


def files_below(folder: Path, closed: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """The files in a folder and in those below it, without what systems leave behind. Links to folders stay closed.

    Args:
        folder: where to begin.
        closed: told of each folder that cannot be read.
    """
    for where, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not is_left_behind(name)]
        yield from (Path(where, name) for name in names if not is_left_behind(name))


def listed(paths: Iterable[Path], *kinds: FileKind) -> Listed:
    """Part files by what they are; folders are left out."""
    files: list[Path] = []
    others: list[Path] = []
    for path in sorted(paths):
        if _is_file(path):
            (files if kind_of(path) in kinds else others).append(path)
    return Listed(tuple(files), tuple(others))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # it may not be looked at: whoever opens it will say so
        return True


def passed_over(paths: Sequence[PurePath], what: Literal["picture", "picture or video"]) -> str:
    """Say how many files were passed over, of which kinds, and the first names.

    Args:
        paths: of the files, in the order in which they are named.
        what: they are not.

    Returns:
        A sentence; empty where there is none.
    """
    if not paths:
        return ""
    endings = Counter(path.suffix.lower() or language.tr("without an ending") for path in paths)
    kinds = ", ".join(f"{count} {ending}" for ending, count in endings.most_common(_NAMED + 1))
    names = ", ".join(path.name for path in paths[:_NAMED]) + (", ..." if len(paths) > _NAMED else "")
    one = len(paths) == 1
    if what == "picture":
        which = language.tr("1 file is no picture") if one else language.tr("{} files are no pictures")
    else:
        which = (
            language.tr("1 file is no picture or video") if one else language.tr("{} files are no pictures or videos")
        )
    return language.tr("{}, and passed over ({}): {}").format(which.format(len(paths)), kinds, names)
