"""RAF-DB (basic expressions) in its published layout."""

import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import numpy as np
from numpy.typing import NDArray

from mien.data.labelled import LabelledFaces, collect, log, one_hot
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.packed import read_file, read_or_nothing
from mien.errors import MienError
from mien.utils.csv import LARGEST, text_in
from mien.utils.files import reading

_LIST = "list_patition_label.txt"  # spelt so by its authors
_ORDER = ("surprise", "fear", "disgust", "happiness", "sadness", "anger", "neutral")  # labels 1..7
_LABEL = re.compile("[1-7]")
_LONGEST = 60  # letters of a picture's name; theirs have 15
CLASSES = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear")


def find(data: Path) -> Path | None:
    """The list file, or None where this is not RAF-DB."""
    candidates = (data / _LIST, data / "EmoLabel" / _LIST, data / "basic" / "EmoLabel" / _LIST)
    return next((path for path in candidates if path.is_file()), None)


def _load(data: Path, split: str, options: ReadOptions) -> LabelledFaces:
    """RAF-DB has a training and a test split; "valid" is the test split."""
    table = find(data)
    if table is None:
        raise MienError(f"{data} is not RAF-DB: {_LIST} is missing.")
    folders = (table.parent, table.parent / "aligned", table.parent.parent / "Image" / "aligned")
    prefix = "train" if split == "train" else "test"

    def items() -> Iterator[tuple[str, bytes, NDArray[np.float32]]]:
        missing, bad = [], 0
        with reading(table):
            lines = text_in(read_file(table, LARGEST), str(table)).splitlines()
        for line in lines:
            name, _, number = line.strip().partition(" ")
            if not name.startswith(prefix):
                continue
            if not _LABEL.fullmatch(number) or PureWindowsPath(name).name != name or len(name) > _LONGEST:
                bad += 1
                continue
            aligned = f"{Path(name).stem}_aligned{Path(name).suffix}"
            path = next((p for f in folders for n in (aligned, name) if (p := f / n).is_file()), None)
            if path is None:
                missing.append(name)
                continue
            index = CLASSES.index(_ORDER[int(number) - 1])
            yield name, read_or_nothing(path), one_hot(index, len(CLASSES))
        if bad:
            log.warning("%s: %d lines have no name of a picture and label from 1 to 7, and are left out.", table, bad)
        if missing:
            log.warning("%s: %d images are missing, the first is %s.", table, len(missing), missing[0])

    return collect(items(), size=options.size, channels=options.channels, classes=CLASSES, source=f"RAF-DB {prefix}")


RAFDB = Reader("RAF-DB", lambda data: find(data) is not None, _load)
