"""Labelled faces as tensors, to train and measure on."""

import hashlib
import logging
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from mien.data.labelled import LabelledFaces

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

    @classmethod
    def of(cls, faces: LabelledFaces) -> "FaceSet":
        """Faces as they were read; the memory is shared."""
        images, labels = torch.from_numpy(faces.images), torch.from_numpy(faces.labels)
        return cls(images, labels, faces.classes, faces.names, faces.source)

    @property
    def arrays(self) -> LabelledFaces:
        """The same faces for what needs no tensors; the memory is shared."""
        return LabelledFaces(self.images.numpy(), self.labels.numpy(), self.classes, self.names, self.source)

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
