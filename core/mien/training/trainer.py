"""The training loop.

Every step draws its randomness from (seed, step, rank) and its learning rate from the step. So a training that was
killed and resumed ends with the same weights, bit for bit, as one that was not.
"""

import logging
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mien import language
from mien.data.load import TrainingData
from mien.errors import MienError
from mien.models import weights
from mien.nn.network import ExpressionNetwork
from mien.training import checkpoint
from mien.training.batches import Batches
from mien.training.checkpoint import Checkpoint
from mien.training.config import TrainConfig
from mien.training.describe import describe
from mien.training.fabric import build_fabric
from mien.training.freezing import freeze, train_mode
from mien.training.initial_weights import start_network
from mien.training.logit_adjustment import adjust_logits
from mien.training.objective import Objective, build_loss
from mien.training.optimiser import build_optimiser, rate_factor
from mien.training.progress import ProgressReport
from mien.training.validation import epoch_scores
from mien.utils.files import make_folder, remove_left_over, writing

from timm.utils import ModelEmaV3  # isort: skip  (after torchvision is repaired)

log = logging.getLogger(__name__)


class Trainer:
    """One training of one network, from its initial weights or its last checkpoint to the finished model."""

    def __init__(
        self,
        config: TrainConfig,
        data: TrainingData,
        folder: Path,
        *,
        name: str = "model",
        save_seconds: float = 120.0,
        quiet: bool = False,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare; resume where `folder` holds a checkpoint of the same training.

        Args:
            config: its network's classes must be the data's.
            data: training and validation faces.
            folder: where checkpoints, events, curves and the finished model go.
            name: of the finished model.
            save_seconds: a checkpoint is written at least this often, and at the end of each epoch.
            quiet: no progress bar.
            should_stop: asked after each step; True saves and leaves.

        Raises:
            MienError: the config does not suit the data, or `folder` holds another training.
        """
        if config.network.classes != data.train.classes:
            raise MienError(
                language.tr("{} has the classes {}, not those of the config: {}.").format(
                    data.train.source, ", ".join(data.train.classes), ", ".join(config.network.classes)
                )
            )
        self.config, self.data, self.folder, self.name = config, data, folder, name
        self.save_seconds, self.quiet, self.should_stop = save_seconds, quiet, should_stop
        make_folder(folder)
        self.fabric = build_fabric()
        if self.fabric.is_global_zero:  # the other processes of a training write nothing
            with writing(folder):
                remove_left_over(folder)

        # What learns.
        self.network, self.start = start_network(config)
        self.average = ModelEmaV3(self.network, decay=config.ema, use_warmup=True) if config.ema else None
        freeze(self.network, config.trained)
        objective = Objective(self.network, build_loss(config, data, self.network, self.fabric.device), config)
        self.objective, self.optimiser = self.fabric.setup(objective, build_optimiser(config, self.network))
        if self.average is not None:
            self.average.to(self.fabric.device)
        for group in self.optimiser.param_groups:
            group.setdefault("lr_scale", 1.0)

        # What it learns from.
        rank, world = self.fabric.global_rank, self.fabric.world_size
        with self.fabric.rank_zero_first():  # which leaves the teacher targets in the folder for the others
            self.batches = Batches(config, data, folder, self.fabric.device, rank=rank, world=world)
        self.steps_per_epoch = self.batches.steps_per_epoch
        self.total_steps = self.steps_per_epoch * config.epochs

        # How far it is.
        self.step, self.loss_sum, self.best_accuracy = 0, torch.tensor(0.0), -1.0
        self.best: dict[str, Any] = {}
        self.fingerprint = checkpoint.fingerprint(config, data, world)
        self._resume()

    def run(self) -> Path | None:
        """Train to the end.

        Returns:
            The finished model's card; None where it was asked to stop, and in all processes but the first.
        """
        first, saved = self.fabric.is_global_zero, time.monotonic()
        train_mode(self.network)
        with ProgressReport(
            self.folder, self.config, self.step, self.total_steps, silent=not first, bar=not self.quiet
        ) as progress:
            while self.step < self.total_steps:
                epoch = self.step // self.steps_per_epoch
                loss = self.train_step()
                self.loss_sum = self.loss_sum + loss  # not read here: a GPU would be waited for
                progress.step(self.step, epoch, loss, self.optimiser.param_groups[-1]["lr"])

                stop = self._asked_to_stop()
                ended = self.step % self.steps_per_epoch == 0
                if ended:  # before anything is saved, or a resumed training would leave it out
                    self._end_epoch(epoch, progress)
                if ended or stop or time.monotonic() - saved > self.save_seconds:
                    self._save()
                    saved = time.monotonic()
                if stop and self.step < self.total_steps:
                    log.info("Stopped and saved at step %d.", self.step)
                    return None
        return self._finish() if first else None

    def train_step(self) -> Tensor:
        """Take one step; its loss, a scalar, stays on the device."""
        config = self.config
        seed = (config.seed * 1_000_003 + self.step) * 1_009 + self.fabric.global_rank
        torch.manual_seed(seed)  # dropout and stochastic depth
        batch = self.batches.make(self.step, torch.Generator().manual_seed(seed))

        factor = rate_factor(
            self.step,
            schedule=config.schedule,
            warmup=config.warmup_steps,
            total=self.total_steps,
            steps_per_epoch=self.steps_per_epoch,
        )
        for group in self.optimiser.param_groups:
            group["lr"] = config.learning_rate * factor * group["lr_scale"]

        # Balancing corrects more and more: at first its anchors lie anywhere.
        strength = self.step / self.total_steps
        loss: Tensor = self.objective(batch.poor, batch.clean, batch.labels, batch.teacher_targets, strength)
        self.fabric.backward(loss)
        if config.clip_norm:
            self.fabric.clip_gradients(
                self.objective, self.optimiser, max_norm=config.clip_norm, error_if_nonfinite=False
            )
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.step += 1
        if self.average is not None:
            self.average.update(self.network, step=self.step)
        return loss.detach()

    def _asked_to_stop(self) -> bool:
        """Whether any process was asked to: all must leave after the same step."""
        stop = self.should_stop()
        if self.fabric.world_size == 1:
            return stop
        flag = torch.tensor(float(stop), device=self.fabric.device)
        return bool(self.fabric.all_reduce(flag, reduce_op="max"))

    def _end_epoch(self, epoch: int, progress: ProgressReport) -> None:
        """Validate, and keep the model where the config says so.

        Raises:
            MienError: nothing is learned any more.
        """
        mean_loss, self.loss_sum = float(self.loss_sum) / self.steps_per_epoch, torch.tensor(0.0)
        if not math.isfinite(mean_loss):
            text = language.tr("The loss is no number any more in epoch {}. Begin anew with a lower learning rate.")
            raise MienError(text.format(epoch + 1), "in another --out")
        with self.fabric.autocast():
            scores = epoch_scores(self.evaluated.eval(), self.data.valid)
        train_mode(self.network)
        if self.config.keep == "last" or scores["accuracy"] > self.best_accuracy:
            self.best_accuracy = scores["accuracy"]
            self.best = {key: value.detach().clone() for key, value in self.evaluated.state_dict().items()}
        progress.epoch(self.step, epoch, mean_loss, scores)

    @property
    def evaluated(self) -> ExpressionNetwork:
        """The network that is validated and kept: the moving average, where there is one."""
        if self.average is None:
            return self.network
        module: ExpressionNetwork = self.average.module
        return module

    def _save(self) -> None:
        if self.fabric.is_global_zero:
            state = Checkpoint(
                step=self.step,
                model=self.network.state_dict(),
                average=self.average.module.state_dict() if self.average is not None else {},
                optimiser=self.optimiser.state_dict(),
                loss_sum=float(self.loss_sum),
                best_accuracy=self.best_accuracy,
                best=self.best,
                fingerprint=self.fingerprint,
            )
            checkpoint.save(state, self.folder)

    def _resume(self) -> None:
        found = checkpoint.load(self.folder, self.fingerprint)
        if found is None:
            return
        self.network.load_state_dict(found.model)
        if self.average is not None:
            self.average.module.load_state_dict(found.average)
        self.optimiser.load_state_dict(found.optimiser)
        self.step, self.loss_sum = found.step, torch.tensor(found.loss_sum)
        self.best_accuracy, self.best = found.best_accuracy, found.best
        log.info("Resumed %s at step %d of %d.", self.folder, self.step, self.total_steps)

    def _finish(self) -> Path:
        """Write the model that was kept, with its card."""
        network = ExpressionNetwork(self.config.network)
        network.load_state_dict(self.best or self.evaluated.state_dict())  # of no epoch: as it was put together
        if self.config.logit_adjustment:
            adjust_logits(network, self.data.train.labels, self.config.logit_adjustment)
        network = weights.half_rounded(network).eval().to(self.fabric.device)
        card = describe(network, self.name, self.config, self.data, self.start)
        with writing(self.folder):
            weights.save(network, card, self.folder)
        return self.folder / f"{self.name}.json"
