"""FERPlus in the layout of Microsoft's generator, as a folder or a zip."""

import zipfile
from pathlib import Path, PureWindowsPath

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.data.labelled import LabelledFaces, collect, log
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.packed import read_file
from mien.data.readers.votes import COLUMNS, label
from mien.errors import MienError
from mien.utils.csv import LARGEST, rows_in
from mien.utils.files import cannot_read
from mien.utils.folders import is_left_behind
from mien.utils.zips import open_zip

FOLDERS = {"train": "FER2013Train", "valid": "FER2013Valid", "test": "FER2013Test"}
_SIDE = 48  # px, as published
_MOST_VOTES = 1_000_000
_TABLE = "fer2013new*.csv"  # Microsoft's published votes, newer than those in some copies of label.csv


def find(data: Path) -> Path | zipfile.Path | None:
    """The folder, or the zip at `data` or in it, that holds FER2013Train and so on; None if there is none."""
    if data.is_dir():
        if any((data / folder).is_dir() for folder in FOLDERS.values()):
            return data
        archives = sorted([*data.glob("*.zip"), *data.glob("*/*.zip")])
        archives = [path for path in archives if not is_left_behind(path.relative_to(data))]
    else:
        archives = [data] if data.suffix.lower() == ".zip" and data.is_file() else []
    for archive in archives:
        try:
            root = zipfile.Path(open_zip(archive))
        except OSError:
            log.warning("%s cannot be read as a zip file and is skipped.", archive)
            continue
        if any((root / f"{folder}/").exists() for folder in FOLDERS.values()):
            return root
    return None


def _rows(data: bytes, where: str) -> dict[str, list[int]]:
    """Each image's ten votes, which are the last ten columns of either layout."""
    votes: dict[str, list[int]] = {}
    broken = 0
    for _, row in rows_in(data, where):
        name = next((cell for cell in row[:2] if cell.endswith(".png")), None)
        if name is None:
            continue  # the header, or one of the rows that has no image
        try:
            counts = [int(cell) for cell in row[-10:]]
        except ValueError:
            counts = []
        are_votes = len(counts) == 10 and any(counts) and all(0 <= count <= _MOST_VOTES for count in counts)
        if len(row) < 12 or not are_votes or PureWindowsPath(name).name != name:  # it is no file's beside the table
            broken += 1
            continue
        votes[name] = counts
    if broken:
        log.warning("%s: %d rows do not have the name of an image and ten votes, and are left out.", where, broken)
    return votes


def _table(path: Path | zipfile.Path) -> dict[str, list[int]]:
    try:
        return _rows(read_file(path, LARGEST), str(path))
    except OSError as error:
        raise cannot_read(Path(str(path)), error) from error


def read_votes(data: Path, split: str) -> dict[str, list[int]]:
    """The ten votes for each image of a split.

    Microsoft's published table (fer2013new*.csv) is preferred if it is beside the images: copies of label.csv from
    the generator's first release differ from it in about one row of twenty-five.

    Raises:
        MienError: there is no FERPlus here, or no such split, or a table cannot be read.
    """
    root = find(data)
    if root is None:
        text = language.tr("{}: no FERPlus here. Expected FER2013Train/ and FER2013Valid/, or a zip of them.")
        raise MienError(text.format(data))
    folder = root / FOLDERS[split]
    table = folder / "label.csv"
    if not table.exists():
        text = language.tr("{} has no label.csv. Run Microsoft's FERPlus generator, or choose another split.")
        raise MienError(text.format(folder))
    votes = _table(table)
    beside = data if data.is_dir() else data.parent
    for published in sorted([*beside.glob(_TABLE), *beside.glob(f"*/{_TABLE}")]):
        newer = _table(published)
        votes = {name: newer.get(name, counts) for name, counts in votes.items()}
    return votes


def _load(data: Path, split: str, options: ReadOptions) -> LabelledFaces:
    """Faces get at most the 48 px that they have: larger ones hold no more."""
    votes = read_votes(data, split)
    labels, keep = label(np.array(list(votes.values()), np.float32).reshape(-1, 10), options.rule)
    root = find(data)
    assert root is not None
    folder = root / FOLDERS[split]

    def items() -> list[tuple[str, bytes, NDArray[np.float32]]]:
        found, missing = [], []
        for name, row, kept in zip(votes, labels, keep.tolist(), strict=True):
            if kept:
                try:
                    found.append((name, read_file(folder / name), row))
                except OSError:
                    missing.append(name)
        if missing:
            log.warning("%s: %d images of label.csv are missing, the first is %s.", folder, len(missing), missing[0])
        return found

    return collect(
        items(),
        size=min(options.size, _SIDE),
        channels=options.channels,
        classes=COLUMNS,
        source=f"FERPlus {FOLDERS[split]}, {options.rule} rule",
    )


FERPLUS = Reader("FERPlus", lambda data: find(data) is not None, _load, read_votes)
