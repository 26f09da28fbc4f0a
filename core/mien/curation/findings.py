"""What is wrong with a labelled folder."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mien.utils.counts import counted

FEW = 10  # pictures of a class
TINY_PX = 24  # of the longer side

Kind = Literal[
    "unreadable", "no face", "tiny", "copies", "near copies", "two labels", "few", "no pictures", "passed over"
]
ON_DISK: tuple[Kind, ...] = ("unreadable", "no face", "no pictures", "passed over")
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
    """A finding, if any file cannot be read."""
    if not paths:
        return []
    return [
        Finding(
            "unreadable",
            f"{counted(len(paths), 'file cannot be read as a picture', 'files cannot be read as pictures')}.",
            tuple(paths),
        )
    ]


def findings_in(classes: Sequence[str], pictures: Sequence[Picture], groups: Sequence[int]) -> Iterator[Finding]:
    """What is wrong with readable pictures.

    Args:
        classes: all of them, those without a picture too.
        pictures: that could be read.
        groups: of `group_near_duplicates`, for each picture.
    """
    tiny = tuple(p.path for p in pictures if max(p.width, p.height) < TINY_PX)
    if tiny:
        yield Finding("tiny", f"{counted(len(tiny), 'picture is', 'pictures are')} smaller than {TINY_PX} px.", tiny)
    together: dict[int, list[Picture]] = defaultdict(list)
    for picture, group in zip(pictures, groups, strict=True):
        together[group].append(picture)
    several = [members for members in together.values() if len(members) > 1]
    for members in several:
        names = sorted({picture.label for picture in members})
        if len(names) > 1:
            labels = " and ".join(names)
            yield Finding("two labels", f"The same picture is labelled {labels}.", tuple(p.path for p in members))
    copies: dict[Kind, list[list[Picture]]] = {"copies": [], "near copies": []}
    for members in several:
        exact = len({picture.digest for picture in members}) < len(members)
        copies["copies" if exact else "near copies"].append(members)
    for kind, found in copies.items():
        if found:
            extra = sum(len(group) - 1 for group in found)
            one = "picture is a copy of another" if kind == "copies" else "picture is a near copy of another"
            yield Finding(
                kind,
                f"{counted(extra, one, f'pictures are {kind} of others')}.",
                tuple(p.path for g in found for p in g),
            )
    counts = Counter(picture.label for picture in pictures)
    for name in classes:
        if counts[name] < FEW:
            yield Finding(
                "few", f"{name} has only {counted(counts[name], 'picture')}; a model needs {FEW} or more to learn it."
            )
