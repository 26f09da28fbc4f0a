"""The order in which training sees the faces: a function of seed and epoch alone, so that training can be resumed."""

import torch
from torch import Tensor


def epoch_order(targets: Tensor, *, seed: int, epoch: int, balanced: bool, per_class: int = 0) -> Tensor:
    """The faces of one epoch, by their indices.

    Args:
        targets: (N,) the class of each face.
        seed: of the whole training.
        epoch: from 0.
        balanced: draw every class equally often, with repetition, instead of each face once.
        per_class: if given, draw so many faces of each class, and none again before all of its class were drawn.

    Returns:
        (epoch_length,) int64.
    """
    generator = torch.Generator().manual_seed(seed * 100_003 + epoch)
    if per_class:
        drawn = [_some(members, per_class, generator) for members in _members(targets)]
        order = torch.cat(drawn)
        return order[torch.randperm(len(order), generator=generator)]
    if not balanced:
        return torch.randperm(len(targets), generator=generator)
    counts = torch.bincount(targets).clamp(min=1).double()
    return torch.multinomial(1 / counts[targets], len(targets), replacement=True, generator=generator)


def epoch_length(targets: Tensor, per_class: int) -> int:
    """How many faces an epoch has; (N,) targets are the faces' classes."""
    return per_class * len(_members(targets)) if per_class else len(targets)


def _members(targets: Tensor) -> list[Tensor]:
    """The indices of each class that has a face."""
    return [(targets == c).nonzero()[:, 0] for c in targets.unique()]


def _some(members: Tensor, count: int, generator: torch.Generator) -> Tensor:
    rounds = -(-count // len(members))
    shuffled = [members[torch.randperm(len(members), generator=generator)] for _ in range(rounds)]
    return torch.cat(shuffled)[:count]
