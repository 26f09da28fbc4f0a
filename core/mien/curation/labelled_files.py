"""Which files a labelled folder holds, and under which labels."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from mien.curation.findings import Finding
from mien.errors import MienError
from mien.expressions import ordered
from mien.sources.address import is_picture
from mien.utils.counts import counted
from mien.utils.files import reading


@dataclass(frozen=True)
class LabelledFiles:
    """Files with their labels; none has been opened yet."""

    classes: tuple[str, ...]
    files: tuple[tuple[Path, str], ...]
    """Path and label."""
    findings: tuple[Finding, ...] = ()
    """Folders that are empty or may not be read."""


def list_files(root: Path) -> LabelledFiles:
    """List a folder whose sub-folders are the classes, or a CSV file with a path and a label on each line.

    Links to folders are not followed, so that a loop of them ends.

    Raises:
        MienError: it is neither, or has fewer than two classes.
    """
    if root.is_file():
        listed = _from_csv(root)
    elif root.is_dir():
        listed = _from_folders(root)
    else:
        raise MienError(f"{root} does not exist.")
    if len(listed.classes) < 2:
        closed = " ".join(finding.message for finding in listed.findings if finding.kind == "unreadable")
        raise MienError(
            f"{root} has {counted(len(listed.classes), 'class', 'classes')} with pictures; at least two are needed. "
            f"{closed}".strip()
        )
    return listed


def _from_folders(root: Path) -> LabelledFiles:
    with reading(root):
        folders = sorted(p for p in root.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith("."))
    classes, files, findings = [], [], []
    for folder in folders:
        closed: list[OSError] = []
        inside = sorted(
            Path(where) / name
            for where, _, names in os.walk(folder, onerror=closed.append)
            for name in names
            if is_picture(Path(name))
        )
        findings += [Finding("unreadable", f"{error.filename} may not be read: {error.strerror}.") for error in closed]
        if inside:
            classes.append(folder.name)
            files += [(path, folder.name) for path in inside]
        else:
            findings.append(Finding("no pictures", f"{folder.name} has no pictures and is left out."))
    return LabelledFiles(ordered(classes), tuple(files), tuple(findings))


def _from_csv(path: Path) -> LabelledFiles:
    try:
        with reading(path), path.open(newline="", encoding="utf-8-sig") as file:
            lines = [line for line in csv.reader(file) if line]
    except (UnicodeDecodeError, csv.Error) as error:
        raise MienError(f"{path} cannot be read as a CSV file: {error}") from error
    if any(len(line) < 2 for line in lines):
        raise MienError(f"{path} must have a path and a label on every line.")
    if lines and not is_picture(Path(lines[0][0])):
        lines = lines[1:]  # names of the columns
    files = tuple((path.parent / line[0], line[1].strip()) for line in lines)
    return LabelledFiles(ordered({label for _, label in files}), files)
