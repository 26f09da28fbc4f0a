"""All readers. A new one is a module like its neighbours, and a line here."""

from pathlib import Path

from mien import language
from mien.data.readers.base import Reader
from mien.data.readers.ferplus import FERPLUS
from mien.data.readers.folder import FOLDER
from mien.data.readers.rafdb import RAFDB
from mien.errors import MienError

READERS = (FERPLUS, RAFDB, FOLDER)
"""The first that finds its layout reads the data; a folder of class folders, which says least of itself, is last."""


def reader_for(data: Path) -> Reader:
    """The reader of a dataset.

    Args:
        data: a folder or file.

    Raises:
        MienError: there is nothing, or nothing that any reader knows.
    """
    if not data.exists():
        raise MienError(language.tr("{} does not exist.").format(data))
    for reader in READERS:
        if reader.finds(data):
            return reader
    raise MienError(
        language.tr("{} is no dataset. Give a folder whose sub-folders are the classes, or FERPlus's zip.").format(data)
    )
