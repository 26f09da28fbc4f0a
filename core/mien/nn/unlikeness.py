"""How unlike a face is to those that the model learned from: one neuron beside the head.

It is taught (`mien.training.unlikeness`) to tell validation faces as they are from the same faces shrunk, blurred,
covered or upside down, and from textures. The distance from the faces' own spread (Mahalanobis, of 32 to 256 principal
directions) was tried first and does not see it: of upside-down faces it finds fewer than by chance.
"""

import torch
from torch import Tensor, nn


class Unlikeness(nn.Module):
    """A score, 0 for the median validation face and 1 where one in a hundred of them lies; it softens the logits.

    Until it is taught the score is 0 everywhere and nothing is softened.
    """

    weight: Tensor
    bias: Tensor
    slope: Tensor

    def __init__(self, width: int) -> None:
        """Begin; the numbers are buffers, since no training step changes them.

        Args:
            width: of the backbone's embedding.
        """
        super().__init__()
        self.register_buffer("weight", torch.zeros(width))
        self.register_buffer("bias", torch.zeros(()))
        self.register_buffer("slope", torch.zeros(()))

    def forward(self, embedding: Tensor) -> Tensor:
        """(B, width) -> (B,)."""
        return (embedding.float() * self.weight).sum(1) + self.bias  # not a matrix product, which CUDA would halve

    def soften(self, logits: Tensor, score: Tensor) -> Tensor:
        """(B, C) logits over a temperature that grows with the (B,) score from 0 upwards; their order stays."""
        return logits / torch.exp(self.slope * score.clamp(min=0))[:, None]
