"""Adds faces to a labelled folder, so that a person can collect what a model should learn.

The folder has a sub-folder for each class, as `mien examine` and `mien train` read it, and `sources.csv`, which says
where each picture comes from.
"""

import contextlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mien import language
from mien.curation.labelled_files import SPLITS, check_undivided
from mien.curation.sources_table import TABLE, append_row, labels_used, remove_row
from mien.errors import MienError
from mien.faces.alignment import crop, crop_side
from mien.types import Face, Image
from mien.utils.csv import escape_formula
from mien.utils.file_kinds import kind_by_name
from mien.utils.files import cannot_write, make_folder, reading, remove_left_over, write_new
from mien.utils.folders import contents, files_below
from mien.utils.images import encode_picture
from mien.utils.names import folded, is_reserved

LARGEST_PX = 224
"""Of a crop's side. Smaller crops keep the size that they have in the frame: no pixel is made up, and models that take
large crops get all that the camera saw. 224 px is what most backbones take."""

_LONGEST_LABEL, _LONGEST_STEM = 60, 40  # a name may have 255 bytes, of which a letter may take four


@dataclass(frozen=True)
class Sample:
    """One face that is cut out but not saved yet."""

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
    """When the camera was opened, since each opening is a clip of its own; None for a file."""


@dataclass(frozen=True)
class Added:
    """A picture that was saved."""

    path: Path
    label: str
    """The name of the class's folder."""
    count: int
    """Pictures of the class, including this one."""
    new_class: bool


def sample(image: Image, face: Face, source: str, time_s: float, person: int, begun: datetime | None = None) -> Sample:
    """Cut a face out of a frame, BGR (H, W, 3), at the size that it has there, up to LARGEST_PX."""
    side = min(max(round(crop_side(face)), 1), LARGEST_PX)
    return Sample(crop(image, face, side), source, time_s, person, face.size, begun)


def checked(label: str) -> str:
    """A label as the name of a folder on any system.

    Raises:
        MienError: it cannot be one.
    """
    name = unicodedata.normalize("NFC", label).strip()
    if not name:
        raise MienError(language.tr("Give the face a label, such as confused."))
    if len(name) > _LONGEST_LABEL:
        raise MienError(language.tr("A label has at most {} letters.").format(_LONGEST_LABEL))
    if re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', name) or name[0] == "." or name[-1] == ".":
        raise MienError(
            language.tr('{} cannot be the name of a folder: leave out / \\ : * ? " < > | and dots at the ends.').format(
                name
            )
        )
    if is_reserved(name) or name.casefold() in {TABLE, *SPLITS}:
        raise MienError(
            language.tr("{} has another meaning as the name of a folder. Choose another label.").format(name)
        )
    return name


def labels(folder: Path) -> dict[str, int]:
    """The classes of a dataset with their numbers of pictures: first those that were added to last, then by name.

    Raises:
        MienError: the folder cannot be read.
    """
    with reading(folder):
        counts = {found.name: _count(found) for found in _classes(folder)}
        used = labels_used(folder / TABLE)
    return {name: counts[name] for name in dict.fromkeys([*used, *sorted(counts, key=str.casefold)]) if name in counts}


def add(folder: Path, label: str, kept: Sample) -> Added:
    """Save a face under a label, and a line into `sources.csv`. No file is ever overwritten.

    The file's name is the clip's and a number, made of the time in ms and three digits of the person: faces of one clip
    share their names up to the number, by which `mien.curation.split` keeps them on one side.

    Args:
        folder: the dataset's, which is made if it does not exist.
        label: a class that exists, in small or capital letters, or a new one.
        kept: see `sample`.

    Raises:
        MienError: the label cannot be the name of a folder, the same face is there already, or it cannot be written.
    """
    name = checked(label)
    encoded = encode_picture(kept.picture, ".png")
    number = max(round(1000 * kept.time_s), 0) * 1000 + kept.person
    place = folder / name
    try:
        classes = _classes(folder)
        check_undivided(folder, [found.name for found in classes if found.name.casefold() in SPLITS])
        same = (found for found in classes if folded(found.name) == folded(name))
        place = next(same, place)
        new_class = not place.is_dir()
        make_folder(place)
        remove_left_over(folder, place, in_use=True)
        path: Path | None = None
        try:
            path = _write_new(place, _stem(kept), number, encoded)
            append_row(folder / TABLE, _row(path, kept))
        except BaseException:
            _remove(path, place if new_class else None)
            raise
        return Added(path, place.name, _count(place), new_class)
    except OSError as error:
        raise cannot_write(place, error) from error


def undo(added: Added) -> None:
    """Remove what was added: the line, the picture, and the class's folder if it was new.

    Raises:
        MienError: it cannot be removed.
    """
    try:
        remove_row(added.path.parents[1] / TABLE, _inside(added.path))
        _remove(added.path, added.path.parent if added.new_class else None)
    except OSError as error:
        raise MienError(language.tr("{} cannot be removed: {}.").format(added.path, error.strerror or error)) from error


def _classes(folder: Path) -> list[Path]:
    if not folder.exists():
        return []
    return [found for found in contents(folder) if found.is_dir() and not found.name.startswith(".")]


def _count(folder: Path) -> int:
    """By the names: it is asked with each face, and most of these files are Mien's own."""
    return sum(kind_by_name(path.name) == "picture" for path in files_below(folder))


def _stem(kept: Sample) -> str:
    clip = Path(kept.source).stem if kept.begun is None else f"{kept.source} {kept.begun:%Y%m%d-%H%M%S}"
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", clip))
    return plain[-_LONGEST_STEM:].strip("-_") or "face"  # the end has a camera's date


def _write_new(folder: Path, stem: str, number: int, data: bytes) -> Path:
    """Write a picture under a free name, which nobody else can take meanwhile."""
    while True:
        path = folder / f"{stem}_{number:011d}.png"
        try:
            write_new(path, data)
            return path
        except FileExistsError:
            if path.read_bytes() == data:
                raise MienError(
                    language.tr("This face is in the dataset already, under {}.").format(folder.name)
                ) from None
            number += 1


def _remove(path: Path | None, folder: Path | None) -> None:
    """Remove a file, and a folder if it is empty."""
    if path is not None:
        path.unlink(missing_ok=True)
    if folder is not None:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _inside(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _row(path: Path, kept: Sample) -> list[str]:
    source = escape_formula(" ".join(kept.source.splitlines()))  # without line ends, since a row is a line
    added = datetime.now().astimezone().isoformat(timespec="seconds")
    name = path.parent.name
    return [_inside(path), name, source, f"{kept.time_s:.3f}", str(kept.person), f"{kept.face_px:.1f}", added]
