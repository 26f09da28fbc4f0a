"""Divides a labelled folder into a part to train on and a part to judge the model on."""

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from mien import language
from mien.curation.findings import Picture
from mien.curation.report import DatasetReport
from mien.errors import MienError
from mien.nn.config import check_new_classes
from mien.utils.components import components
from mien.utils.dataclass_io import from_dict
from mien.utils.files import reason_about, write_atomic
from mien.utils.json_io import read_json, to_json

By = Literal["folder", "name", "picture"]
"""What stays together: a sub-folder of a class, files whose names differ in a number at the end, or single pictures."""

_SHARE = 0.25  # of each class, to judge on
_FEWEST_UNITS, _LARGEST_SHARE = 4, 1 / 3  # of sub-folders or clips, for a split by them to be of use


@dataclass(frozen=True)
class Split:
    """Paths relative to the folder, each with its class."""

    train: dict[str, str]
    judge: dict[str, str]
    """None of whose pictures is trained on."""
    by: By

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        write_atomic(path, to_json(asdict(self), indent=1) + b"\n")


def read(path: Path) -> Split:
    """Read a file that `Split.save` wrote.

    Raises:
        MienError: it is no such file.
    """
    try:
        return from_dict(Split, read_json(path), path.name)
    except (OSError, MienError) as error:
        raise MienError(
            language.tr("{} is no split that `mien examine --split` has written: {}.").format(
                path, reason_about(path, error)
            )
        ) from error


def units(report: DatasetReport, by: By) -> list[str]:
    """What each picture belongs to: a subject, a clip, or itself."""
    names = _names(report)
    table = not report.root.is_dir()
    shared = _folders_of_all(names) if table else 0

    def unit(picture: Picture, name: str) -> str:
        *folders, file = Path(name).parts[shared:]
        # The first folder is the class. A table's pictures may have none, or one that is the subject.
        subjects = folders[1:] or (folders if table else [])
        if by == "folder" and subjects:
            return subjects[0]
        if by == "name":
            return re.split(r"[\W_]*\d+$", Path(file).stem)[0] or file
        return "/".join([picture.label, *(name.split("/") if table else [*folders[1:], file])])

    return [unit(picture, name) for picture, name in zip(report.pictures, names, strict=True)]


def guess(report: DatasetReport) -> By:
    """By subject or clip if sub-folders or names tell them apart, else by single pictures.

    Some of them may have a single picture. Where a class has too few of them for both sides, as where pictures are
    named after their class, they are no subjects or clips.
    """
    choices: tuple[By, ...] = ("folder", "name")
    for by in choices:
        members = Counter(units(report, by))
        largest = max(members.values(), default=0)
        if len(members) >= _FEWEST_UNITS and 1 < largest <= _LARGEST_SHARE * len(report.pictures):
            sides = _sides(report, by, range(len(report.pictures)), seed=0)
            if not any(_missing(report, side) for side in sides.values()):
                return by
    return "picture"


def split(
    report: DatasetReport, *, by: By | None = None, left_out: frozenset[Path] = frozenset(), seed: int = 0
) -> Split:
    """Put about a quarter of each class aside to judge on. Pictures that look the same are never on both sides.

    Each subject, clip or picture draws for itself. So most of them stay on their side where pictures were added
    since: a model that then learns on was not trained on what it is judged on.

    Args:
        report: of the folder.
        by: what stays together; None guesses.
        left_out: pictures that are on neither side.
        seed: of the draw.

    Raises:
        MienError: a class would be missing on one side, or no model can be taught a class of such a name.
    """
    check_new_classes(report.classes)
    by = by or guess(report)
    kept = [i for i, picture in enumerate(report.pictures) if picture.path not in left_out]
    sides = _sides(report, by, kept, seed)
    for aside, side in sides.items():
        if missing := _missing(report, side):
            where = language.tr("judge on") if aside else language.tr("learn from")
            raise MienError(
                language.tr("{} has too few different pictures to {}. Add some, or leave the class out.").format(
                    missing[0], where
                )
            )
    names, pictures = _names(report), report.pictures
    train, judge = (
        {names[i]: pictures[i].label for i in sorted(sides[a], key=lambda i: pictures[i].path)} for a in (False, True)
    )
    return Split(train, judge, by)


def _sides(report: DatasetReport, by: By, kept: Sequence[int], seed: int) -> dict[bool, list[int]]:
    """The pictures to judge on (True) and to learn from, by their places in the report."""
    unit_of = units(report, by)
    together = _kept_together(report, unit_of, kept)

    def drawn(members: list[int]) -> str:
        keys = (report.pictures[i].digest if by == "picture" else unit_of[i] for i in members)
        return min(hashlib.sha256(f"{seed} {key}".encode(errors="backslashreplace")).hexdigest() for key in keys)

    # The large ones first, so that the small ones even it out; one picture more hardly ever changes the order.
    together.sort(key=lambda members: (-len(members).bit_length(), drawn(members)))
    wanted = {name: _SHARE * n for name, n in Counter(report.pictures[i].label for i in kept).items()}
    judged: Counter[str] = Counter()
    sides: dict[bool, list[int]] = {True: [], False: []}
    for members in together:
        labels = Counter(report.pictures[i].label for i in members)
        gain = sum(
            min(n, wanted[name] - judged[name]) - max(judged[name] + n - wanted[name], 0) for name, n in labels.items()
        )
        aside = gain > 0
        sides[aside] += members
        if aside:
            judged.update(labels)
    return sides


def _missing(report: DatasetReport, side: list[int]) -> list[str]:
    """The classes that have no picture on a side."""
    present = {report.pictures[i].label for i in side}
    return [name for name in report.classes if name not in present]


def _names(report: DatasetReport) -> list[str]:
    """Each picture's path relative to the folder; a table may name pictures anywhere."""
    root = report.root if report.root.is_dir() else report.root.parent
    return [_relative(picture.path, root) for picture in report.pictures]


def _relative(path: Path, root: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # it is on another drive of Windows
        return path.absolute().as_posix()


def _folders_of_all(names: list[str]) -> int:
    """How many folders all names begin with."""
    try:
        return len(Path(os.path.commonpath([Path(name).parent for name in names])).parts)
    except ValueError:  # they are on several drives, or there are none
        return 0


def _kept_together(report: DatasetReport, unit_of: list[str], kept: Sequence[int]) -> list[list[int]]:
    """Groups of pictures that share a unit or look the same, by their places in the report."""
    nodes: dict[object, int] = {}  # the kept pictures' units and groups
    pairs = [
        (
            nodes.setdefault(("unit", unit_of[i]), len(nodes)),
            nodes.setdefault(("group", report.groups[i]), len(nodes)),
        )
        for i in kept
    ]
    together: dict[int, list[int]] = defaultdict(list)
    numbers = components(len(nodes), pairs)
    for i, (unit, _) in zip(kept, pairs, strict=True):
        together[numbers[unit]].append(i)
    return list(together.values())
