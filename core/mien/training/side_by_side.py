"""Trainings that see the same faces at the same steps, and so share what none of them changes.

Rows of a table differ in one thing. Where the stem and all before it are frozen, or the whole backbone is, what comes
out of it is the same for all and is computed once a step. Each row's randomness is drawn from the step alone, so a row
ends with the same weights, whichever others learn beside it, and one that was killed goes on as if nothing had
happened.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import torch
from torch import Tensor
from tqdm import tqdm

from mien.data.load import TrainingData
from mien.evaluation.metrics import predict_logits
from mien.models import weights
from mien.nn.balancing import Balanced
from mien.nn.interpolation import resized
from mien.nn.network import ExpressionNetwork
from mien.nn.stem_backbones import StemTransformer
from mien.nn.weight_transfer import matching
from mien.training import checkpoint
from mien.training.batches import Batch, Batches
from mien.training.checkpoint import Checkpoint
from mien.training.config import TrainConfig
from mien.training.freezing import freeze, train_mode
from mien.training.initial_weights import start_network
from mien.training.objective import Objective, build_loss
from mien.training.optimiser import build_optimiser, rate_factor

_SAVE_S = 120.0  # checkpoints are written at least this often


@dataclass
class Learner:
    """One of the trainings, at a step. It runs on the CPU."""

    config: TrainConfig
    folder: Path
    """Of its checkpoint."""
    objective: Objective
    optimiser: torch.optim.Optimizer
    fingerprint: str
    step: int = 0

    @property
    def network(self) -> ExpressionNetwork:
        """What learns."""
        return self.objective.network

    @property
    def front(self) -> str:
        """Equal for trainings that start with the same frozen parts; unlike all others where these learn too."""
        shape, own = self.config.network, "" if self.shares else self.folder.name
        return f"{self.config.start} {self.config.trained} {shape.up} {shape.down} {own}"

    @property
    def shares(self) -> bool:
        """Whether there are frozen parts at its beginning: all before the head, or all before the stem's blocks."""
        return self.config.trained == "head" or (self.network.resizer is None and self.network.stn is None)

    def begun(self, x: Tensor) -> Tensor:
        """What the parts that are frozen in `shares` make of (B, channels, s, s) faces: embeddings, or maps."""
        network = self.network
        seen = network.normalised(network.pictures(x)[2])
        if self.config.trained == "head":
            return network.backbone(seen)  # type: ignore[no-any-return]
        assert isinstance(network.backbone, StemTransformer)
        return network.backbone.maps(seen)

    def ended(self, begun: Tensor, correction_strength: float = 1.0) -> tuple[Tensor, Balanced | None]:
        """The rest: (B, C) logits from the output of `begun`, and how balancing, where there is some, made them."""
        network = self.network
        if self.config.trained == "head":
            embedding = begun
        else:
            assert isinstance(network.backbone, StemTransformer)
            embedding = network.backbone.embedded(begun)
        logits: Tensor = network.head(embedding)
        if network.balancing is None:
            return logits, None
        return network.balancing(embedding, logits, correction_strength)  # type: ignore[no-any-return]

    def save(self) -> None:
        """Write a checkpoint."""
        state = Checkpoint(
            step=self.step,
            model=self.network.state_dict(),
            average={},
            optimiser=self.optimiser.state_dict(),
            loss_sum=0.0,
            best_accuracy=-1.0,
            best={},
            fingerprint=self.fingerprint,
        )
        checkpoint.save(state, self.folder)


def begin(config: TrainConfig, data: TrainingData, folder: Path, *, superres: str = "") -> Learner:
    """Put one training together, or take up the one whose checkpoint is in its folder.

    Args:
        config: only the head learns, or its backbone is one of `STEM_BACKBONES`.
        data: the faces.
        folder: of its checkpoint.
        superres: a model whose super-resolution is taken over where the network has one; it stays as it is.

    Raises:
        MienError: the folder holds another training, or a model cannot be read.
    """
    network, _ = start_network(config)
    if config.trained != "head":
        # What is drawn for a resizer must not change what is drawn behind it: all rows begin with the same blocks.
        shape = replace(config.network, up="bilinear", down="bilinear", stn=False)
        matching(network, start_network(replace(config, network=shape))[0].state_dict())
    freeze(network, config.trained)
    if superres and network.superres is not None:
        source, _ = weights.load(superres)
        assert source.superres is not None
        network.superres.load_state_dict(source.superres.state_dict())
        network.superres.requires_grad_(False)
    objective = Objective(network, build_loss(config, data, network), config)
    optimiser = build_optimiser(config, network)
    learner = Learner(config, folder, objective, optimiser, checkpoint.fingerprint(config, data, 1))
    found = checkpoint.load(folder, learner.fingerprint)
    if found is not None:
        network.load_state_dict(found.model)
        optimiser.load_state_dict(found.optimiser)
        learner.step = found.step
    train_mode(network)
    return learner


