"""Labelled faces as they are read: arrays, for which nobody waits for PyTorch."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.utils.files import reason_of
from mien.utils.images import decode_picture, to_chw
from mien.utils.names import place_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelledFaces:
    """Faces of one size, with their labels."""

    images: NDArray[np.uint8]
    """(N, channels, size, size); 1 channel is grey, 3 are RGB."""
    labels: NDArray[np.float32]
    """(N, C); each row is a distribution over the classes, or all zero for a face without a label."""
    classes: tuple[str, ...]
    names: tuple[str, ...]
    """The file that each face comes from, for messages and tables."""
    source: str
    """Dataset, split and labelling rule, to print beside a figure."""

    def __len__(self) -> int:
        return len(self.images)

    @property
    def targets(self) -> NDArray[np.int64]:
        """(N,): the class with the largest share."""
        return np.asarray(self.labels.argmax(1))

    def in_order_of(self, classes: tuple[str, ...]) -> "LabelledFaces":
        """The faces with their labels in a model's order of classes, whose names may differ in capitals or accents.

        Raises:
            MienError: the faces have a class that the model does not have.
        """
        if self.classes == classes:
            return self
        labels = np.zeros((len(self), len(classes)), np.float32)
        for name, share in zip(self.classes, self.labels.T, strict=True):
            place = place_of(name, classes)
            if place is None:
                raise MienError(f"The model does not have the class '{name}'. Its classes are {', '.join(classes)}.")
            labels[:, place] += share
        return replace(self, labels=labels, classes=classes)


@contextmanager
def said_once() -> Iterator[None]:
    """Within this, what is said of a folder is said once, though each of its splits is read by itself."""
    said = set[str]()

    def new(record: logging.LogRecord) -> bool:
        text = record.getMessage()
        known = text in said
        said.add(text)
        return not known

    log.addFilter(new)
    try:
        yield
    finally:
        log.removeFilter(new)


def say_closed(closed: Iterable[OSError]) -> None:
    """Log which folders may not be read, whose faces are left out."""
    for error in closed:
        log.warning("%s may not be read, and is left out: %s.", error.filename, reason_of(error))


def one_hot(index: int, count: int) -> NDArray[np.float32]:
    """(count,): all of it in one class."""
    return np.asarray(np.eye(count, dtype=np.float32)[index])


def decode(data: bytes, size: int, channels: int) -> NDArray[np.uint8] | None:
    """Decode an image file's bytes.

    Args:
        data: a PNG, JPEG or other image file.
        size: side to resize to, px; a picture that is not square is stretched.
        channels: 1 (grey) or 3 (RGB).

    Returns:
        (channels, size, size), or None if it is no image.
    """
    image = decode_picture(data, grey=channels == 1)
    return None if image is None else to_chw(image, size, channels)


def collect(
    items: Iterable[tuple[str, bytes, NDArray[np.float32]]],
    *,
    size: int,
    channels: int,
    classes: tuple[str, ...],
    source: str,
) -> LabelledFaces:
    """Decode (name, file's bytes, label distribution) triples; files that cannot be read are logged and left out."""
    images, labels, names, broken = [], [], [], []
    for name, data, label in items:
        image = decode(data, size, channels)
        if image is None:
            broken.append(name)
            continue
        images.append(image)
        labels.append(label)
        names.append(name)
    if broken:
        shown = ", ".join(broken[:3]) + (", ..." if len(broken) > 3 else "")
        log.warning("%s: %d files cannot be read as images and are left out: %s", source, len(broken), shown)
    return LabelledFaces(
        images=np.stack(images) if images else np.empty((0, channels, size, size), np.uint8),
        labels=np.stack(labels).astype(np.float32) if labels else np.empty((0, len(classes)), np.float32),
        classes=classes,
        names=tuple(names),
        source=source,
    )
