"""Adds faces to a labelled folder, so that a person gathers what a model is to be taught.

The folder has a sub-folder a class, as `mien examine` and `mien train` read it, and `sources.csv`, which tells where
each picture comes from.
"""

import contextlib
import csv
import io
import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import cv2

from mien.errors import MienError
from mien.faces.alignment import crop, crop_side
from mien.sources.address import is_picture
from mien.types import Face, Image
from mien.utils.csv import escape_formula
from mien.utils.files import cannot_write, reading, write_atomic

TABLE = "sources.csv"
COLUMNS = ("path", "label", "source", "time_s", "person", "face_px", "added")

LARGEST_PX = 224
"""Of a kept crop's side. Smaller ones keep the size that they have in the frame: what the camera saw is then there for
models that take more than today's 48 px, and no pixel is made up. 224 px is what most backbones take."""

_DIVIDED = {"train", "valid", "val", "test"}  # sub-folders that `mien train` takes for splits, not for classes
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10)), TABLE}
_LONGEST_LABEL, _LONGEST_STEM = 60, 40  # a name may have 255 bytes, of which a letter may take four
_TAIL = 1 << 16  # bytes; more than any line has


@dataclass(frozen=True)
class Sample:
    """One face, cut out but not kept yet."""

    picture: Image
    """BGR (S, S, 3), aligned by `mien.faces.alignment.crop`; S is at most LARGEST_PX."""
    source: str
    """The video's file name, or the camera's name."""
    time_s: float
    """Of the frame in the source."""
    person: int
    face_px: float
    """The longer side of the face's box in the frame."""
    begun: datetime | None = None
    """When a camera was opened, of which each opening is a clip; None for a file."""


@dataclass(frozen=True)
class Added:
    """A picture that was kept."""

    path: Path
    label: str
    """As the class's folder is called."""
    count: int
    """Pictures of the class, with this one."""
    new_class: bool


def sample(image: Image, face: Face, source: str, time_s: float, person: int, begun: datetime | None = None) -> Sample:
    """Cut a face out of a frame's picture, BGR (H, W, 3), as large as it is there, up to LARGEST_PX."""
    side = min(max(round(crop_side(face)), 1), LARGEST_PX)
    return Sample(crop(image, face, side), source, time_s, person, face.size, begun)


def checked(label: str) -> str:
    """A label as the name of a folder on any system.

    Raises:
        MienError: it can be none.
    """
    name = unicodedata.normalize("NFC", label).strip()
    if not name:
        raise MienError("Give the face a label, such as confused.")
    if len(name) > _LONGEST_LABEL:
        raise MienError(f"A label has at most {_LONGEST_LABEL} letters.")
    if re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', name) or name[0] == "." or name[-1] == ".":
        raise MienError(f'{name} cannot be the name of a folder: leave out / \\ : * ? " < > | and dots at the ends.')
    if name.casefold().partition(".")[0] in _RESERVED or name.casefold() in _RESERVED | _DIVIDED:
        raise MienError(f"{name} has another meaning as the name of a folder: choose another label.")
    return name


def labels(folder: Path) -> dict[str, int]:
    """The classes of a data set with their numbers of pictures; those last added to come first, then by name.

    Raises:
        MienError: the folder cannot be read.
    """
    with reading(folder):
        counts = {found.name: _count(found) for found in _classes(folder)}
        used = [row[1] for row in reversed(_rows(folder / TABLE))]
    return {name: counts[name] for name in dict.fromkeys([*used, *sorted(counts, key=str.casefold)]) if name in counts}


def add(folder: Path, label: str, kept: Sample) -> Added:
    """Write a face under a label, and a line into `sources.csv`. No file is ever written over.

    The file's name is the clip's, and a number of the time in ms and three digits of the person: what comes from one
    clip shares its name up to the number, by which `mien.curation.split` keeps it on one side.

    Args:
        folder: the data set's; made where it is not there.
        label: a class that is there, in small or large letters, or a new one.
        kept: see `sample`.

    Raises:
        MienError: the label is no name of a folder, the same face is there already, or it cannot be written.
    """
    name = checked(label)
    good, encoded = cv2.imencode(".png", kept.picture)
    if not good:
        raise MienError("The face cannot be written as a PNG file.")
    number = max(round(1000 * kept.time_s), 0) * 1000 + kept.person
    place = folder / name
    try:
        classes = _classes(folder)
        if divided := sorted(found.name for found in classes if found.name in _DIVIDED):
            raise MienError(f"{folder} is divided into {', '.join(divided)}: choose one of these, or another folder.")
        same = (found for found in classes if _folded(found.name) == _folded(name))
        place = next(same, place)
        new_class = not place.is_dir()
        place.mkdir(parents=True, exist_ok=True)
        path: Path | None = None
        try:
            path = _claim(place, _stem(kept), number, encoded.tobytes())
            write_atomic(path, encoded.tobytes())
            _append(folder / TABLE, _row(path, kept))
        except BaseException:
            _remove(path, place if new_class else None)
            raise
        return Added(path, place.name, _count(place), new_class)
    except OSError as error:
        raise cannot_write(place, error) from error