def groups(learners: Sequence[Learner]) -> list[list[Learner]]:
    """Those that can learn side by side: from the same maps, from the same step on. The order of the first stays."""
    order = {learner.front: number for number, learner in reversed(list(enumerate(learners)))}

    def key(learner: Learner) -> tuple[int, int]:
        return order[learner.front], learner.step

    return [list(group) for _, group in groupby(sorted(learners, key=key), key)]


def train(
    learners: Sequence[Learner],
    data: TrainingData,
    *,
    quiet: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Train a group to the end.

    Args:
        learners: one of `groups`.
        data: the faces.
        quiet: no progress bar.
        should_stop: asked after each step; True saves and leaves.

    Returns:
        Whether it came to the end.
    """
    first = learners[0]
    batches = Batches(first.config, data, first.folder, torch.device("cpu"))
    total, saved = batches.steps_per_epoch * first.config.epochs, time.monotonic()
    for step in tqdm(range(first.step, total), initial=first.step, total=total, disable=quiet, unit="step"):
        seed = first.config.seed * 1_000_003 + step
        batch = batches.make(step, torch.Generator().manual_seed(seed))
        begun = None
        if first.shares:
            with torch.no_grad():
                begun = first.begun(batch.poor)
        for learner in learners:
            torch.manual_seed(seed)  # dropout
            _step(learner, batch, begun, total, batches.steps_per_epoch)
        stop = should_stop()
        if stop or step + 1 == total or time.monotonic() - saved > _SAVE_S:
            for learner in learners:
                learner.save()
            saved = time.monotonic()
        if stop and step + 1 < total:
            return False
    return True


def classify(learners: Sequence[Learner], images: Tensor, size: int) -> list[Tensor]:
    """The class that each network of a group names for each face.

    Args:
        learners: one of `groups`.
        images: (N, channels, s, s) uint8.
        size: side to which they are shrunk first, px.

    Returns:
        For each learner (N,) classes.
    """
    first = learners[0]
    side = first.config.network.crop_size

    def logits(x: Tensor) -> Tensor:
        x = resized(x, (side, side), "bilinear")  # as the faces of a training step are
        begun = first.begun(x)
        return torch.stack([learner.ended(begun)[0] for learner in learners], 1)

    for learner in learners:
        learner.network.eval()
    made = predict_logits(logits, images, size=size)  # (N, learners, C)
    for learner in learners:
        train_mode(learner.network)
    return list(made.argmax(2).unbind(1))


def _step(learner: Learner, batch: Batch, begun: Tensor | None, total: int, steps_per_epoch: int) -> None:
    config, objective, strength = learner.config, learner.objective, learner.step / total
    factor = rate_factor(
        learner.step,
        schedule=config.schedule,
        warmup=config.warmup_steps,
        total=total,
        steps_per_epoch=steps_per_epoch,
    )
    for group in learner.optimiser.param_groups:
        group["lr"] = config.learning_rate * factor * group.get("lr_scale", 1.0)
    if begun is None:
        loss = objective(batch.poor, batch.clean, batch.labels, None, strength)
    else:
        logits, balanced = learner.ended(begun, strength)
        loss = objective.loss(logits, batch.labels) + strength * objective.anchors_loss(balanced, batch.labels)
    loss.backward()
    if config.clip_norm:
        torch.nn.utils.clip_grad_norm_(learner.network.parameters(), config.clip_norm)
    learner.optimiser.step()
    learner.optimiser.zero_grad()
    learner.step += 1
