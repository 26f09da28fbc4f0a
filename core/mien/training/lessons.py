"""What teachers say of the training faces.

Read once, before the first step, and kept in the run's folder; or at each step, of the faces as they are changed then.
The latter costs more and teaches more: what a teacher says of faces that it learned by heart is little more than their
labels.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save
from torch import Tensor
from torch.nn import functional as F

from mien.cards import read_card
from mien.data.faceset import FaceSet
from mien.errors import MienError
from mien.files import write_atomic
from mien.runtimes import Runtime, open_runtime

_BATCH = 256


class Teachers:
    """Models whose mean probabilities are learned besides the labels."""

    def __init__(self, models: Sequence[str], faces: FaceSet, *, rough: bool = False) -> None:
        """Load them.

        Args:
            models: by name or path.
            faces: of the training.
            rough: see `mien.runtimes.open_runtime`.

        Raises:
            MienError: a teacher knows other classes, or reads pictures with other channels.
        """
        self._runtimes = [open_runtime(model, many=True, rough=rough) for model in models]
        for model, runtime in zip(models, self._runtimes, strict=True):
            network = runtime.card.network
            if network.classes != faces.classes or network.channels != faces.images.shape[1]:
                raise MienError(
                    f"'{model}' cannot teach: its classes or colours are not those of {faces.source}. Give others, or "
                    "distil = 0 in the config."
                )

    def read(self, images: Tensor) -> Tensor:
        """Their mean probabilities, (N, C), rows sum to 1, for (N, channels, s, s) bytes on the CPU."""
        return torch.stack([_probabilities(runtime, images) for runtime in self._runtimes]).mean(0)


def read_lessons(models: Sequence[str], faces: FaceSet, folder: Path) -> Tensor:
    """The teachers' mean probabilities for each face as it is, neither changed nor made poor.

    Args:
        models: the teachers, by name or path.
        faces: of the training.
        folder: the run's; what another start of the same run has read is taken from there.

    Returns:
        (N, C), rows sum to 1.

    Raises:
        MienError: see `Teachers`.
    """
    # Others than these would be wrong, however they got into the folder.
    of = [read_card(model).sha256 for model in models] + faces.digests()
    path = folder / f"lessons-{hashlib.sha256(' '.join(of).encode()).hexdigest()[:16]}.safetensors"
    if path.is_file():
        return load_file(path)["lessons"]
    teachers = Teachers(models, faces)
    lessons = torch.cat([teachers.read(part) for part in faces.images.split(_BATCH)])
    write_atomic(path, save({"lessons": lessons}))
    return lessons


def _probabilities(runtime: Runtime, images: Tensor) -> Tensor:
    size = runtime.card.network.crop_size
    if images.shape[-1] != size:
        images = F.interpolate(images.float(), size=(size, size), mode="bilinear", antialias=True).round().byte()
    return torch.softmax(torch.from_numpy(np.array(runtime.run(images.numpy()).logits)), 1)
