"""The optimiser of a training and its learning rate."""

import math
from typing import Any, Literal

import torch

from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig

from timm.optim import param_groups_layer_decay  # isort: skip  (after torchvision is repaired)

_STEP_EPOCHS, _STEP_FACTOR = 15, 0.25  # the paper's StepLR
_EPOCH_FACTOR = 0.995  # ARBEx's
_FLOOR = 0.01


def build_optimiser(config: TrainConfig, network: ExpressionNetwork) -> torch.optim.Optimizer:
    """Adam as in the papers, or AdamW in timm's parameter groups.

    Its learning rate of 1 is set anew at each step; a group may have a factor on it, `lr_scale`.
    """
    if config.optimiser == "adam":
        return torch.optim.Adam(
            [p for p in network.parameters() if p.requires_grad], lr=1.0, weight_decay=config.weight_decay
        )
    # timm knows each backbone's blocks; what stands before and behind it learns at the full rate.
    groups: list[dict[str, Any]] = param_groups_layer_decay(
        network.backbone, weight_decay=config.weight_decay, layer_decay=config.layer_decay
    )
    rest = [(name, p) for name, p in network.named_parameters() if p.requires_grad and not name.startswith("backbone.")]
    for restoring, rate in ((True, config.superres_rate), (False, 1.0)):
        own = [p for name, p in rest if name.startswith("superres.") == restoring]
        groups.append({"params": [p for p in own if p.ndim > 1], "weight_decay": config.weight_decay, "lr_scale": rate})
        groups.append({"params": [p for p in own if p.ndim <= 1], "weight_decay": 0.0, "lr_scale": rate})
    return torch.optim.AdamW(groups, lr=1.0, fused=True)


def rate_factor(
    step: int,
    *,
    schedule: Literal["cosine", "constant", "step", "exponential"],
    warmup: int,
    total: int,
    steps_per_epoch: int,
) -> float:
    """What the learning rate is multiplied by at a step. It depends on the step alone, so that resuming needs no state.

    Args:
        step: from 0.
        schedule: after the warm-up. step: Hwang et al. 2022, Sec. 4.1; exponential: Wasi et al. 2023, Sec. 4.
        warmup: steps in which the rate rises to its full value.
        total: steps of the whole training.
        steps_per_epoch: as it says.

    Returns:
        0..1.
    """
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
