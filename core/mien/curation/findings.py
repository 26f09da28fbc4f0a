"""What is wrong with a labelled folder."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mien import language
from mien.utils.files import is_gone

FEW = 10  # pictures of a class
TINY_PX = 24  # of the longer side

Kind = Literal[
    "unreadable",
    "no face",
    "tiny",
    "copies",
    "near copies",
    "two labels",
    "few",
    "no pictures",
    "passed over",
    "alike names",
    "columns",
]
ON_DISK: tuple[Kind, ...] = ("unreadable", "no face", "no pictures", "passed over", "alike names", "columns")
"""Kinds that depend on the files alone, however the classes are named."""


@dataclass(frozen=True)
class Picture:
    """One file that could be read."""

    path: Path
    label: str
    width: int
    """px"""
    height: int
    """px"""
    digest: str
    """SHA-256 of the file."""
    perceptual_hash: int
    """See `mien.curation.near_duplicates`."""


@dataclass(frozen=True)
class Finding:
    """Something that a person should decide about."""

    kind: Kind
    message: str
    """One line."""
    paths: tuple[Path, ...] = ()


def unreadable(paths: Sequence[Path]) -> list[Finding]:
    """What to say of files that cannot be read, and of those that are not there."""
    gone = tuple(path for path in paths if is_gone(path))
    broken = tuple(path for path in paths if not is_gone(path))
    findings = []
    if gone:
        findings.append(Finding("unreadable", language.tr("%n file(s) are not there.", "", len(gone)), gone))
    if broken:
        text = language.tr("%n file(s) cannot be read as a picture.", "", len(broken))
        findings.append(Finding("unreadable", text, broken))
    return findings


def findings_in(classes: Sequence[str], pictures: Sequence[Picture], groups: Sequence[int]) -> Iterator[Finding]:
    """What is wrong with readable pictures.

    Args:
        classes: all of them, those without a picture too.
        pictures: that could be read.
        groups: of `group_near_duplicates`, for each picture.
    """
    tiny = tuple(p.path for p in pictures if max(p.width, p.height) < TINY_PX)
    if tiny:
        yield Finding("tiny", language.tr("%n picture(s) smaller than {} px.", "", len(tiny)).format(TINY_PX), tiny)
    together: dict[int, list[Picture]] = defaultdict(list)
    for picture, group in zip(pictures, groups, strict=True):
        together[group].append(picture)
    several = [members for members in together.values() if len(members) > 1]
    for members in several:
        names = sorted({picture.label for picture in members})
        if len(names) > 1:
            labels = language.tr(" and ").join(names)
            yield Finding(
                "two labels",
                language.tr("The same picture is labelled {}.").format(labels),
                tuple(p.path for p in members),
            )
    copies: dict[Kind, list[list[Picture]]] = {"copies": [], "near copies": []}
    for members in several:
        exact = len({picture.digest for picture in members}) < len(members)
        copies["copies" if exact else "near copies"].append(members)
    for kind, found in copies.items():
        if found:
            extra = sum(len(group) - 1 for group in found)
            if kind == "copies":
                text = language.tr("%n picture(s) too many: copies of others.", "", extra)
            else:
                text = language.tr("%n picture(s) too many: near copies of others.", "", extra)
            yield Finding(
                kind,
                text,
                tuple(p.path for g in found for p in g),
            )
    counts = Counter(picture.label for picture in pictures)
    for name in classes:
        if counts[name] < FEW:
            text = language.tr("{} has only %n picture(s); a model needs {} or more to learn it.", "", counts[name])
            yield Finding("few", text.format(name, FEW))
