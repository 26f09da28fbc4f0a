"""Labelled faces in memory."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from mien.utils.images import decode_picture, to_chw

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FaceSet:
    """Faces of one size, with their labels."""

    images: Tensor
    """(N, channels, size, size) uint8; 1 channel is grey, 3 are RGB."""
    labels: Tensor
    """(N, C) float32; each row is a distribution over the classes, or all zero for a face without a label."""
    classes: tuple[str, ...]
    names: tuple[str, ...]
    """The file that each face comes from, for messages and tables."""
    source: str
    """Dataset, split and labelling rule, to print beside a figure."""

    def __len__(self) -> int:
        return len(self.images)

    @property
    def targets(self) -> Tensor:
        """(N,) int64: the class with the largest share."""
        return self.labels.argmax(1)

    def subset(self, keep: Tensor) -> "FaceSet":
        """The faces that an (N,) bool mask or an (M,) index tensor selects."""
        index = keep.nonzero()[:, 0] if keep.dtype == torch.bool else keep
        names = tuple(self.names[i] for i in index.tolist())
        return replace(self, images=self.images[index], labels=self.labels[index], names=names)

    def digests(self) -> list[str]:
        """A hash of each face's pixels."""
        return [hashlib.sha256(image.numpy().tobytes()).hexdigest() for image in self.images]

    def without(self, other: "FaceSet") -> "FaceSet":
        """These faces, without those that are pixel for pixel in another set."""
        known = set(other.digests())
        keep = torch.tensor([digest not in known for digest in self.digests()], dtype=torch.bool)
        if dropped := len(self) - int(keep.sum()):
            log.info("%d faces of %s are also in %s and are dropped.", dropped, self.source, other.source)
        return self.subset(keep)


def decode(data: bytes, size: int, channels: int) -> Tensor | None:
    """Decode an image file's bytes.

    Args:
        data: a PNG, JPEG or other image file.
        size: side to resize to, px; a picture that is not square is stretched.
        channels: 1 (grey) or 3 (RGB).

    Returns:
        (channels, size, size) uint8, or None if it is no image.
    """
    image = decode_picture(data, grey=channels == 1)
    return None if image is None else torch.from_numpy(to_chw(image, size, channels))


def collect(
    items: Iterable[tuple[str, bytes, Tensor]],
    *,
    size: int,
    channels: int,
    classes: tuple[str, ...],
    source: str,
) -> FaceSet:
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
    return FaceSet(
        images=torch.stack(images) if images else torch.empty(0, channels, size, size, dtype=torch.uint8),
        labels=torch.stack(labels).float() if labels else torch.empty(0, len(classes)),
        classes=classes,
        names=tuple(names),
        source=source,
    )
