"""Faces out of a labelled folder of whole pictures, as recognition would cut them out."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import cv2

from mien.curation.report import DatasetReport, Finding, examine, listed
from mien.errors import MienError
from mien.faces.alignment import crop
from mien.faces.detector import FaceDetector
from mien.types import Image
from mien.utils.files import write_atomic, writing
from mien.utils.images import read_picture

CROP_PX = 160
"""Side of the faces that are cut out; more than any model takes today."""
_SAMPLE = 12  # pictures that are looked at to guess what a folder holds
_WHOLE = 0.6  # of a picture's shorter side: a box that is smaller leaves room around the face


def holds_crops(root: Path) -> bool:
    """Whether a labelled folder seems to hold faces already cut out, rather than whole pictures.

    Raises:
        MienError: see `mien.curation.report.listed`.
    """
    _, files, _ = listed(root)
    read = (_read(path) for path, _ in files[:: -(-len(files) // _SAMPLE)])
    pictures = [image for image in read if image is not None]
    with FaceDetector(tiles=False) as detector:
        # A tight crop often shows the detector no face at all.
        found = [(faces[0].size, min(image.shape[:2])) for image in pictures if (faces := detector.find(image))]
    whole = sum(size < _WHOLE * side for size, side in found)
    return bool(2 * whole <= len(pictures))


def examine_faces(
    root: Path, into: Path, progress: Callable[[int, int], None] = lambda done, all: None
) -> DatasetReport:
    """Cut the largest face out of every picture, then examine these.

    Args:
        root: of `mien.curation.report.listed`.
        into: gets a sub-folder a class.
        progress: told how many of how many pictures were looked at.

    Raises:
        MienError: see `listed`, or no face was found in the pictures of all classes but one.
    """
    _, files, findings = listed(root)
    without, broken = [], []
    with FaceDetector() as detector:
        for done, (path, label) in enumerate(files, 1):
            image = _read(path)
            if image is None:
                broken.append(path)
            elif not (faces := detector.find(image)):
                without.append(path)
            else:
                _write(_place(root, path, into / label), crop(image, faces[0], CROP_PX))
            progress(done, len(files))
    findings += _findings(broken, without)
    try:
        seen = examine(into)
    except MienError as error:
        raise MienError(f"Too few faces were found in {root}: {error}") from error
    return replace(seen, findings=(*findings, *seen.findings))


def _read(path: Path) -> Image | None:
    with suppress(MienError):
        return read_picture(path)
    return None


def _place(root: Path, path: Path, folder: Path) -> Path:
    """Where a picture's face goes: sub-folders and names stay, since they may say who is who."""
    inside = path.relative_to(root / folder.name) if root.is_dir() else Path(path.parent.name, path.name)
    return folder / inside.with_name(f"{inside.stem}.png")


def _findings(broken: Sequence[Path], without: Sequence[Path]) -> list[Finding]:
    made = []
    if broken:
        made.append(Finding("unreadable", f"{len(broken)} files cannot be read as pictures.", tuple(broken)))
    if without:
        made.append(Finding("no face", f"In {len(without)} pictures no face was found.", tuple(without)))
    return made


def _write(path: Path, face: Image) -> None:
    with writing(path):
        write_atomic(path, cv2.imencode(".png", face)[1].tobytes())
