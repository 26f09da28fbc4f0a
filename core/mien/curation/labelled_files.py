"""Which files a labelled folder holds, and under which labels."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mien import language
from mien.curation.findings import Finding
from mien.errors import MienError
from mien.expressions import ordered
from mien.utils import servers
from mien.utils.csv import Row, read_rows
from mien.utils.file_kinds import kind_by_name
from mien.utils.files import reading, reason_of
from mien.utils.folders import Listed, contents, files_below, listed, passed_over
from mien.utils.names import folded

_PICTURE, _LABEL = ("path", "file", "filename", "picture", "image"), ("label", "class", "expression", "emotion")
"""How a table may call its two columns, in small letters."""
_LOOKED_AT = 20  # lines, to find out which column names pictures
TRAIN, VALID, TEST = ("train", "training"), ("valid", "val", "validation"), ("test", "testing")
SPLITS = frozenset({*TRAIN, *VALID, *TEST})
"""Sub-folders that are splits, not classes, for `mien train`."""


@dataclass(frozen=True)
class LabelledFiles:
    """Files with their labels; none has been opened yet."""

    classes: tuple[str, ...]
    files: tuple[tuple[Path, str], ...]
    """Path and label."""
    findings: tuple[Finding, ...] = ()
    """What is empty, may not be read, is no picture, or had to be guessed."""


def list_files(root: Path) -> LabelledFiles:
    """List a folder whose sub-folders are the classes, or a CSV file with a path and a label on each line.

    A class folder may be a link; links to folders in it are not followed, so that a loop of them ends.

    Raises:
        MienError: it is neither, is divided into splits already, or has fewer than two classes.
    """
    with reading(root):
        table, folder = root.is_file(), root.is_dir()
    if not (table or folder):
        raise MienError(language.tr("{} does not exist.").format(root))
    listed = _from_csv(root) if table else _from_folders(root)
    if len(listed.classes) < 2:
        closed = " ".join(finding.message for finding in listed.findings if finding.kind == "unreadable")
        if listed.classes:
            text = language.tr("{} has 1 class with pictures; at least two are needed. {}")
        else:
            text = language.tr("{} has 0 classes with pictures; at least two are needed. {}")
        raise MienError(text.format(root, closed).strip())
    return listed


def class_names(names: Iterable[str]) -> dict[str, str]:
    """What the class of each name is called: names that look alike are one class, as where faces are added."""
    there = ordered(set(names))
    called: dict[str, str] = {}
    for name in there:
        called.setdefault(folded(name), name)
    return {name: called[folded(name)] for name in there}


def said_alike(named: dict[str, str]) -> list[str]:
    """A sentence for each class that `class_names` made of several names."""
    text = language.tr("{} are one class, {}: the names differ only in capitals, or in how accents are stored.")
    return [
        text.format(language.tr(" and ").join(name for name in named if named[name] == called), called)
        for called in dict.fromkeys(called for name, called in named.items() if name != called)
    ]


def split_folders(root: Path) -> dict[str, Path]:
    """The folders of the splits of a folder that is divided into some, by their names in small letters; else none.

    Raises:
        MienError: it may not be read.
    """
    folders = class_folders(root)
    splits = {folder.name.casefold(): folder for folder in folders if folder.name.casefold() in SPLITS}
    only = [splits[name] for name in TRAIN if name in splits]
    if not only and len(splits) == len(folders):
        only = list(splits.values())
    return splits if any(class_folders(folder) for folder in only) else {}


def check_undivided(root: Path, splits: Iterable[str]) -> None:
    """Raise MienError where a folder has sub-folders of these names, which are splits."""
    if names := ", ".join(sorted(splits)):
        raise MienError(
            language.tr("{} is divided into {}: choose one of these, or another folder.").format(root, names)
        )


def class_folders(root: Path) -> list[Path]:
    """The sub-folders of a labelled folder, in their order; linked ones too, unless they lead back to it.

    Raises:
        MienError: it may not be read.
    """
    above = root.resolve()
    with reading(root):
        return [
            folder
            for folder in contents(root)
            if folder.is_dir() and not folder.name.startswith(".") and not above.is_relative_to(folder.resolve())
        ]


def pictures_in(folder: Path, closed: list[OSError] | None = None) -> Listed:
    """The pictures of a class folder and the folders in it, in their order. Links to folders in it are not followed.

    Args:
        folder: of the class.
        closed: gets an error for each folder that may not be read.
    """
    return listed(files_below(folder, None if closed is None else closed.append), "picture")


def _from_folders(root: Path) -> LabelledFiles:
    filled, files, findings = [], [], []
    others: list[Path] = []
    folders = class_folders(root)
    check_undivided(root, [folder.name for folder in split_folders(root).values()])
    for folder in folders:
        closed: list[OSError] = []
        found = pictures_in(folder, closed)
        others += found.passed_over
        text = language.tr("{} may not be read: {}.")
        findings += [Finding("unreadable", text.format(error.filename, reason_of(error))) for error in closed]
        if found.files:
            filled.append(folder.name)
            files += [(path, folder.name) for path in found.files]
        else:
            findings.append(
                Finding("no pictures", language.tr("{} has no pictures and is left out.").format(folder.name))
            )
    if others:
        findings.append(Finding("passed over", passed_over(others, "picture"), tuple(others)))
    return _listed_under(filled, files, findings)


def _listed_under(names: Iterable[str], files: list[tuple[Path, str]], findings: list[Finding]) -> LabelledFiles:
    """Files under the classes that their labels mean; a file that has the same one twice is listed once."""
    named = class_names(names)
    alike = [Finding("alike names", text) for text in said_alike(named)]
    once = tuple(dict.fromkeys((path, named[name]) for path, name in files))
    return LabelledFiles(ordered(set(named.values())), once, (*findings, *alike))


def _from_csv(path: Path) -> LabelledFiles:
    rows, picture, label = read_rows(path), 0, 1
    findings: list[Finding] = []
    first = rows[0][1] if rows else []
    if len(first) > 1 and not any(_names_a_picture(cell) for cell in first):
        rows = rows[1:]
        picture, label = _columns(path, first, rows)
        if len(first) > 2 and _place(first, _LABEL) is None:
            text = language.tr("No column of the table is called label: {} is taken for it.")
            findings.append(Finding("columns", text.format(first[label].strip())))
    named = []
    for line, cells in rows:
        if len(cells) <= max(picture, label):
            raise MienError(
                language.tr("{} must have a path and a label on every line; line {} has not.").format(path, line)
            )
        name, said = cells[picture].strip(), cells[label].strip()
        if not name or not said:
            missing = language.tr("label") if name else language.tr("path")
            raise MienError(
                language.tr("{}: line {} has an empty {}. Fill it in, or take the line out.").format(
                    path, line, missing
                )
            )
        named.append((name, said))
    servers.check((name for name, _ in named), path)
    files = [(_listed(path.parent, name), said) for name, said in named]
    return _listed_under((said for _, said in named), files, findings)


def _columns(path: Path, names: list[str], rows: list[Row]) -> tuple[int, int]:
    """Which columns of a table are the path and the label: by their names, else by what is in them.

    Raises:
        MienError: neither tells.
    """
    picture, label = _place(names, _PICTURE), _place(names, _LABEL)
    if picture is None:
        some = [cells for _, cells in rows[:_LOOKED_AT]]
        found = [
            i for i in range(len(names)) if any(_names_a_picture(cell) for cells in some for cell in cells[i : i + 1])
        ]
        if len(found) == 1:
            picture = found[0]
        elif not found and len(names) == 2:  # names without an ending
            picture = int(label == 0)
    if label is None and picture is not None and (len(names) == 2 or picture == 0):
        label = int(picture == 0)
    if picture is None or label is None or picture == label:
        text = language.tr(
            "{}: which of the columns {} are the path and the label is not clear. Call these path and label."
        )
        raise MienError(text.format(path, ", ".join(name.strip() for name in names)))
    return picture, label


def _place(names: list[str], known: tuple[str, ...]) -> int | None:
    """Which column it is, by the names of the columns."""
    there = [name.strip().casefold() for name in names]
    return next((there.index(name) for name in known if name in there), None)


def _names_a_picture(cell: str) -> bool:
    return kind_by_name(cell.strip()) == "picture"


def _listed(folder: Path, name: str) -> Path:
    """The file that a table names, relative to the table's folder; Windows writes backslashes."""
    path = folder / name
    return path if "\\" not in name or os.path.exists(path) else folder / name.replace("\\", "/")
