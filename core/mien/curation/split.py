"""Divides a labelled folder into what is learned from and what is judged on."""

import json
import os
import random
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from mien.curation.report import DatasetReport, Picture
from mien.errors import MienError
from mien.utils.dataclass_io import from_dict
from mien.utils.files import write_atomic

By = Literal["folder", "name", "picture"]
"""Who or what stays together: a sub-folder of a class, files of one name up to a number, or single pictures."""

_SHARE = 0.25


@dataclass(frozen=True)
class Split:
    """Paths relative to the folder, each with its class."""

    train: dict[str, str]
    judge: dict[str, str]
    by: By

    def save(self, path: Path) -> None:
        """Keep it as JSON."""
        write_atomic(path, (json.dumps(asdict(self), indent=1) + "\n").encode())


def read(path: Path) -> Split:
    """Read a file that `Split.save` wrote.

    Raises:
        MienError: it is none.
    """
    try:
        return from_dict(Split, json.loads(path.read_bytes()), path.name)
    except (OSError, ValueError, MienError) as error:
        raise MienError(f"{path} is no split that `mien examine --split` wrote: {error}") from error


def units(examination: DatasetReport, by: By) -> list[str]:
    """What each picture belongs to: a subject, a clip, or itself."""

    def unit(picture: Picture) -> str:
        inside = _relative(examination, picture).split("/")[1:]
        if by == "folder" and len(inside) > 1:
            return inside[0]
        if by == "name":
            return re.split(r"[\W_]*\d+$", Path(inside[-1]).stem)[0] or inside[-1]
        return "/".join([picture.label, *inside])

    return [unit(picture) for picture in examination.pictures]


def guess(examination: DatasetReport) -> By:
    """By subject or clip where sub-folders or names tell them apart, by single pictures else."""
    choices: tuple[By, ...] = ("folder", "name")
    for by in choices:
        members = Counter(units(examination, by))
        if len(members) >= 4 and max(members.values()) <= len(examination.pictures) / 3 and min(members.values()) > 1:
            return by
    return "picture"


def split(
    examination: DatasetReport, *, by: By | None = None, left_out: frozenset[Path] = frozenset(), seed: int = 0
) -> Split:
    """Put about a quarter of each class aside. Pictures that look the same are never on both sides.

    Args:
        examination: of the folder.
        by: None for `guess`.
        left_out: pictures that a person does not want.
        seed: of the draw.

    Raises:
        MienError: a class would be missing on one side.
    """
    by = by or guess(examination)
    kept = [i for i, picture in enumerate(examination.pictures) if picture.path not in left_out]
    together = _connected(examination, units(examination, by), kept)
    random.Random(seed).shuffle(together)
    together.sort(key=len, reverse=True)  # the large ones first, so that the small ones even it out
    wanted = {name: _SHARE * n for name, n in Counter(examination.pictures[i].label for i in kept).items()}
    judged: Counter[str] = Counter()
    sides: dict[bool, list[int]] = {True: [], False: []}
    for members in together:
        labels = Counter(examination.pictures[i].label for i in members)
        gain = sum(
            min(n, wanted[name] - judged[name]) - max(judged[name] + n - wanted[name], 0) for name, n in labels.items()
        )
        aside = gain > 0
        sides[aside] += members
        if aside:
            judged.update(labels)
    for aside, side in sides.items():
        present = {examination.pictures[i].label for i in side}
        if missing := [name for name in examination.classes if name not in present]:
            where = "judge on" if aside else "learn from"
            raise MienError(
                f"{missing[0]} has too few different pictures to {where}. Add some, or leave the class out."
            )
    train, judge = ({_relative(examination, p): p.label for p in _sorted(examination, sides[a])} for a in (False, True))
    return Split(train, judge, by)


def _sorted(examination: DatasetReport, places: list[int]) -> list[Picture]:
    return sorted((examination.pictures[i] for i in places), key=lambda picture: picture.path)


def _relative(examination: DatasetReport, picture: Picture) -> str:
    root = examination.root if examination.root.is_dir() else examination.root.parent
    return Path(os.path.relpath(picture.path, root)).as_posix()  # a table may name pictures anywhere


def _connected(examination: DatasetReport, unit_of: list[str], kept: list[int]) -> list[list[int]]:
    """Pictures that must stay together, since they share a unit or look the same."""
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for i in kept:
        parent[root(("unit", unit_of[i]))] = root(("looks", examination.groups[i]))
    gathered: dict[object, list[int]] = defaultdict(list)
    for i in kept:
        gathered[root(("looks", examination.groups[i]))].append(i)
    return list(gathered.values())
