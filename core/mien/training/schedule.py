"""The learning rate as a function of the step alone, so that a resumed training needs no state for it."""

import math
from typing import Literal

_STEP_EPOCHS, _STEP_FACTOR = 15, 0.25  # the paper's StepLR
_EPOCH_FACTOR = 0.995  # ARBEx's
_FLOOR = 0.01


def rate_factor(
    step: int,
    *,
    schedule: Literal["cosine", "constant", "step", "exponential"],
    warmup: int,
    total: int,
    steps_per_epoch: int,
) -> float:
    """What the learning rate is multiplied by at a step (from 0)."""
    if step < warmup:
        return (step + 1) / warmup
    if schedule == "constant":
        return 1.0
    if schedule == "step":
        return float(_STEP_FACTOR ** (step // steps_per_epoch // _STEP_EPOCHS))
    if schedule == "exponential":
        return float(_EPOCH_FACTOR ** (step // steps_per_epoch))
    progress = (step - warmup) / max(total - warmup, 1)
    return _FLOOR + (1 - _FLOOR) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
