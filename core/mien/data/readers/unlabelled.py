"""Faces without labels: a training learns them from its teachers, and learns to restore them."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from mien.data.faceset import FaceSet, collect
from mien.errors import MienError
from mien.utils.files import cannot_read

INNER = 0.8
"""Share of an unlabelled picture's side that is the face's crop; what is around it fills in when a face is turned."""
_SIDE = 160  # px
_PICTURES = (".jpg", ".jpeg", ".png")


def load(path: Path, *, channels: int, classes: tuple[str, ...]) -> FaceSet:
    """Read the pictures of a folder or a zip; their labels are all zero.

    Args:
        path: square pictures; the inner 0.8 of the side are a face as recognition cuts it out.
        channels: 1 (grey) or 3 (RGB).
        classes: those of the training.

    Raises:
        MienError: it cannot be read, or holds no picture.
    """
    none = torch.zeros(len(classes))

    def items() -> Iterator[tuple[str, bytes, Tensor]]:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in _PICTURES):
                yield file.name, file.read_bytes(), none
            return
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            for name in sorted(n for n in archive.namelist() if n.lower().endswith(_PICTURES)):
                yield name, archive.read(name), none

    try:
        faces = collect(items(), size=_SIDE, channels=channels, classes=classes, source=f"{path.stem}, no labels")
    except (OSError, zipfile.BadZipFile) as error:
        raise cannot_read(path, error) from error
    if not len(faces):
        raise MienError(f"{path} holds no picture. Give a folder or a zip of JPEG or PNG files.")
    return faces


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
