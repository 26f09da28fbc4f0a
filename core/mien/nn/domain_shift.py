"""Whether a picture was made as those that the model learned from were: one more neuron, and what follows from it.

Calibration holds for pictures like the validation faces. Those of other cameras and collections are classified less
well, but just as confidently. They can be told apart without any labels: by the spectrum that a camera, a file and a
change of size leave in a picture, and by the embedding.
"""

import math

import torch
from torch import Tensor, nn

from mien.nn.contrast import contrast
from mien.nn.resizer import bilinear

BANDS = 16
_FAINT = 5e-4  # energy of rounding to whole grey levels and of compression, in a picture of variance 1


class DomainShift(nn.Module):
    """How probable it is that a picture comes from elsewhere; it softens the logits by as much as was fitted.

    Until it is fitted nothing is softened.
    """

    weight: Tensor
    """(F + 15,) on the embedding and the spectrum."""
    bias: Tensor
    strength: Tensor
    """Natural logarithm of the temperature on pictures that surely come from elsewhere."""
    cosines: Tensor

    def __init__(self, width: int, side: int) -> None:
        """Create one that is not fitted yet; its numbers are buffers, since no training step changes them.

        Args:
            width: of the backbone's embedding.
            side: of the network's crops, px.
        """
        super().__init__()
        self.side = side
        self.register_buffer("weight", torch.zeros(width + BANDS - 1))
        self.register_buffer("bias", torch.zeros(()))
        self.register_buffer("strength", torch.zeros(()))
        self.register_buffer("cosines", _cosines(side), persistent=False)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        """Probabilities (B,) for (B, channels, h, w) crops, 0..1, and their embeddings, (B, width)."""
        features = self.features(x, embedding)
        return torch.sigmoid((features * self.weight).sum(1) + self.bias)

    def temperatures(self, elsewhere: Tensor) -> Tensor:
        """What logits are divided by, (B, 2): at a (B,) probability, and where pictures are known to be from there."""
        sure = torch.ones_like(elsewhere)
        return torch.exp(self.strength * torch.stack([elsewhere, sure], 1))

    def features(self, x: Tensor, embedding: Tensor) -> Tensor:
        """What it judges by, (B, width + 15): the embedding and the picture's spectrum. Arguments as of `forward`."""
        return torch.cat([embedding.float(), self._spectrum(x)], 1)

    def _spectrum(self, x: Tensor) -> Tensor:
        """Logarithms of the mean energy in bands of equal width, across and down: (B, 15), without the lowest band."""
        grey = bilinear(x.float().mean(1, keepdim=True), self.side)
        picture = contrast(grey).take_out(grey)[:, 0]
        across, down = ((lines @ self.cosines).float().square().mean(1) for lines in (picture, picture.transpose(1, 2)))
        energy: Tensor = across + down
        bands: Tensor = energy.unflatten(1, (BANDS, -1)).mean(2)
        return (bands[:, 1:] + _FAINT).log()


def _cosines(side: int) -> Tensor:
    """The discrete cosine transform (orthonormal, type II) as a matrix, (side, side), cut to whole bands."""
    places, waves = torch.arange(side)[:, None], torch.arange(side - side % BANDS)
    matrix = torch.cos((2 * places + 1) * waves * math.pi / (2 * side)) * math.sqrt(2 / side)
    matrix[:, 0] = math.sqrt(1 / side)
    return matrix
