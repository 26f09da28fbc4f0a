"""The spatial transformer (Jaderberg et al. 2015) of Table 2, row e: straightens a face before recognition."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

_POOLED = 7  # px, to which the localisation features are pooled, so that any input size will do


class SpatialTransformer(nn.Module):
    """Predicts one affine map for each picture and resamples by it; starts as the identity."""

    def __init__(self, channels: int = 3) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, 8, 7),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Conv2d(8, 10, 5),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(_POOLED),
            nn.Flatten(),
        )
        self.affine = nn.Sequential(nn.Linear(10 * _POOLED**2, 32), nn.ReLU(), nn.Linear(32, 6))
        last = self.affine[-1]
        assert isinstance(last, nn.Linear)
        nn.init.zeros_(last.weight)
        last.bias.data.copy_(torch.tensor([1.0, 0, 0, 0, 1, 0]))

    def forward(self, x: Tensor) -> Tensor:
        """Resample (B, channels, h, w), h and w at least 20 px, to the same shape."""
        theta = self.affine(self.features(x)).view(-1, 2, 3)
        grid = F.affine_grid(theta, list(x.shape), align_corners=False)
        return F.grid_sample(x, grid, padding_mode="border", align_corners=False)
