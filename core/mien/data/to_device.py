"""Moves what was drawn on the CPU to where the faces lie."""

import torch
from torch import Tensor


def to_device(x: Tensor, device: torch.device) -> Tensor:
    """A tensor of the CPU on a device; a GPU is not waited for.

    A GPU takes it from pinned memory while it computes. From other memory each copy would wait for all that the GPU
    has still to do, some forty times a training step.
    """
    return x.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else x.to(device)
