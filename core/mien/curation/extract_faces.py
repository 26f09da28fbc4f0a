"""Cuts the faces out of a labelled folder of whole pictures, as recognition would."""

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from mien import language
from mien.curation.add_face import checked
from mien.curation.findings import Finding, unreadable
from mien.curation.labelled_files import list_files
from mien.curation.report import DatasetReport, examine
from mien.errors import MienError
from mien.faces.alignment import crop
from mien.faces.detector import FaceDetector
from mien.types import Image
from mien.utils.files import read_bounded, remove_left_over, write_atomic, writing
from mien.utils.images import encode_picture, read_picture
from mien.utils.picture_headers import MOST_BYTES, header_of

log = logging.getLogger(__name__)

CROP_PX = 160
"""Side of the crops; more than any model takes today."""
_SAMPLE = 12  # about so many pictures are looked at to guess what a folder holds
_WHOLE = 0.6  # of a picture's shorter side: a smaller box has room around it


def holds_crops(root: Path) -> bool:
    """Whether a labelled folder seems to hold faces already cut out, rather than whole pictures.

    Raises:
        MienError: see `mien.curation.labelled_files.list_files`.
    """
    return are_crops([path for path, _ in list_files(root).files])


def are_crops(files: Sequence[Path]) -> bool:
    """Whether pictures seem to be faces already cut out; some of them are looked at."""
    read = (_read(path) for path in files[:: max(-(-len(files) // _SAMPLE), 1)])
    pictures = [image for image in read if image is not None]
    with FaceDetector(tiles=False) as detector:
        # A tight crop often shows the detector no face at all.
        found = [(faces[0].size, min(image.shape[:2])) for image in pictures if (faces := detector.detect(image))]
    whole = sum(size < _WHOLE * side for size, side in found)
    return bool(2 * whole <= len(pictures))


def warn_of_whole_pictures(data: Path, names: Sequence[str]) -> None:
    """Log it if the faces of a person's own data seem to be whole pictures, of which predictions would mean nothing.

    Args:
        data: a folder of classes, or a table of paths and labels.
        names: of the faces, relative to the folder that `data` is or lies in.
    """
    root = data if data.is_dir() else data.parent
    if not are_crops([root / name for name in names]):
        log.warning(
            "%s seems to hold whole pictures, and each is taken for a face as it is. "
            "`mien examine %s --find-faces NEW` cuts the faces out into a folder NEW.",
            data,
            data,
        )


def examine_faces(
    root: Path, into: Path, progress: Callable[[int, int], None] = lambda done, all: None
) -> DatasetReport:
    """Cut the largest face out of every picture, then examine the crops.

    Args:
        root: see `mien.curation.labelled_files.list_files`.
        into: gets a sub-folder for each class. It lies apart from `root`; faces that an earlier call made are
            replaced.
        progress: told how many of how many pictures are done.

    Raises:
        MienError: see `list_files`, a table's label cannot be the name of a folder, something would be overwritten, or
            fewer than two classes have a picture with a face.
    """
    listed = list_files(root)
    places = _places(root, listed.files, into)
    _check_apart(root, into, places)
    for folder in {place.parent for place in places}:
        with writing(folder):
            remove_left_over(folder)
    without, broken = [], []
    with FaceDetector() as detector:
        for done, ((path, _), place) in enumerate(zip(listed.files, places, strict=True), 1):
            image = _read(path)
            if image is None:
                broken.append(path)
            elif not (faces := detector.detect(image)):
                without.append(path)
            else:
                _write(place, crop(image, faces[0], CROP_PX))
            progress(done, len(listed.files))
    findings = [*listed.findings, *unreadable(broken)]
    if without:
        findings.append(
            Finding("no face", language.tr("No face was found in %n picture(s).", "", len(without)), tuple(without))
        )
    try:
        report = examine(into)
    except MienError as error:
        raise MienError(language.tr("Too few faces were found in {}: {}").format(root, error)) from error
    return replace(report, findings=(*findings, *report.findings))


def _read(path: Path) -> Image | None:
    with suppress(MienError):
        return read_picture(path)
    return None


def _places(root: Path, files: Sequence[tuple[Path, str]], into: Path) -> list[Path]:
    """Where each picture's face goes; it keeps its name and sub-folder, which may say who it is."""
    made, taken = [], set[str]()
    for path, label in files:
        if root.is_dir():
            place = into / label / Path(*path.relative_to(root).parts[1:])
        else:  # a table may have any text for a label, and name pictures anywhere
            place = into / checked(label) / Path(os.path.abspath(path)).parent.name / path.name
        stems = chain([place.stem], (f"{place.stem}-{number}" for number in count(2)))
        free = next(own for stem in stems if str(own := place.with_name(f"{stem}.png")).casefold() not in taken)
        taken.add(str(free).casefold())
        made.append(free)
    return made


def _check_apart(root: Path, into: Path, places: Sequence[Path]) -> None:
    """No picture is replaced by its face, and none is listed as a face."""
    whole, made = root.resolve(), into.resolve()
    if root.is_dir() and (made.is_relative_to(whole) or whole.is_relative_to(made)):
        text = language.tr("The faces cannot go into {}, which is not apart from the pictures. Choose a new folder.")
        raise MienError(text.format(into))
    for place in places:
        if os.path.lexists(place) and not _is_crop(place):
            text = language.tr("{} is there already, and no face that Mien has cut out. Choose a new folder.")
            raise MienError(text.format(place))


def _is_crop(path: Path) -> bool:
    with suppress(OSError):
        header = header_of(read_bounded(path, MOST_BYTES))
        return header is not None and (header.format, header.width, header.height) == ("PNG", CROP_PX, CROP_PX)
    return False


def _write(path: Path, face: Image) -> None:
    with writing(path):
        write_atomic(path, encode_picture(face, ".png"))
