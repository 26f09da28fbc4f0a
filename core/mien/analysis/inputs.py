"""Which files are meant, and which session folders they become."""

import glob
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.sources.address import Address, is_demo, is_live, path_of
from mien.utils import servers
from mien.utils.files import check_input, reading
from mien.utils.folders import contents, is_left_behind, listed, passed_over
from mien.utils.names import is_reserved, shortened

log = logging.getLogger(__name__)

_LONGEST = 250  # bytes of a folder's name; file systems take 255, and a number may follow


@dataclass(frozen=True)
class Job:
    """One file and the session folder that it becomes."""

    path: Path
    session: Path


def expand_paths(given: Iterable[str], say: Callable[[str], object] = log.warning) -> list[Path]:
    """List files, the videos and pictures in folders, and what patterns with * ? [ ] match, each once.

    Args:
        given: paths and patterns.
        say: told what lies in a folder and is neither, or leads nowhere, in a sentence each.

    Raises:
        MienError: something does not exist, is a camera or no file, or a folder holds nothing that can be analysed.
    """
    paths: dict[Path, None] = {}
    for item in given:
        path = path_of(item)
        if path.is_dir():
            with reading(path):
                found = listed(_files(contents(path), say), "picture", "video")
            others = passed_over(found.passed_over, "picture or video")
            if not found.files:
                text = language.tr("{} has no videos or pictures in it. {}")
                raise MienError(text.format(path, others).strip())
            if others:
                say(others)
            paths.update(dict.fromkeys(found.files))
        elif not os.path.lexists(path) and (matched := sorted(glob.glob(str(path)))):
            files = _files((Path(name) for name in matched if not is_left_behind(Path(name).name)), say)
            if not files:
                raise MienError(language.tr("{} matches no file.").format(path))
            paths.update(dict.fromkeys(files))
        else:
            if not os.path.lexists(path) and (is_live(item) or is_demo(item)):
                text = language.tr("{} is no file, and only files are analysed. Open it on Live, and record it there.")
                raise MienError(text.format(Address.of(item)), f"mien live --source {Address.of(item)}")
            check_input(path)
            paths[path] = None
        servers.remember(path)
    return list(paths)


def _files(paths: Iterable[Path], say: Callable[[str], object]) -> list[Path]:
    """The files; of what is none, folders are passed over, and links to nothing, pipes and the like said to be."""
    found = []
    for path in paths:
        if path.is_file():
            found.append(path)
        elif not path.is_dir():
            say(f"{path} leads to no file and is left out.")
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
    name = shortened(name, _LONGEST).rstrip(". ")  # Windows takes them away
    return f"{name}_" if is_reserved(name) else name
