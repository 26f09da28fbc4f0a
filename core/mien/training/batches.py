"""What each training step learns from: labelled faces, faces without labels, and the teachers' targets for both."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mien.data.augment import augment, mixup, resample
from mien.data.load import TrainingData
from mien.data.readers.unlabelled import INNER
from mien.training.config import TrainConfig
from mien.training.distillation import Teachers, teacher_targets


@dataclass(frozen=True)
class Batch:
    """One step's faces, those without labels last: what `mien.training.objective.Objective` takes."""

    poor: Tensor
    """(B, channels, s, s), 0..1: what the network sees."""
    clean: Tensor
    """(B, channels, s, s): the same before they were made small and poor."""
    labels: Tensor
    """(L, C) label distributions of the first L."""
    teacher_targets: Tensor | None
    """(B, C) the teachers' probabilities; None without teachers."""


class Batches:
    """Makes each step's batch, at random as a generator decides."""

    def __init__(self, config: TrainConfig, data: TrainingData, folder: Path, device: torch.device, many: int) -> None:
        """Compute the teacher targets, or load the teachers that will do so at each step.

        Args:
            config: of the training.
            data: its faces.
            folder: the run's, where teacher targets that are computed once are kept.
            device: where batches are made.
            many: faces without labels in each batch.

        Raises:
            MienError: see `Teachers`.
        """
        self._config, self._data, self._device, self._many = config, data, device, many
        self._targets: Tensor | None = None
        self._teachers: Teachers | None = None
        if not config.distil or not config.epochs:
            return
        if config.teacher_targets == "each step":
            self._teachers = Teachers(config.teachers, data.train, rough=True)
        else:
            self._targets = teacher_targets(config.teachers, data.train, folder)

    def make(self, index: Tensor, generator: torch.Generator) -> Batch:
        """The batch with the labelled faces of these numbers; everything else is drawn from the generator."""
        config, device, faces = self._config, self._device, self._data.train
        size = config.network.crop_size
        labels = faces.labels[index].to(device)
        taught = None if self._targets is None else self._targets[index].to(device)
        poor, clean, shown = [], [], []
        if len(index):
            x = faces.images[index].to(device).float() / 255
            bad, good = augment(x, config.augmentation, generator, size=size)
            bad, good, labels, taught = mixup(config.augmentation.mixup, generator, bad, good, labels, taught)
            poor, clean, shown = [bad], [good], [good]
        if self._many:
            assert self._data.unlabelled is not None
            chosen = torch.randint(len(self._data.unlabelled), (self._many,), generator=generator)
            x = self._data.unlabelled.images[chosen].to(device).float() / 255
            bad, good = augment(x, config.augmentation, generator, size=size, inner=INNER)
            poor, clean = [*poor, bad], [*clean, good]
            # The teachers know faces of the labelled ones' size; what they say of it holds for the larger face too.
            shown = [*shown, resample(good, min(faces.images.shape[-1], size))]
        if self._teachers is not None:
            taught = self._teachers.classify(torch.cat(shown))
        return Batch(torch.cat(poor), torch.cat(clean), labels, taught)
