"""The training loop.

Every step draws its randomness from (seed, step, rank) and its learning rate from the step. So a training that
was killed and resumed ends with the same weights, bit for bit, as one that was not.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from mien.data.load import TrainingData
from mien.data.sampling import epoch_length, epoch_order
from mien.errors import MienError
from mien.evaluation.metrics import predict_logits
from mien.models import weights
from mien.nn.network import ExpressionNetwork
from mien.training import checkpoint, event_log
from mien.training.batches import Batches
from mien.training.checkpoint import Checkpoint
from mien.training.config import TrainConfig
from mien.training.fabric import build_fabric
from mien.training.freezing import freeze, train_mode
from mien.training.initial_weights import start_network
from mien.training.objective import Objective, build_loss
from mien.training.optimiser import build_optimiser
from mien.training.schedule import rate_factor
from mien.training.validation import SMALL, epoch_scores

from timm.utils import ModelEmaV3  # isort: skip  (after torchvision is repaired)

log = logging.getLogger(__name__)

_EVENT_STEPS, _FEWEST_EVENTS = 20, 100  # at most so far apart, and at least so many in all
_CURVES_S = 30.0  # a short epoch takes less time than its curves
_TRIAL_STEPS = 4


def _fingerprint(config: TrainConfig, data: TrainingData, world: int) -> str:
    sample = data.train.subset(torch.arange(min(64, len(data.train)))).digests()
    content = json.dumps([asdict(config), world, len(data.train), len(data.valid), sample])
    return hashlib.sha256(content.encode()).hexdigest()


class Trainer:
    """One training of one network, from its start or its last checkpoint to its end."""

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
            save_seconds: a checkpoint is written at least this often, and at each epoch's end.
            quiet: no progress bar.
            should_stop: asked after each step; True saves and leaves.
        """
        if config.network.classes != data.train.classes:
            raise MienError(
                f"{data.train.source} has the classes {', '.join(data.train.classes)}, not those of the config: "
                f"{', '.join(config.network.classes)}."
            )
        self.config, self.data, self.folder, self.name = config, data, folder, name
        self.save_seconds, self.quiet, self.should_stop = save_seconds, quiet, should_stop
        folder.mkdir(parents=True, exist_ok=True)
        self.fabric = build_fabric()
        self.network, self.start = start_network(config)
        self.average = ModelEmaV3(self.network, decay=config.ema, use_warmup=True) if config.ema else None
        freeze(self.network, config.trained)
        objective = Objective(self.network, build_loss(config, data, self.network), config)
        self.objective, self.optimiser = self.fabric.setup(objective, build_optimiser(config, self.network))
        if self.average is not None:
            self.average.to(self.fabric.device)
        for group in self.optimiser.param_groups:
            group.setdefault("lr_scale", 1.0)

        world = self.fabric.world_size
        drawn = epoch_length(data.train.targets, config.per_class)
        self.unlabelled = round(config.batch_size * config.unlabelled_share)
        self.batch = min(config.batch_size - self.unlabelled, drawn // world)
        if self.unlabelled and data.unlabelled is None:
            raise MienError(f"The training needs the faces of {config.unlabelled}, which were not given.")
        if self.batch + self.unlabelled < 2:
            raise MienError(f"{data.train.source}: {drawn} faces an epoch are too few to train on.")
        if self.batch:
            self.steps_per_epoch = drawn // (self.batch * world)
        else:
            assert data.unlabelled is not None
            self.steps_per_epoch = max(len(data.unlabelled) // (self.unlabelled * world), 1)
        self.total_steps = self.steps_per_epoch * config.epochs
        with self.fabric.rank_zero_first():  # which leaves the teacher targets in the folder for the others
            self.batches = Batches(config, data, folder, self.fabric.device, self.unlabelled)
        self.event_steps = max(min(_EVENT_STEPS, self.total_steps // _FEWEST_EVENTS), 1)
        self.fingerprint = _fingerprint(config, data, world)
        self.step, self.loss_sum, self.best_accuracy = 0, torch.tensor(0.0), -1.0
        self.best: dict[str, Any] = {}
        self.drawn = float("-inf")
        self._resume()

    @property
    def evaluated(self) -> ExpressionNetwork:
        """The network that is judged and kept: the moving average, where there is one."""
        if self.average is None:
            return self.network
        module: ExpressionNetwork = self.average.module
        return module

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

    def _batches(self) -> Iterator[Tensor]:
        """Indices of this process's share of each step left in the current epoch."""
        epoch, done = divmod(self.step, self.steps_per_epoch)
        config = self.config
        order = epoch_order(
            self.data.train.targets,
            seed=config.seed,
            epoch=epoch,
            balanced=config.balanced,
            per_class=config.per_class,
        )
        share = order[self.fabric.global_rank :: self.fabric.world_size]
        for i in range(done, self.steps_per_epoch):
            yield share[i * self.batch : (i + 1) * self.batch]

    def _train_step(self, index: Tensor) -> Tensor:
        seed = (self.config.seed * 1_000_003 + self.step) * 1_009 + self.fabric.global_rank
        torch.manual_seed(seed)  # dropout and stochastic depth
        generator = torch.Generator().manual_seed(seed)
        batch = self.batches.make(index, generator)

        factor = rate_factor(
            self.step,
            schedule=self.config.schedule,
            warmup=self.config.warmup_steps,
            total=self.total_steps,
            steps_per_epoch=self.steps_per_epoch,
        )
        for group in self.optimiser.param_groups:
            group["lr"] = self.config.learning_rate * factor * group["lr_scale"]
        # Balancing corrects more and more: at first its anchors lie anywhere.
        strength = self.step / self.total_steps
        loss: Tensor = self.objective(batch.poor, batch.clean, batch.labels, batch.teacher_targets, strength)
        self.fabric.backward(loss)
        if self.config.clip_norm:
            self.fabric.clip_gradients(self.objective, self.optimiser, max_norm=self.config.clip_norm)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.step += 1
        if self.average is not None:
            self.average.update(self.network, step=self.step)
        return loss.detach()

    def _validate(self) -> dict[str, Any]:
        """What an epoch's event says of the validation faces."""
        with self.fabric.autocast():
            said = epoch_scores(self.evaluated.eval(), self.data.valid)
        train_mode(self.network)
        return said

    def _asked_to_stop(self) -> bool:
        """Whether any process was asked to: all must leave after the same step."""
        stop = self.should_stop()
        if self.fabric.world_size == 1:
            return stop
        flag = torch.tensor(float(stop), device=self.fabric.device)
        return bool(self.fabric.all_reduce(flag, reduce_op="max"))

    def run(self) -> Path | None:
        """Train to the end.

        Returns:
            The finished model's card, or None where it was asked to stop.
        """
        events = event_log.EventLog(self.folder, self.step) if self.fabric.is_global_zero else None
        if events:
            events.write(
                "start", self.step, steps=self.total_steps, epochs=self.config.epochs, classes=self.data.train.classes
            )
        train_mode(self.network)
        saved = time.monotonic()
        try:
            with tqdm(
                total=self.total_steps, initial=self.step, disable=self.quiet or events is None, unit="step"
            ) as bar:
                while self.step < self.total_steps:
                    epoch = self.step // self.steps_per_epoch
                    for index in self._batches():
                        loss = self._train_step(index)
                        self.loss_sum = self.loss_sum + loss  # not read here: a GPU would be waited for
                        bar.update()
                        if events and self.step % self.event_steps == 0:
                            rate = self.optimiser.param_groups[-1]["lr"]
                            events.write("step", self.step, epoch=epoch, loss=float(loss), learning_rate=rate)
                            bar.set_postfix(epoch=f"{epoch + 1}/{self.config.epochs}", loss=f"{float(loss):.3f}")
                        stop = self._asked_to_stop()
                        if self.step % self.steps_per_epoch == 0:
                            self._end_epoch(epoch, events, bar)  # before anything is saved, or it would be left out
                            saved = time.monotonic()
                        elif stop or time.monotonic() - saved > self.save_seconds:
                            self._save()
                            saved = time.monotonic()
                        if stop and self.step < self.total_steps:
                            log.info("Stopped and saved at step %d.", self.step)
                            return None
        finally:
            if events:
                events.close()
        return self._finish() if self.fabric.is_global_zero else None

    def estimate_s(self) -> float:
        """Seconds that all of the training will take, from a few timed steps. Afterwards the trainer is spent."""
        order = torch.arange(self.batch) % len(self.data.train)
        train_mode(self.network)
        times = []
        for _ in range(_TRIAL_STEPS):
            began = time.perf_counter()
            self._train_step(order)
            times.append(time.perf_counter() - began)
        step_s = min(times[1:])  # the first one also prepares
        few = self.data.valid.subset(torch.arange(min(64, len(self.data.valid))))
        began = time.perf_counter()
        predict_logits(self.evaluated.eval(), few.images)
        validation_s = 2 * (time.perf_counter() - began) * len(self.data.valid) / len(few)  # also at a small size
        return self.config.epochs * (self.steps_per_epoch * step_s + validation_s)

    def _end_epoch(self, epoch: int, events: event_log.EventLog | None, bar: Any) -> None:
        scores = self._validate()
        if self.config.keep == "last" or scores["accuracy"] > self.best_accuracy:
            self.best_accuracy = scores["accuracy"]
            self.best = {key: value.detach().clone() for key, value in self.evaluated.state_dict().items()}
        mean_loss, self.loss_sum = float(self.loss_sum) / self.steps_per_epoch, torch.tensor(0.0)
        if events:
            events.write("epoch", self.step, epoch=epoch, loss=mean_loss, **scores)
            bar.write(
                f"epoch {epoch + 1}: loss {mean_loss:.4f}, validation {scores['accuracy']:.2%}, "
                f"shrunk to {SMALL} px {scores['accuracy_16']:.2%}"
            )
            if time.monotonic() - self.drawn > _CURVES_S or self.step == self.total_steps:
                written = event_log.read_events(events.path)
                event_log.draw_curves(written, self.folder / "curves.png")
                event_log.write_tensorboard(written, self.folder)
                self.drawn = time.monotonic()
        self._save()

    def _finish(self) -> Path:
        """Write the best epoch's model with a card that says how it was made."""
        from mien.training.describe import describe

        network = ExpressionNetwork(self.config.network)
        network.load_state_dict(self.best or self.evaluated.state_dict())  # of no epoch: as it was put together
        network = weights.half_rounded(network).eval().to(self.fabric.device)
        card = describe(network, self.name, self.config, self.data, self.start)
        weights.save(network, card, self.folder)
        return self.folder / f"{self.name}.json"
