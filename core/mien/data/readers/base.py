"""What a reader of labelled faces is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien.data.labelled import LabelledFaces
from mien.data.readers.votes import Rule


@dataclass(frozen=True)
class ReadOptions:
    """How faces are read."""

    size: int = 48
    """Side of the faces, px."""
    channels: int = 1
    """1 (grey) or 3 (RGB)."""
    rule: Rule = "majority"
    """How votes become labels; a dataset with one label per face has no use for it."""


@dataclass(frozen=True)
class Reader:
    """Reads datasets of one layout."""

    name: str
    finds: Callable[[Path], bool]
    """Whether a folder or file has this layout."""
    load: Callable[[Path, str, ReadOptions], LabelledFaces]
    """Given data, and train, valid or test, reads that split."""
    votes: Callable[[Path, str], dict[str, list[int]]] | None = None
    """Given data and a split, the ten votes for each of its faces; None of datasets with one label per face."""
