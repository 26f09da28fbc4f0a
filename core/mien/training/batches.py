"""What each training step learns from: labelled faces, faces without labels, and the teachers' targets for both."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mien import language
from mien.data.augment import augment, mixup
from mien.data.filters import resample
from mien.data.load import TrainingData
from mien.data.readers.unlabelled import INNER
from mien.data.sampling import epoch_length, epoch_order
from mien.data.to_device import to_device
from mien.errors import MienError
from mien.training.config import TrainConfig
from mien.training.distillation import Teachers, teacher_targets


@dataclass(frozen=True)
class Batch:
    """One step's faces, those without labels last: what `mien.training.objective.Objective` takes."""

    poor: Tensor
    """(B, channels, s, s), 0..1: what the network sees."""
    clean: Tensor
    """(B, channels, s, s), 0..1: the same before they were made small and poor."""
    labels: Tensor
    """(L, C) label distributions of the first L."""
    teacher_targets: Tensor | None
    """(B, C) the teachers' probabilities; None without teachers."""


class Batches:
    """The batch of each step: which faces depends on the seed and the step alone, how they change on a generator."""

    def __init__(
        self,
        config: TrainConfig,
        data: TrainingData,
        folder: Path,
        device: torch.device,
        *,
        rank: int = 0,
        world: int = 1,
    ) -> None:
        """Divide epochs into steps, and compute the teacher targets or load the teachers that will do so at each step.

        Args:
            config: of the training.
            data: its faces.
            folder: the run's, where teacher targets that are computed once are kept.
            device: where batches are made.
            rank: which of the processes this is, from 0.
            world: how many processes share each step.

        Raises:
            MienError: there are too few faces, or see `Teachers`.
        """
        self._config, self._data, self._device, self._rank, self._world = config, data, device, rank, world
        drawn = epoch_length(data.train.targets, config.per_class)
        self._unlabelled = round(config.batch_size * config.unlabelled_share)
        self._labelled = min(config.batch_size - self._unlabelled, drawn // world)
        if self._unlabelled and data.unlabelled is None:
            text = language.tr("The training needs the faces of {}, which were not given.")
            raise MienError(text.format(config.unlabelled))
        if self._labelled + self._unlabelled < 2:
            text = language.tr("{}: %n face(s) an epoch: too few to train on. Add pictures.", "", drawn)
            raise MienError(text.format(data.train.source))
        if self._labelled:
            self.steps_per_epoch = drawn // (self._labelled * world)
        else:
            assert data.unlabelled is not None
            self.steps_per_epoch = max(len(data.unlabelled) // (self._unlabelled * world), 1)
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

        self._targets: Tensor | None = None
        self._teachers: Teachers | None = None
        if not config.distil or not config.epochs:
            return
        if config.teacher_targets == "once":
            self._targets = teacher_targets(config.teachers, data.train, folder)
        else:
            self._teachers = Teachers(config.teachers, data.train, rough=True)

    def _labelled_faces(self, step: int) -> Tensor:
        """(L,) numbers of the labelled faces of this process's share of a step."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            config = self._config
            order = epoch_order(
                self._data.train.targets,
                seed=config.seed,
                epoch=epoch,
                balanced=config.balanced,
                per_class=config.per_class,
            )
            self._epoch, self._order = epoch, order[self._rank :: self._world]
        return self._order[place * self._labelled : (place + 1) * self._labelled]

    def make(self, step: int, generator: torch.Generator) -> Batch:
        """The batch of a step.

        Args:
            step: from 0.
            generator: on the CPU; decides which faces without labels are drawn, and how all are changed.
        """
        config, device, faces = self._config, self._device, self._data.train
        size, index = config.network.crop_size, self._labelled_faces(step)
        labels = to_device(faces.labels[index], device)
        taught = None if self._targets is None else to_device(self._targets[index], device)
        poor, clean, shown = [], [], []
        if len(index):
            x = to_device(faces.images[index], device).float() / 255
            bad, good = augment(x, config.augmentation, generator, size=size)
            bad, good, labels, taught = mixup(config.augmentation.mixup, generator, bad, good, labels, taught)
            poor, clean, shown = [bad], [good], [good]
        if self._unlabelled:
            assert self._data.unlabelled is not None
            chosen = torch.randint(len(self._data.unlabelled), (self._unlabelled,), generator=generator)
            x = to_device(self._data.unlabelled.images[chosen], device).float() / 255
            bad, good = augment(x, config.augmentation, generator, size=size, inner=INNER)
            poor, clean = [*poor, bad], [*clean, good]
            # The teachers know faces of the labelled ones' size; their probabilities hold for the larger face too.
            shown = [*shown, resample(good, min(faces.images.shape[-1], size))]
        if self._teachers is not None:
            seen = torch.cat(shown)
            in_turn = config.teacher_targets == "in turn"
            taught = self._teachers.classify_in_turn(seen, generator) if in_turn else self._teachers.classify(seen)
        return Batch(torch.cat(poor), torch.cat(clean), labels, taught)
