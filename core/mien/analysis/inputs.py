"""Which files are meant, and which session folders they become."""

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mien.errors import MienError
from mien.sources.address import PICTURES, VIDEOS


@dataclass(frozen=True)
class Job:
    """One file and the session folder that it becomes."""

    path: Path
    session: Path


def expand_paths(given: Iterable[str]) -> list[Path]:
    """List files, the videos and pictures in folders, and what patterns with * ? [ ] match, each once.

    Raises:
        MienError: something does not exist, or a folder holds nothing that can be analysed.
    """
    paths: dict[Path, None] = {}
    for item in given:
        path = Path(item).expanduser()
        if path.is_dir():
            inside = [p for p in sorted(path.iterdir()) if p.suffix.lower() in VIDEOS | PICTURES and p.is_file()]
            if not inside:
                raise MienError(f"{path} has no videos or pictures in it.")
            paths.update(dict.fromkeys(inside))
        elif path.exists():
            paths[path] = None
        elif matched := sorted(glob.glob(str(path))):
            paths.update(dict.fromkeys(Path(p) for p in matched if Path(p).is_file()))
        else:
            raise MienError(f"{path} does not exist.")
    return list(paths)


def jobs(paths: Sequence[Path], out: Path) -> list[Job]:
    """Name a session folder for each file: the file's name, with its ending or a number if two would be the same.

    A file gets the same folder each time, as long as the same files are given.
    """
    stems = [path.stem.casefold() for path in paths]
    taken: set[str] = set()
    made = []
    for path, stem in zip(paths, stems, strict=True):
        name = path.stem if stems.count(stem) == 1 else path.name
        number = 2
        unique = name
        while unique.casefold() in taken:
            unique, number = f"{name}-{number}", number + 1
        taken.add(unique.casefold())
        made.append(Job(path, out / unique))
    return made
