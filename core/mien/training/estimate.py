"""How long a training will take."""

import time

import torch

from mien.evaluation.metrics import predict_logits
from mien.training.freezing import train_mode
from mien.training.trainer import Trainer

_TRIAL_STEPS = 4
_TRIAL_FACES = 64


def estimate_s(trainer: Trainer) -> float:
    """Seconds that all of a training will take, from a few timed steps. The trainer cannot be used afterwards."""
    train_mode(trainer.network)
    times = []
    for _ in range(_TRIAL_STEPS):
        began = time.perf_counter()
        trainer.train_step()
        times.append(time.perf_counter() - began)
    step_s = min(times[1:])  # the first one also prepares
    valid = trainer.data.valid
    some = valid.subset(torch.arange(min(_TRIAL_FACES, len(valid))))
    began = time.perf_counter()
    predict_logits(trainer.evaluated.eval(), some.images)
    validation_s = 2 * (time.perf_counter() - began) * len(valid) / len(some)  # also at a small size
    return trainer.config.epochs * (trainer.steps_per_epoch * step_s + validation_s)
