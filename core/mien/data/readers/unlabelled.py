"""Faces without labels: a training learns them from its teachers, and learns to restore them."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from mien.data.labelled import LabelledFaces, collect, log, say_closed
from mien.data.readers.packed import read_or_nothing
from mien.errors import MienError
from mien.utils.file_kinds import HEAD, kind_by_name, picture_format
from mien.utils.files import cannot_read
from mien.utils.folders import files_below, is_left_behind, listed, passed_over
from mien.utils.zips import open_zip

INNER = 0.8
"""Share of an unlabelled picture's side that is the face's crop; what is around it fills in when a face is turned."""
_SIDE = 160  # px


def inner(side: int) -> slice:
    """Where the face's crop lies in an unlabelled picture of a side, px: across and down."""
    margin = round(side * (1 - INNER) / 2)
    return slice(margin, side - margin)


def load(path: Path, *, channels: int, classes: tuple[str, ...]) -> LabelledFaces:
    """Read the pictures of a folder or a zip; their labels are all zero.

    Args:
        path: square pictures; the inner 0.8 of the side are a face as recognition cuts it out.
        channels: 1 (grey) or 3 (RGB).
        classes: those of the training.

    Raises:
        MienError: it cannot be read, or holds no picture.
    """
    none = np.zeros(len(classes), np.float32)

    def items() -> Iterator[tuple[str, bytes, NDArray[np.float32]]]:
        if path.is_dir():
            closed: list[OSError] = []
            found = listed(files_below(path, closed.append), "picture")
            say_closed(closed)
            for file in found.files:
                yield file.name, read_or_nothing(file), none
            _say(path, found.passed_over)
            return
        others = []
        with open_zip(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith("/") or is_left_behind(name):
                    continue
                data = read_or_nothing(zipfile.Path(archive, name))
                if picture_format(data[:HEAD]) or kind_by_name(name) == "picture":
                    yield name, data, none
                else:
                    others.append(PurePosixPath(name))
        _say(path, others)

    try:
        faces = collect(items(), size=_SIDE, channels=channels, classes=classes, source=f"{path.stem}, no labels")
    except OSError as error:
        raise cannot_read(path, error) from error
    if not len(faces):
        raise MienError(f"{path} holds no picture. Give a folder or a zip of pictures.")
    return faces


def _say(path: Path, others: Sequence[PurePath]) -> None:
    if others:
        log.warning("%s: %s", path, passed_over(others, "picture"))


def find_file(data: Path, name: str) -> Path:
    """Find the file that a config names: at its path, in the data's folder, or in a folder within or beside that.

    Raises:
        MienError: it is in none of them.
    """
    given = Path(name)
    if given.exists():
        return given
    root = data if data.is_dir() else data.parent
    for folder in (root, root.parent):
        for found in (folder / name, *sorted(folder.glob(f"*/{name}"))):
            if found.is_file():
                return found
    raise MienError(f"'{name}' is not in {root}, in a folder in it, or beside it. Put it there, or give its path.")
