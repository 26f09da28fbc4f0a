"""All readers. A new one is a module like its neighbours, and a line here."""

from pathlib import Path

from mien import language
from mien.data.labelled import LabelledFaces
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.ferplus import FERPLUS
from mien.data.readers.folder import ALL, FOLDER
from mien.data.readers.rafdb import RAFDB
from mien.data.readers.votes import Rule
from mien.errors import MienError
from mien.utils.files import reading

_TABLES = (".csv", ".tsv")
READERS = (FERPLUS, RAFDB, FOLDER)
"""The first that finds its layout reads the data; a folder of class folders, which says least of itself, is last."""


def reader_for(data: Path) -> Reader:
    """The reader of a dataset.

    Args:
        data: a folder or file.

    Raises:
        MienError: there is nothing, nothing that any reader knows, or it may not be looked at.
    """
    with reading(data):
        if not data.exists():
            raise MienError(language.tr("{} does not exist.").format(data))
        for reader in READERS:
            if reader.finds(data):
                return reader
    if data.is_file() and data.suffix.lower() in _TABLES:
        raise MienError(
            language.tr("{} is a table, which has to be divided first.").format(data),
            f"mien examine {data} --split split.json, then this command with --split split.json",
        )
    raise MienError(
        language.tr("{} is no dataset. Give a folder whose sub-folders are the classes, or FERPlus's zip.").format(data)
    )


def is_own(data: Path) -> bool:
    """Whether a dataset is a folder of classes, as a person's own pictures are; raises as `reader_for`."""
    return reader_for(data) is FOLDER


def read_split(data: Path, split: str, *, rule: Rule = "majority", size: int = 48, channels: int = 1) -> LabelledFaces:
    """Read one split of a dataset in any layout.

    Args:
        data: a folder, or FERPlus's zip.
        split: train, valid or test; of a folder of classes also all.
        rule: see `ReadOptions`.
        size: side of the faces, px.
        channels: 1 (grey) or 3 (RGB).

    Raises:
        MienError: nothing there that can be read, or no face in it.
    """
    reader = reader_for(data)
    if split == ALL and reader is not FOLDER:
        raise MienError(f"{data} is {reader.name}, which has splits. Choose train, valid or test.")
    faces = reader.load(data, split, ReadOptions(size=size, channels=channels, rule=rule))
    if not len(faces):
        raise MienError(language.tr("{}: not one readable face in the split '{}'.").format(data, split))
    return faces
