"""What teachers say of the training faces: read once, before the first step, and kept in the run's folder."""

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


def read_lessons(teachers: Sequence[str], faces: FaceSet, folder: Path) -> Tensor:
    """The teachers' mean probabilities for each face as it is, neither changed nor made poor.

    To read faces anew at each step, as they were augmented, would cost more than the student's own learning does.

    Args:
        teachers: models, by name or path.
        faces: of the training.
        folder: the run's; what another start of the same run has read is taken from there.

    Returns:
        (N, C), rows sum to 1.

    Raises:
        MienError: a teacher knows other classes, or reads pictures with other channels.
    """
    # Others than these would be wrong, however they got into the folder.
    of = [read_card(teacher).sha256 for teacher in teachers] + faces.digests()
    path = folder / f"lessons-{hashlib.sha256(' '.join(of).encode()).hexdigest()[:16]}.safetensors"
    if path.is_file():
        return load_file(path)["lessons"]
    lessons = torch.stack([_probabilities(teacher, faces) for teacher in teachers]).mean(0)
    write_atomic(path, save({"lessons": lessons}))
    return lessons


def _probabilities(teacher: str, faces: FaceSet) -> Tensor:
    runtime = open_runtime(teacher, many=True)
    network = runtime.card.network
    if network.classes != faces.classes or network.channels != faces.images.shape[1]:
        raise MienError(
            f"'{teacher}' cannot teach: its classes or colours are not those of {faces.source}. Give others, or "
            "distil = 0 in the config."
        )
    return torch.cat([_read(runtime, part, network.crop_size) for part in faces.images.split(_BATCH)])


def _read(runtime: Runtime, images: Tensor, size: int) -> Tensor:
    if images.shape[-1] != size:
        images = F.interpolate(images.float(), size=(size, size), mode="bilinear", antialias=True).round().byte()
    return torch.softmax(torch.from_numpy(np.array(runtime.run(images.numpy()).logits)), 1)
