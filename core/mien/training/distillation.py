"""What teachers say of the training faces.

Read once, before the first step, and kept in the run's folder; or at each step, of the faces as they are changed then.
The latter costs more and teaches more: what a teacher says of faces that it learned by heart is little more than their
labels.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save
from torch import Tensor
from torch.nn import functional as F

from mien.data.faceset import FaceSet
from mien.errors import MienError
from mien.models import weights
from mien.models.cards import read_card
from mien.runtimes import Runtime, open_runtime
from mien.utils.files import write_atomic

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
        # On a GPU the faces are there already; on a CPU OpenVINO is faster than PyTorch.
        self._here = torch.cuda.is_available()
        self._readers = [
            _on_gpu(model) if self._here else _in_runtime(open_runtime(model, many=True, rough=rough))
            for model in models
        ]
        for model in models:
            network = read_card(model).network
            if network.classes != faces.classes or network.channels != faces.images.shape[1]:
                raise MienError(
                    f"'{model}' cannot teach: its classes or colours are not those of {faces.source}. Give others, or "
                    "distil = 0 in the config."
                )

    def read(self, images: Tensor) -> Tensor:
        """Their mean probabilities for (N, channels, s, s) faces, 0..1: (N, C), rows sum to 1, where the faces are."""
        return torch.stack([read(images) for read in self._readers]).mean(0)


def teacher_targets(models: Sequence[str], faces: FaceSet, folder: Path) -> Tensor:
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
    lessons = torch.cat([teachers.read(part.float() / 255) for part in faces.images.split(_BATCH)])
    write_atomic(path, save({"lessons": lessons}))
    return lessons


def _in_runtime(runtime: Runtime) -> Callable[[Tensor], Tensor]:
    size = runtime.card.network.crop_size

    def read(images: Tensor) -> Tensor:
        pixels = (_sized(images, size).cpu() * 255).round().byte()
        return torch.softmax(torch.from_numpy(np.array(runtime.run(pixels.numpy()).logits)), 1).to(images.device)

    return read


def _on_gpu(model: str) -> Callable[[Tensor], Tensor]:
    network, card = weights.load(model)
    network = network.cuda()

    @torch.no_grad()
    def read(images: Tensor) -> Tensor:
        with torch.autocast("cuda", torch.float16):
            logits = network(_sized(images.cuda(), card.network.crop_size))
        return torch.softmax(logits.float(), 1).to(images.device)

    return read


def _sized(images: Tensor, size: int) -> Tensor:
    if images.shape[-1] == size:
        return images
    return F.interpolate(images, size=(size, size), mode="bilinear", antialias=True).clamp(0, 1)
