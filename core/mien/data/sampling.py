"""The order in which training sees the faces: a function of seed, epoch and rank, so that it can be resumed."""

import torch
from torch import Tensor


def epoch_order(targets: Tensor, *, seed: int, epoch: int, balanced: bool) -> Tensor:
    """Indices of one epoch.

    Args:
        targets: (N,) class of each face.
        seed: of the whole training.
        epoch: from 0.
        balanced: draw every class equally often, with repetition, instead of each face once.

    Returns:
        (N,) int64.
    """
    generator = torch.Generator().manual_seed(seed * 100_003 + epoch)
    if not balanced:
        return torch.randperm(len(targets), generator=generator)
    counts = torch.bincount(targets).clamp(min=1).double()
    return torch.multinomial(1 / counts[targets], len(targets), replacement=True, generator=generator)
