"""Examines a labelled folder before anything is trained on it."""

import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from mien.curation.findings import ON_DISK, Finding, Picture, findings_in, unreadable
from mien.curation.labelled_files import list_files
from mien.curation.near_duplicates import group_near_duplicates, perceptual_hash
from mien.expressions import ordered
from mien.utils.files import read_bounded
from mien.utils.images import decode_picture
from mien.utils.picture_headers import MOST_BYTES


@dataclass(frozen=True)
class DatasetReport:
    """What a labelled folder holds, and what is wrong with it."""

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


def surplus(report: DatasetReport, finding: Finding) -> frozenset[Path]:
    """The pictures to leave out to resolve a finding: all but one of each group of copies, else all of them."""
    if finding.kind not in ("copies", "near copies"):
        return frozenset(finding.paths)
    group_of = {p.path: group for p, group in zip(report.pictures, report.groups, strict=True)}
    kept = {group_of[path]: path for path in reversed(finding.paths)}
    return frozenset(finding.paths) - frozenset(kept.values())


def relabelled(report: DatasetReport, names: dict[str, str]) -> DatasetReport:
    """The report as if the classes had other names; two may become one, and one without a name is left out.

    Args:
        report: of the folder.
        names: class -> name; empty leaves the class out.
    """
    kept = [
        (replace(picture, label=names[picture.label]), group)
        for picture, group in zip(report.pictures, report.groups, strict=True)
        if names[picture.label]
    ]
    pictures, groups = tuple(picture for picture, _ in kept), tuple(group for _, group in kept)
    classes = ordered({name for name in names.values() if name})
    unchanged = [finding for finding in report.findings if finding.kind in ON_DISK]
    return DatasetReport(report.root, classes, pictures, groups, (*unchanged, *findings_in(classes, pictures, groups)))


def examine(root: Path, progress: Callable[[int, int], None] = lambda done, all: None) -> DatasetReport:
    """Read every picture of a labelled folder.

    Args:
        root: see `mien.curation.labelled_files.list_files`.
        progress: told how many of how many pictures have been read.

    Raises:
        MienError: see `list_files`.
    """
    listed = list_files(root)
    pictures, broken = [], []
    with ThreadPoolExecutor() as pool:
        for done, (item, picture) in enumerate(zip(listed.files, pool.map(_read, listed.files), strict=True), 1):
            if picture is None:
                broken.append(item[0])
            else:
                pictures.append(picture)
            progress(done, len(listed.files))
    groups = group_near_duplicates([picture.perceptual_hash for picture in pictures])
    findings = [*listed.findings, *unreadable(broken), *findings_in(listed.classes, pictures, groups)]
    return DatasetReport(root, listed.classes, tuple(pictures), tuple(groups), tuple(findings))


def _read(item: tuple[Path, str]) -> Picture | None:
    path, label = item
    try:
        data = read_bounded(path, MOST_BYTES) if path.stat().st_size <= MOST_BYTES else b""
    except OSError:
        return None
    image = decode_picture(data, grey=True)
    if image is None:
        return None
    height, width = image.shape
    return Picture(path, label, width, height, hashlib.sha256(data).hexdigest(), perceptual_hash(image))
