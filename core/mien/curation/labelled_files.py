"""Which files a labelled folder holds, and under which labels."""

import os
from dataclasses import dataclass
from pathlib import Path

from mien import language
from mien.curation.findings import Finding
from mien.errors import MienError
from mien.expressions import ordered
from mien.utils import servers
from mien.utils.csv import read_rows
from mien.utils.file_kinds import kind_by_name
from mien.utils.files import reading, reason_of
from mien.utils.folders import Listed, contents, files_below, listed, passed_over

_PICTURE, _LABEL = ("path", "file", "filename", "picture", "image"), ("label", "class", "expression", "emotion")
"""How a table may call its two columns, in small letters."""
SPLITS = {"train", "valid", "val", "test"}
"""Sub-folders that are splits, not classes, for `mien train`."""


@dataclass(frozen=True)
class LabelledFiles:
    """Files with their labels; none has been opened yet."""

    classes: tuple[str, ...]
    files: tuple[tuple[Path, str], ...]
    """Path and label."""
    findings: tuple[Finding, ...] = ()
    """Folders that are empty or may not be read, and files that are no pictures."""


def list_files(root: Path) -> LabelledFiles:
    """List a folder whose sub-folders are the classes, or a CSV file with a path and a label on each line.

    A class folder may be a link; links to folders in it are not followed, so that a loop of them ends.

    Raises:
        MienError: it is neither, is divided into splits already, or has fewer than two classes.
    """
    if root.is_file():
        listed = _from_csv(root)
    elif root.is_dir():
        listed = _from_folders(root)
    else:
        raise MienError(language.tr("{} does not exist.").format(root))
    if len(listed.classes) < 2:
        closed = " ".join(finding.message for finding in listed.findings if finding.kind == "unreadable")
        if listed.classes:
            text = language.tr("{} has 1 class with pictures; at least two are needed. {}")
        else:
            text = language.tr("{} has 0 classes with pictures; at least two are needed. {}")
        raise MienError(text.format(root, closed).strip())
    return listed


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
    classes, files, findings = [], [], []
    others: list[Path] = []
    folders = class_folders(root)
    if any(folder.name.casefold() == "train" and class_folders(folder) for folder in folders):
        splits = sorted(folder.name for folder in folders if folder.name.casefold() in SPLITS)
        raise MienError(
            language.tr("{} is divided into {}: choose one of these, or another folder.").format(
                root, ", ".join(splits)
            )
        )
    for folder in folders:
        closed: list[OSError] = []
        found = pictures_in(folder, closed)
        others += found.passed_over
        text = language.tr("{} may not be read: {}.")
        findings += [Finding("unreadable", text.format(error.filename, reason_of(error))) for error in closed]
        if found.files:
            classes.append(folder.name)
            files += [(path, folder.name) for path in found.files]
        else:
            findings.append(
                Finding("no pictures", language.tr("{} has no pictures and is left out.").format(folder.name))
            )
    if others:
        findings.append(Finding("passed over", passed_over(others, "picture"), tuple(others)))
    return LabelledFiles(ordered(classes), tuple(files), tuple(findings))


def _from_csv(path: Path) -> LabelledFiles:
    rows, picture, label = read_rows(path), 0, 1
    first = rows[0][1] if rows else []
    if len(first) > 1 and not any(kind_by_name(cell.strip()) == "picture" for cell in first):
        names = [name.strip().casefold() for name in first]
        picture, label = _place(names, _PICTURE, 0), _place(names, _LABEL, 1)
        rows = rows[1:]
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
    files = tuple((_listed(path.parent, name), said) for name, said in named)
    return LabelledFiles(ordered({label for _, label in files}), files)


def _place(names: list[str], known: tuple[str, ...], usual: int) -> int:
    """Which column it is, by the names of the columns."""
    return next((names.index(name) for name in known if name in names), usual)


def _listed(folder: Path, name: str) -> Path:
    """The file that a table names, relative to the table's folder; Windows writes backslashes."""
    path = folder / name
    return path if "\\" not in name or os.path.exists(path) else folder / name.replace("\\", "/")
