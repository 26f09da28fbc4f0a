"""A folder whose sub-folders are the classes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.curation.labelled_files import (
    TEST,
    TRAIN,
    VALID,
    class_folders,
    class_names,
    pictures_in,
    said_alike,
    split_folders,
)
from mien.curation.split import read
from mien.data.labelled import LabelledFaces, collect, log, one_hot, say_closed
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.packed import read_or_nothing
from mien.errors import MienError
from mien.expressions import ordered
from mien.utils import servers
from mien.utils.counts import counted
from mien.utils.files import inside, is_gone
from mien.utils.folders import Listed, passed_over
from mien.utils.names import folded

_VALIDATION_SHARE = 0.2
ALL = "all"
_SPLITS = {"train": TRAIN, "valid": (*VALID, *TEST), "test": TEST}


def _held_out(data: bytes) -> bool:
    """Whether a picture is for validation; its content decides, so that copies fall on the same side."""
    return hashlib.sha256(data).digest()[0] < 256 * _VALIDATION_SHARE


def _part(data: Path, parts: dict[str, Path], split: str) -> Path:
    """The folder of a split.

    Raises:
        MienError: there is none.
    """
    names = _SPLITS[split]
    found = next((parts[name] for name in names if name in parts), None)
    if found is None:
        text = language.tr(
            "{} is divided into {} and has no folder {}. Add it, or give one of these alone: a fifth of its pictures "
            "then validates."
        )
        there = ", ".join(sorted(part.name for part in parts.values()))
        raise MienError(text.format(data, there, language.tr(" or ").join(names)))
    return found


def divided_by_content(data: Path) -> bool:
    """Whether nothing but the pictures' content says which of a folder are for validation."""
    return data.is_dir() and not split_folders(data)


def is_judged_on(source: object, data: Path) -> bool:
    """Whether a model card's source of faces is the validation part of this folder, as a file of a split says."""
    return source == _source(data, "judged on")


def _source(data: Path, part: str) -> str:
    return f"{data.name}, {part}"


def _pictures(folder: Path) -> Listed:
    closed: list[OSError] = []
    found = pictures_in(folder, closed)
    say_closed(closed)
    return found


def _load(data: Path, split: str, options: ReadOptions) -> LabelledFaces:
    """Read `data/CLASS/*.png`, or `data/train/CLASS/*.png` and `data/valid/CLASS/*.png`.

    Without split folders, a fifth of the pictures is the validation split, chosen by a hash of their content. The split
    "all" is every picture of a folder without them.
    """
    parts = split_folders(data)
    if parts and split == ALL:
        raise MienError(f"{data} is divided into splits. Choose one of them with --split.")
    train, divided = (_part(data, parts, "train"), _part(data, parts, split)) if parts else (data, None)
    folders = class_folders(train)
    held = {folder: _pictures(folder) for folder in folders}
    filled = [folder for folder in folders if held[folder].files]
    for folder in folders:
        if folder not in filled:
            log.warning("%s has no pictures; the class is left out.", folder)
    if len(filled) < 2:
        raise MienError(
            language.tr("{} has {} sub-folders with pictures; at least two classes are needed.").format(
                data, len(filled)
            )
        )
    named = class_names(folder.name for folder in filled)
    for text in said_alike(named):
        log.warning("%s: %s", data, text)
    classes = tuple(dict.fromkeys(named[folder.name] for folder in filled))
    if divided and divided != train:
        held = {folder: _pictures(folder) for folder in class_folders(divided)}
        known = {folded(name) for name in classes}
        for folder, found in held.items():
            if found.files and folded(folder.name) not in known:
                log.warning("%s is left out: its class has no pictures in %s.", folder, train)

    def items() -> Iterator[tuple[str, bytes, NDArray[np.float32]]]:
        others: list[Path] = []
        for index, name in enumerate(classes):
            label = one_hot(index, len(classes))
            for found in (held[folder] for folder in held if folded(folder.name) == folded(name)):
                others += found.passed_over
                for path in found.files:
                    content = read_or_nothing(path)
                    if divided or split == ALL or _held_out(content) == (split != "train"):
                        yield str(path.relative_to(data)), content, label
        if others:
            log.warning("%s: %s", data, passed_over(others, "picture"))

    whole = divided or split == ALL
    source = _source(data, split) + ("" if whole else f" ({_VALIDATION_SHARE:.0%} by content held out)")
    return collect(items(), size=options.size, channels=options.channels, classes=classes, source=source)


FOLDER = Reader("a folder of classes", Path.is_dir, _load)


def load_divided(data: Path, split: Path, *, size: int, channels: int) -> tuple[LabelledFaces, LabelledFaces]:
    """Read the faces to train on and the faces to judge the model on.

    Args:
        data: a folder whose sub-folders are the classes, or a CSV file with a path and a label a line.
        split: a file that `mien.curation.split` wrote for this folder.
        size: side of the faces, px.
        channels: 1 (grey) or 3 (RGB).

    Raises:
        MienError: there is no such data, or the file is no split, or the split of another folder.
    """
    if not data.exists():
        raise MienError(language.tr("{} does not exist.").format(data))
    sides = read(split)
    classes = ordered({*sides.train.values(), *sides.judge.values()})
    root = data if data.is_dir() else data.parent
    servers.check((*sides.train, *sides.judge), data)

    def items(side: dict[str, str]) -> Iterator[tuple[str, bytes, NDArray[np.float32]]]:
        gone = []
        for name, label in side.items():
            # A table may name pictures anywhere.
            path = inside(root, name, through_links=True) if data.is_dir() else root / name
            if is_gone(path):
                gone.append(name)
                continue
            yield name, read_or_nothing(path), one_hot(classes.index(label), len(classes))
        if gone:
            log.warning("%s: no longer there: %s, the first is %s.", data, counted(len(gone), "picture"), gone[0])

    made = [
        collect(items(side), size=size, channels=channels, classes=classes, source=_source(data, what))
        for side, what in ((sides.train, "learned from"), (sides.judge, "judged on"))
    ]
    if not all(len(faces) for faces in made):
        raise MienError(language.tr("{} does not belong to {}: its pictures are not there.").format(split, data))
    return made[0], made[1]
