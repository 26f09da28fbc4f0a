"""Teacher targets: the probabilities that other models give the training faces.

They are computed once, before the first step, and kept in the run's folder; or at each step, for the faces as they are
changed then. The latter costs more and teaches more: for faces that a teacher knows by heart its probabilities are
little more than the labels.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save
from torch import Tensor
from torch.nn import functional as F

from mien import language
from mien.data.faceset import FaceSet
from mien.data.filters import resized
from mien.data.to_device import to_device
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
            faces: the training faces.
            rough: see `mien.runtimes.open_runtime`.

        Raises:
            MienError: a teacher has other classes, or takes pictures with other channels.
        """
        # On a GPU the faces are there already; on a CPU OpenVINO is faster than PyTorch.
        on_gpu = torch.cuda.is_available()
        self._teachers = [
            _on_gpu(model) if on_gpu else _in_runtime(open_runtime(model, many=True, rough=rough)) for model in models
        ]
        for model in models:
            network = read_card(model).network
            if network.classes != faces.classes or network.channels != faces.images.shape[1]:
                text = language.tr(
                    "'{}' cannot teach: its classes or colours are not those of {}. Give others, or distil = 0 in the "
                    "config."
                )
                raise MienError(text.format(model, faces.source))

    def classify(self, images: Tensor) -> Tensor:
        """Their mean probabilities: (N, channels, s, s) faces, 0..1 -> (N, C), rows sum to 1, on the faces' device."""
        return torch.stack([classify(images) for classify in self._teachers]).mean(0)

    def classify_in_turn(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """As `classify`, but each face by one teacher: over many steps their mean, at the cost of a single one.

        Args:
            images: (N, channels, s, s) faces, 0..1.
            generator: on the CPU; decides which face goes to which teacher.
        """
        order = to_device(torch.randperm(len(images), generator=generator), images.device)
        parts = order.tensor_split(len(self._teachers))
        said = torch.cat([classify(images[part]) for classify, part in zip(self._teachers, parts, strict=True)])
        return said[order.argsort()]


def teacher_targets(models: Sequence[str], faces: FaceSet, folder: Path) -> Tensor:
    """The teachers' mean probabilities for each face as it is, neither changed nor made poor.

    Args:
        models: the teachers, by name or path.
        faces: the N training faces.
        folder: the run's, where they are kept for the next start of the same run.

    Returns:
        (N, C), rows sum to 1.

    Raises:
        MienError: see `Teachers`.
    """
    # The name tells of which teachers and faces: those of others would be wrong, however they got into the folder.
    of = [read_card(model).sha256 for model in models] + faces.digests()
    path = folder / f"teacher-targets-{hashlib.sha256(' '.join(of).encode()).hexdigest()[:16]}.safetensors"
    if path.is_file():
        return load_file(path)["targets"]
    teachers = Teachers(models, faces)
    targets = torch.cat([teachers.classify(part.float() / 255) for part in faces.images.split(_BATCH)])
    write_atomic(path, save({"targets": targets}))
    return targets


def distillation_loss(logits: Tensor, teacher_logits: Tensor, temperature: float = 2.0) -> Tensor:
    """Kullback-Leibler divergence from a teacher's softened distribution (Hinton et al. 2015), a scalar.

    Args:
        logits: (B, C) of the student.
        teacher_logits: (B, C).
        temperature: softens both; the result is scaled by its square, so that gradients keep their size.
    """
    student = F.log_softmax(logits.float() / temperature, dim=1)
    teacher = F.log_softmax(teacher_logits.float() / temperature, dim=1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * temperature**2


def _in_runtime(runtime: Runtime) -> Callable[[Tensor], Tensor]:
    size = runtime.card.network.crop_size

    def classify(images: Tensor) -> Tensor:
        pixels = (_sized(images, size).cpu() * 255).round().byte()
        return torch.softmax(torch.from_numpy(np.array(runtime.run(pixels.numpy()).unsoftened())), 1).to(images.device)

    return classify


def _on_gpu(model: str) -> Callable[[Tensor], Tensor]:
    network, card = weights.load(model)
    network.domain_shift = None  # what students learn shall not be soft on faces without labels
    network = network.cuda()

    @torch.no_grad()
    def classify(images: Tensor) -> Tensor:
        with torch.autocast("cuda", torch.float16):
            logits = network(_sized(images.cuda(), card.network.crop_size))
        return torch.softmax(logits.float(), 1).to(images.device)

    return classify


def _sized(images: Tensor, size: int) -> Tensor:
    if images.shape[-1] == size:
        return images
    return resized(images, size, "area").clamp(0, 1)
