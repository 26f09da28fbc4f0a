"""How unlike a face is to those that the model learned from: one neuron beside the head.

It is fitted (`mien.training.unlikeness`) to tell validation faces as they are from the same faces shrunk, blurred,
covered or upside down, and from textures. The distance from the faces' own spread (Mahalanobis, of 32 to 256 principal
directions) was tried first and does not work: it finds fewer of the upside-down faces than chance would.
"""

import torch
from torch import Tensor, nn


class Unlikeness(nn.Module):
    """A score, 0 for the median validation face and 1 for one in a hundred of them, that softens the logits.

    Until it is fitted the score is 0 everywhere and nothing is softened.
    """

    weight: Tensor
    bias: Tensor
    slope: Tensor

    def __init__(self, width: int) -> None:
        """Create one that is not fitted yet; its numbers are buffers, since no training step changes them.

        Args:
            width: of the backbone's embedding.
        """
        super().__init__()
        self.register_buffer("weight", torch.zeros(width))
        self.register_buffer("bias", torch.zeros(()))
        self.register_buffer("slope", torch.zeros(()))

    def forward(self, embedding: Tensor) -> Tensor:
        """Scores: (B, width) -> (B,)."""
        return (embedding.float() * self.weight).sum(1) + self.bias  # not a matrix product, which CUDA would halve

    def soften(self, logits: Tensor, score: Tensor) -> Tensor:
        """Divide (B, C) logits by a temperature that grows with the (B,) score above 0; their order stays."""
        return logits / torch.exp(self.slope * score.clamp(min=0))[:, None]