def undo(added: Added) -> None:
    """Take an addition back: its line, its picture, and its class's folder where it was made for it.

    Raises:
        MienError: it cannot be taken back.
    """
    table = added.path.parents[1] / TABLE
    try:
        if table.is_file():
            lines = table.read_bytes().splitlines(keepends=True)
            name = _inside(added.path)
            place = next((i for i in reversed(range(len(lines))) if _cells(lines[i])[:1] == [name]), None)
            if place is not None:
                write_atomic(table, b"".join(lines[:place] + lines[place + 1 :]))
        _remove(added.path, added.path.parent if added.new_class else None)
    except OSError as error:
        raise MienError(f"{added.path} cannot be taken back: {error.strerror or error}.") from error


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _classes(folder: Path) -> list[Path]:
    if not folder.exists():
        return []
    return [found for found in folder.iterdir() if found.is_dir() and not found.name.startswith(".")]


def _count(folder: Path) -> int:
    return sum(is_picture(Path(name)) for _, _, names in os.walk(folder) for name in names)


def _stem(kept: Sample) -> str:
    clip = Path(kept.source).stem if kept.begun is None else f"{kept.source} {kept.begun:%Y%m%d-%H%M%S}"
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", clip))
    return plain[-_LONGEST_STEM:].strip("-_") or "face"  # the end has a camera's date


def _claim(folder: Path, stem: str, number: int, data: bytes) -> Path:
    """An empty file of a name that was free, which nobody else can get then."""
    while True:
        path = folder / f"{stem}_{number:011d}.png"
        try:
            path.open("xb").close()
        except FileExistsError:
            if path.read_bytes() == data:
                raise MienError(f"This face is in the data set already, as {folder.name}.") from None
            number += 1
        else:
            return path


def _remove(path: Path | None, folder: Path | None) -> None:
    """Take a file away, and a folder where nothing else is in it."""
    if path is not None:
        path.unlink(missing_ok=True)
    if folder is not None:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _inside(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _row(path: Path, kept: Sample) -> list[str]:
    source = escape_formula(" ".join(kept.source.splitlines()))  # without line ends: a row is a line
    added = datetime.now().astimezone().isoformat(timespec="seconds")
    name = path.parent.name
    return [_inside(path), name, source, f"{kept.time_s:.3f}", str(kept.person), f"{kept.face_px:.1f}", added]


def _line(cells: list[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _cells(line: bytes) -> list[str]:
    return next(csv.reader([line.decode(errors="replace").rstrip("\r\n")]), [])


def _rows(table: Path) -> list[list[str]]:
    lines = table.read_bytes().splitlines()[1:] if table.is_file() else []
    return [cells for cells in map(_cells, lines) if len(cells) == len(COLUMNS)]


def _append(table: Path, row: list[str]) -> None:
    with table.open("a+b") as file:
        head = b"" if _mend(file, table) else _line(list(COLUMNS))
        file.write(head + _line(row))
        file.flush()
        os.fsync(file.fileno())


def _mend(file: IO[bytes], table: Path) -> bool:
    """Make the end of the table the end of a line: one that a crash cut short goes. Whether there is a table."""
    head = _line(list(COLUMNS))
    file.seek(0)
    first = file.readline()
    if head.startswith(first) and not first.endswith(b"\n"):  # empty, or ended in the midst of its first line
        file.truncate(0)
        return False
    if _cells(first) != list(COLUMNS):
        raise MienError(f"{table} has other columns than Mien's: move it away, or choose another folder.")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _TAIL, 0))
    rest = file.read().rpartition(b"\n")[2]
    if rest and len(_cells(rest)) == len(COLUMNS):  # whole but for its end, as some editors leave it
        file.write(b"\n")
    elif rest:
        file.truncate(size - len(rest))
    return True
