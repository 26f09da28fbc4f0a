"""Looks at a labelled folder before anything is trained on it: what is there, and what is wrong with it."""

import csv
import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from mien.errors import MienError
from mien.expressions import ordered
from mien.sources.address import is_picture
from mien.utils.files import reading
from mien.utils.images import decode_picture

FEW = 10  # pictures of a class
TINY_PX = 24  # of the longer side
_BITS, _NEAR_BITS = 64, 5  # of a perceptual hash; copies that were scaled or compressed differ in 0 to 4

Kind = Literal["unreadable", "no face", "tiny", "copies", "near copies", "two labels", "few", "no pictures"]
_OF_READING = ("unreadable", "no face", "no pictures")


@dataclass(frozen=True)
class Picture:
    """One file that could be read."""

    path: Path
    label: str
    width: int
    height: int
    digest: str
    """SHA-256 of the file."""
    looks: int
    """Perceptual hash, 64 bits."""


@dataclass(frozen=True)
class Finding:
    """Something that a person should decide about."""

    kind: Kind
    said: str
    """One line."""
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True)
class DatasetReport:
    """A labelled folder."""

    root: Path
    classes: tuple[str, ...]
    pictures: tuple[Picture, ...]
    groups: tuple[int, ...]
    """For each picture, the number of the group of pictures that look the same; most groups have one."""
    findings: tuple[Finding, ...]

    def counts(self) -> dict[str, int]:
        """Readable pictures of each class."""
        found = Counter(picture.label for picture in self.pictures)
        return {name: found[name] for name in self.classes}


def listed(root: Path) -> tuple[tuple[str, ...], list[tuple[Path, str]], list[Finding]]:
    """The classes and the files of a folder of class sub-folders, or of a CSV file with a path and a label a line.

    Links to folders are not followed, so that a loop of them ends.

    Raises:
        MienError: it is neither, or has fewer than two classes.
    """
    if root.is_file():
        files = _from_csv(root)
        classes = ordered({label for _, label in files})
        findings: list[Finding] = []
    elif root.is_dir():
        classes, files, findings = _from_folders(root)
    else:
        raise MienError(f"{root} does not exist.")
    if len(classes) < 2:
        closed = " ".join(finding.said for finding in findings if finding.kind == "unreadable")
        raise MienError(f"{root} has {len(classes)} classes with pictures; at least two are needed. {closed}".strip())
    return classes, files, findings


def _from_folders(root: Path) -> tuple[tuple[str, ...], list[tuple[Path, str]], list[Finding]]:
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
            findings.append(Finding("no pictures", f"{folder.name} has no pictures: it is left out."))
    return ordered(classes), files, findings


