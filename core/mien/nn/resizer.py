"""The learned resizer (Talebi & Milanfar 2021), as the Neural Resizer uses it (Hwang et al. 2022, Sec. 3.1)."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.nn.interpolation import resized


def bilinear(x: Tensor, size: int) -> Tensor:
    """Resize (B, C, h, w) to (B, C, size, size) bilinearly."""
    return resized(x, (size, size), "bilinear")


_BLOCK = 4


def _to_few_channels(x: Tensor, conv: nn.Conv2d) -> Tensor:
    """What `conv` computes, several times faster on a CPU.

    A convolution to one or three channels leaves most of a CPU's vector lanes idle. Here the 16 pixels of each 4x4
    block are 16 channels of a strided convolution, whose weights are those of `conv` shifted to each pixel; then
    the channels are laid out as pixels again.
    """
    (height, width), reach = x.shape[-2:], conv.padding[0]
    if x.device.type != "cpu" or height % _BLOCK or width % _BLOCK:
        plain: Tensor = conv(x)
        return plain
    rest = _BLOCK - 1
    places = [(dx, rest - dx, dy, rest - dy) for dy in range(_BLOCK) for dx in range(_BLOCK)]
    weight = torch.stack([F.pad(conv.weight, place) for place in places], 1).flatten(0, 1)
    assert conv.bias is not None
    bias = conv.bias.repeat_interleave(_BLOCK**2)
    return F.pixel_shuffle(F.conv2d(x, weight, bias, stride=_BLOCK, padding=reach), _BLOCK)


class _ResidualBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
            nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = x + self.layers(x)
        return out


class LearnedResizer(nn.Module):
    """Resizes a picture of any size to (size, size), keeping what the classifier can use.

    The output is the bilinear resize plus a learned residual, which starts near zero. With 3 channels, width 16, one
    block and a patch of 1 it has the 12,083 parameters of the reference (Talebi & Milanfar 2021).
    """

    def __init__(self, channels: int = 3, width: int = 16, blocks: int = 1, patch: int = 1) -> None:
        """Build it.

        Args:
            channels: of the picture.
            width: channels of the features.
            blocks: number of residual blocks.
            patch: side of the blocks of pixels that are treated as one place, px. With 4 it is several times faster on
                a CPU, and input and output sizes must be divisible by 4.
        """
        super().__init__()
        self.patch = patch
        kernel = 7 if patch == 1 else 3  # of places; 3 of them are 12 px of 4 each
        channels *= patch**2
        self.before = nn.Sequential(
            nn.Conv2d(channels, width, kernel, padding=kernel // 2),
            nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 1),
            nn.LeakyReLU(0.2),
            nn.BatchNorm2d(width),
        )
        self.blocks = nn.Sequential(*(_ResidualBlock(width) for _ in range(blocks)))
        self.after = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1),
            nn.BatchNorm2d(width),
        )
        self.out = nn.Conv2d(width, channels, kernel, padding=kernel // 2)
        nn.init.normal_(self.out.weight, std=1e-3)
        assert self.out.bias is not None
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor, size: int) -> Tensor:
        """Resize (B, channels, h, w) to (B, channels, size, size)."""
        features = self.before(x if self.patch == 1 else F.pixel_unshuffle(x, self.patch))
        features = bilinear(features, size // self.patch)
        features = features + self.after(self.blocks(features))
        plain = bilinear(x, size)
        if self.patch == 1:
            return plain + _to_few_channels(features, self.out)
        return F.pixel_shuffle(F.pixel_unshuffle(plain, self.patch) + self.out(features), self.patch)
