"""Moves a trained head towards rare classes, which cross-entropy leaves behind."""

import torch
from torch import Tensor, nn

from mien.nn.network import ExpressionNetwork


@torch.no_grad()
def adjust_logits(network: ExpressionNetwork, labels: Tensor, strength: float) -> None:
    """Subtract a share of each class's log-prior from its logit (Menon et al. 2021, Sec. 4.1), in the head's bias.

    Args:
        network: its training is over; its head is changed in place.
        labels: (N, C) label distributions of the training faces. Each class counts as one face more than it has, so
            that one without any face stays finite.
        strength: 0 changes nothing; at 1 the mean recall of the classes is best, and the accuracy far worse.
    """
    last = network.head[-1]
    assert isinstance(last, nn.Linear)
    faces = labels.sum(0) + 1
    last.bias.sub_(strength * (faces / faces.sum()).log().to(last.bias.device))