def _from_csv(path: Path) -> list[tuple[Path, str]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = [line for line in csv.reader(file) if line]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MienError(f"{path} cannot be read as a CSV file: {error}") from error
    if any(len(line) < 2 for line in lines):
        raise MienError(f"{path} must have a path and a label on every line.")
    if lines and not is_picture(Path(lines[0][0])):
        lines = lines[1:]  # names of the columns
    return [(path.parent / line[0], line[1].strip()) for line in lines]


def surplus(examination: DatasetReport, finding: Finding) -> frozenset[Path]:
    """The pictures to leave out so that a finding is gone: of copies all but one, else all of them."""
    if finding.kind not in ("copies", "near copies"):
        return frozenset(finding.paths)
    group_of = {p.path: group for p, group in zip(examination.pictures, examination.groups, strict=True)}
    kept = {group_of[path]: path for path in reversed(finding.paths)}
    return frozenset(finding.paths) - frozenset(kept.values())


def relabelled(examination: DatasetReport, names: dict[str, str]) -> DatasetReport:
    """The folder with other names for its classes; two may become one, and one without a name is left out.

    Args:
        examination: of the folder.
        names: class -> name; empty leaves the class out.
    """
    kept = [
        (replace(picture, label=names[picture.label]), group)
        for picture, group in zip(examination.pictures, examination.groups, strict=True)
        if names[picture.label]
    ]
    pictures, groups = [picture for picture, _ in kept], [group for _, group in kept]
    classes = ordered({name for name in names.values() if name})
    read = [finding for finding in examination.findings if finding.kind in _OF_READING]
    findings = (*read, *_findings(classes, pictures, groups))
    return DatasetReport(examination.root, classes, tuple(pictures), tuple(groups), findings)


def examine(root: Path, progress: Callable[[int, int], None] = lambda done, all: None) -> DatasetReport:
    """Read every picture of a labelled folder.

    Args:
        root: of `listed`.
        progress: told how many of how many were read.

    Raises:
        MienError: see `listed`.
    """
    classes, files, findings = listed(root)
    pictures, broken = [], []
    with ThreadPoolExecutor() as pool:
        for done, (item, picture) in enumerate(zip(files, pool.map(_read, files), strict=True), 1):
            if picture is None:
                broken.append(item[0])
            else:
                pictures.append(picture)
            progress(done, len(files))
    groups = group_near_duplicates([picture.looks for picture in pictures])
    if broken:
        findings.append(Finding("unreadable", f"{len(broken)} files cannot be read as pictures.", tuple(broken)))
    findings += _findings(classes, pictures, groups)
    return DatasetReport(root, classes, tuple(pictures), tuple(groups), tuple(findings))


def _read(item: tuple[Path, str]) -> Picture | None:
    path, label = item
    try:
        data = path.read_bytes()
    except OSError:
        return None
    image = decode_picture(data, grey=True)
    if image is None:
        return None
    looks = int.from_bytes(cv2.img_hash.pHash(image).tobytes(), "big")
    height, width = image.shape
    return Picture(path, label, width, height, hashlib.sha256(data).hexdigest(), looks)


def group_near_duplicates(hashes: Sequence[int]) -> list[int]:
    """Number the groups of perceptual hashes that differ in at most `_NEAR_BITS` bits from another of the group.

    Two such hashes are the same in at least one of `_NEAR_BITS` + 1 bands, so only those are compared: 100,000
    pictures take seconds rather than hours.
    """
    parent = list(range(len(hashes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    edges = np.linspace(0, _BITS, _NEAR_BITS + 2).round().astype(int).tolist()
    for low, high in pairwise(edges):
        bands: dict[int, dict[int, int]] = defaultdict(dict)
        for i, value in enumerate(hashes):
            bands[value >> low & (1 << high - low) - 1].setdefault(value, i)
        for same in bands.values():
            for (a, i), (b, j) in combinations(same.items(), 2):
                if (a ^ b).bit_count() <= _NEAR_BITS:
                    parent[root(i)] = root(j)
    first: dict[int, int] = {}
    for i, value in enumerate(hashes):
        parent[root(i)] = root(first.setdefault(value, i))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(i), len(numbers)) for i in range(len(hashes))]


def _findings(classes: Sequence[str], pictures: Sequence[Picture], groups: Sequence[int]) -> Iterable[Finding]:
    tiny = tuple(p.path for p in pictures if max(p.width, p.height) < TINY_PX)
    if tiny:
        yield Finding("tiny", f"{len(tiny)} pictures are smaller than {TINY_PX} px.", tiny)
    together: dict[int, list[Picture]] = defaultdict(list)
    for picture, group in zip(pictures, groups, strict=True):
        together[group].append(picture)
    several = [members for members in together.values() if len(members) > 1]
    for members in several:
        names = sorted({picture.label for picture in members})
        if len(names) > 1:
            labels = " and ".join(names)
            yield Finding("two labels", f"One picture stands under {labels}.", tuple(p.path for p in members))
    exact = [group for group in several if len({picture.digest for picture in group}) < len(group)]
    kinds: tuple[tuple[Kind, list[list[Picture]]], ...] = (
        ("copies", exact),
        ("near copies", [group for group in several if group not in exact]),
    )
    for kind, found in kinds:
        if found:
            extra = sum(len(group) - 1 for group in found)
            yield Finding(kind, f"{extra} pictures are {kind} of others.", tuple(p.path for g in found for p in g))
    counts = Counter(picture.label for picture in pictures)
    for name in classes:
        if counts[name] < FEW:
            yield Finding("few", f"{name} has only {counts[name]} pictures: {FEW} or more are needed to learn it.")
