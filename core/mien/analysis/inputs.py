"""Which files are meant, and which session folders they become."""

import glob
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mien.errors import MienError
from mien.sources.address import PICTURES, VIDEOS, path_of
from mien.utils.files import check_input, reading

log = logging.getLogger(__name__)

_LONGEST = 250  # bytes of a folder's name; file systems take 255, and a number may follow


@dataclass(frozen=True)
class Job:
    """One file and the session folder that it becomes."""

    path: Path
    session: Path


def expand_paths(given: Iterable[str]) -> list[Path]:
    """List files, the videos and pictures in folders, and what patterns with * ? [ ] match, each once.

    Raises:
        MienError: something does not exist or is no file, or a folder holds nothing that can be analysed.
    """
    paths: dict[Path, None] = {}
    for item in given:
        path = path_of(item)
        if path.is_dir():
            with reading(path):
                inside = [p for p in sorted(path.iterdir()) if p.suffix.lower() in VIDEOS | PICTURES]
            found = _files(inside)
            if not found:
                raise MienError(f"{path} has no videos or pictures in it.")
            paths.update(dict.fromkeys(found))
        elif not os.path.lexists(path) and (matched := sorted(glob.glob(str(path)))):
            found = _files(Path(name) for name in matched)
            if not found:
                raise MienError(f"{path} matches no file.")
            paths.update(dict.fromkeys(found))
        else:
            check_input(path)
            paths[path] = None
    return list(paths)


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files; of what is none, folders are passed over, and links to nothing, pipes and the like said to be."""
    found = []
    for path in paths:
        if path.is_file():
            found.append(path)
        elif not path.is_dir():
            log.warning("%s leads to no file and is left out.", path)
    return found


def jobs(paths: Sequence[Path], out: Path) -> list[Job]:
    """Name a session folder for each file: the file's name, with its ending or a number if two would be the same.

    A file gets the same folder each time, as long as the same files are given.
    """
    names = [_folder_name(path) for path in paths]
    folded = [name.casefold() for name in names]
    taken: set[str] = set()
    made = []
    for path, name in zip(paths, names, strict=True):
        if folded.count(name.casefold()) > 1:
            name = _plain(path.name) or name
        number = 2
        unique = name
        while unique.casefold() in taken:
            unique, number = f"{name}-{number}", number + 1
        taken.add(unique.casefold())
        made.append(Job(path, out / unique))
    return made


def _folder_name(path: Path) -> str:
    return _plain(path.stem) or _plain(path.name) or "session"


def _plain(name: str) -> str:
    """A file's name as a folder's that can be shown; empty where it is only dots, which would be another folder."""
    name = "".join(letter if letter.isprintable() else "_" for letter in name)
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    return name if name.strip(". ") else ""
