"""A light super-resolution stage: the work is done at low resolution, the picture grows at the end."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.nn.interpolation import resized

FACTORS = (2, 4, 8)
BLOCK = 4
"""Side of the blocks of pixels that blind super-resolution works on."""


def factor_for(size: int, target: int, oversampling: float) -> int:
    """How far to enlarge a crop before it is resized to the backbone's input.

    Args:
        size: the crop's shorter side, px.
        target: side of the backbone's input, px.
        oversampling: the enlarged crop shall be at least this many times `target`.

    Returns:
        1 (large enough as it is), 2, 4 or 8.
    """
    return next((factor for factor in (1, *FACTORS) if size * factor >= oversampling * target), FACTORS[-1])


class SuperResolution(nn.Module):
    """Enlarges 2, 4 or 8 times: bicubic, plus a residual from sub-pixel convolutions.

    One trunk of convolutions at the crop's own resolution serves all factors; each factor has its own last convolution,
    whose channels PixelShuffle lays out as pixels (Shi et al. 2016). It stands in for the paper's DIC (Hwang et al.
    2022, Sec. 3.1), which takes nearly a minute a face on a CPU and so ran offline.

    The residual starts near zero: untrained, the stage is bicubic enlargement.
    """

    def __init__(self, channels: int = 3, width: int = 24) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Conv2d(channels, width, 5, padding=2),
            nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 3, padding=1),
            nn.LeakyReLU(0.2),
        )
        self.heads = nn.ModuleDict({str(f): nn.Conv2d(width, channels * f * f, 3, padding=1) for f in FACTORS})
        for head in self.heads.values():
            assert isinstance(head, nn.Conv2d)
            assert head.bias is not None
            nn.init.normal_(head.weight, std=1e-3)
            nn.init.zeros_(head.bias)

    def forward(self, x: Tensor, factor: int) -> Tensor:
        """Enlarge.

        Args:
            x: (B, channels, h, w), 0..1.
            factor: 1, 2, 4 or 8; 1 returns the picture as it is.

        Returns:
            (B, channels, h * factor, w * factor); may leave 0..1 a little.
        """
        if factor == 1:
            return x
        bicubic = resized(x, (x.shape[-2] * factor, x.shape[-1] * factor), "bicubic")
        residual: Tensor = self.heads[str(factor)](self.trunk(x))
        return bicubic + F.pixel_shuffle(residual, factor)


class _SeparableBlock(nn.Module):
    """A convolution within each channel, then one across channels: a third of the work of two full convolutions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.around = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.mix = nn.Sequential(nn.Conv2d(width, 2 * width, 1), nn.LeakyReLU(0.2), nn.Conv2d(2 * width, width, 1))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = x + self.mix(self.around(x))
        return out


class BlindSuperResolution(nn.Module):
    """Restores the detail that an already enlarged face lacks, without being told how small it was.

    Faces come in every size, blurred and compressed. All are first brought to one size, and the network works out for
    itself what is missing, as blind super-resolution does (Wang et al. 2021, Real-ESRGAN, whose pixel-unshuffle this
    uses): blocks of 4 x 4 pixels become channels, so that the work is done on a sixteenth of the places. The output is
    the input plus a residual, which starts near zero.
    """

    def __init__(self, channels: int = 1, width: int = 64, blocks: int = 3) -> None:
        super().__init__()
        inside = channels * BLOCK**2
        self.enter = nn.Conv2d(inside, width, 3, padding=1)
        self.blocks = nn.Sequential(*(_SeparableBlock(width) for _ in range(blocks)))
        self.leave = nn.Conv2d(width, inside, 3, padding=1)
        nn.init.normal_(self.leave.weight, std=1e-3)
        assert self.leave.bias is not None
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Restore (B, channels, h, w) pictures, h and w divisible by 4, in any units; the shape stays."""
        blocks = F.pixel_unshuffle(x, BLOCK)
        features = self.blocks(F.leaky_relu(self.enter(blocks), 0.2))
        # Added here and not to the picture, whose one channel fills a sixteenth of a CPU's vector.
        return F.pixel_shuffle(blocks + self.leave(features), BLOCK)


def shrink(x: Tensor, size: int) -> Tensor:
    """Reduce (B, C, h, w) to (B, C, size, size) without aliasing, in single precision."""
    with torch.autocast(x.device.type, enabled=False):  # the antialiased kernel has no half precision on CPUs
        return F.interpolate(x.float(), size=(size, size), mode="bilinear", antialias=True, align_corners=False)


def restoration_loss(stage: SuperResolution, clean: Tensor) -> Tensor:
    """The auxiliary pixel loss: shrink a face by 2, 4 and 8, restore it, compare (mean absolute error).

    It keeps the enlarged face a faithful picture rather than a pattern that only the classifier understands.

    Args:
        stage: the super-resolution stage.
        clean: (B, channels, h, w), 0..1, h = w divisible by 8.

    Returns:
        A scalar, the mean over the three factors.
    """
    size = clean.shape[-1]
    losses = [F.l1_loss(stage(shrink(clean, size // f), f), clean) for f in FACTORS]
    return torch.stack(losses).mean()
