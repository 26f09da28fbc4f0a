"""The optimiser of a training."""

from typing import Any

import torch

from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig

from timm.optim import param_groups_layer_decay  # isort: skip  (after torchvision is repaired)


def build_optimiser(config: TrainConfig, network: ExpressionNetwork) -> torch.optim.Optimizer:
    """Adam as the paper has it, or AdamW in timm's parameter groups; the rate of 1 is scaled step by step."""
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
