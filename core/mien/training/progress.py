"""Tells people and programs how a training is going: a bar, events, curves."""

import time
from pathlib import Path
from typing import Any

from torch import Tensor
from tqdm import tqdm

from mien.training.config import TrainConfig
from mien.training.event_log import EventLog, draw_curves, read_events, write_tensorboard
from mien.training.validation import SMALL
from mien.utils.closeable import Closeable

_EVENT_STEPS, _FEWEST_EVENTS = 20, 100  # at most so far apart, and at least so many in all
_CURVES_S = 30.0  # between curves, which take longer than a short epoch


class ProgressReport(Closeable):
    """One training's progress, from its start or from the step at which it was resumed."""

    def __init__(
        self, folder: Path, config: TrainConfig, step: int, total_steps: int, *, silent: bool, bar: bool
    ) -> None:
        """Begin.

        Args:
            folder: the run's.
            config: of the training.
            step: where it begins.
            total_steps: where it ends.
            silent: say and write nothing, as all processes but the first do.
            bar: show a progress bar.
        """
        self._folder, self._epochs, self._total = folder, config.epochs, total_steps
        self._every = max(min(_EVENT_STEPS, total_steps // _FEWEST_EVENTS), 1)
        self._drawn = time.monotonic()
        self._bar = tqdm(total=total_steps, initial=step, disable=silent or not bar, unit="step")
        self._events = None if silent else EventLog(folder, step)
        if self._events is not None:
            classes = config.network.classes
            self._events.write("start", step, steps=total_steps, epochs=config.epochs, classes=classes)

    def step(self, step: int, epoch: int, loss: Tensor, learning_rate: float) -> None:
        """Say that a step was taken; `loss` is a scalar, which is read now and then only."""
        self._bar.update()
        if self._events is not None and step % self._every == 0:
            self._events.write("step", step, epoch=epoch, loss=float(loss), learning_rate=learning_rate)
            self._bar.set_postfix(epoch=f"{epoch + 1}/{self._epochs}", loss=f"{float(loss):.3f}")

    def epoch(self, step: int, epoch: int, loss: float, scores: dict[str, Any]) -> None:
        """Say how an epoch ended.

        Args:
            step: the last one's number.
            epoch: from 0.
            loss: mean of its steps.
            scores: of `mien.training.validation.epoch_scores`.
        """
        if self._events is None:
            return
        self._events.write("epoch", step, epoch=epoch, loss=loss, **scores)
        self._bar.write(
            f"epoch {epoch + 1}: loss {loss:.4f}, validation {scores['accuracy']:.2%}, "
            f"shrunk to {SMALL} px {scores['accuracy_16']:.2%}"
        )
        if time.monotonic() - self._drawn > _CURVES_S or step == self._total:
            written = read_events(self._events.path)
            draw_curves(written, self._folder / "curves.png")
            write_tensorboard(written, self._folder)
            self._drawn = time.monotonic()

    def close(self) -> None:
        """Close the bar and the file of events."""
        self._bar.close()
        if self._events is not None:
            self._events.close()
