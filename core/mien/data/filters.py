"""What cameras and files do to pictures: fewer pixels, blur, JPEG. All work where the pixels lie."""

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

_REACH = 3  # px, of the blur
_COSINE = torch.tensor(
    [
        [math.sqrt((2 if row else 1) / 8) * math.cos((2 * i + 1) * row * math.pi / 16) for i in range(8)]
        for row in range(8)
    ]
)  # the cosine transform of eight values
_LUMINANCE = torch.tensor(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ],
    dtype=torch.float32,
)  # JPEG's steps for brightness at quality 50


def resample(x: Tensor, size: int) -> Tensor:
    """Shrink (B, C, s, s) to (size, size) and enlarge it to s again: what is left of a face that was small.

    Args:
        x: 0..1.
        size: px; from s on, nothing is changed.
    """
    side = x.shape[-1]
    if size >= side:
        return x
    return resized(resized(x, size, "area"), side, "bilinear").clamp(0, 1)


def resized(x: Tensor, size: int, method: str) -> Tensor:
    """Resize (B, C, s, s) to (B, C, size, size).

    Args:
        x: the pictures.
        size: px.
        method: area (antialiased), bilinear, bicubic or nearest.
    """
    if method == "nearest":
        return F.interpolate(x, size=(size, size), mode="nearest-exact")
    if method == "area":
        return F.interpolate(x, size=(size, size), mode="bilinear", antialias=True, align_corners=False)
    return F.interpolate(x, size=(size, size), mode=method, align_corners=False)


def blurred(x: Tensor, sigma: Tensor) -> Tensor:
    """Blur each of (n, C, h, w) pictures by a Gaussian of its own sigma, (n,) px; 0 is no blur."""
    n, channels, height, width = x.shape
    offsets = torch.arange(-_REACH, _REACH + 1, device=x.device, dtype=x.dtype)
    line = torch.exp(-(offsets**2) / (2 * sigma.clamp(min=1e-3)[:, None] ** 2))
    line = (line / line.sum(1, keepdim=True)).repeat_interleave(channels, 0)  # (n * C, 7)
    flat = F.pad(x, (_REACH,) * 4, mode="reflect").view(1, n * channels, height + 2 * _REACH, width + 2 * _REACH)
    flat = F.conv2d(flat, line[:, None, :, None], groups=n * channels)
    return F.conv2d(flat, line[:, None, None, :], groups=n * channels).view_as(x)


@cache
def _tables(device: torch.device) -> tuple[Tensor, Tensor]:
    """The cosine transform and JPEG's steps on a device."""
    return _COSINE.to(device), _LUMINANCE.to(device)


def jpeg(x: Tensor, quality: Tensor) -> Tensor:
    """Degrade (n, C, h, w) pictures, 0..1, as JPEG does: round each 8x8 block's cosine transform (ITU-T T.81, K.1).

    Colour pictures are treated channel by channel, as if without chroma subsampling.

    Args:
        x: the pictures.
        quality: (n,), 1 to 100 as libjpeg counts; above 100 a picture stays as it is.
    """
    height, width = x.shape[2:]
    padded = F.pad(x * 255 - 128, (0, -width % 8, 0, -height % 8), mode="replicate")
    blocks = padded.unfold(2, 8, 8).unfold(3, 8, 8)  # (n, C, h/8, w/8, 8, 8)
    cosine, table = _tables(x.device)
    scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50).view(-1, 1, 1, 1, 1, 1).clamp(min=0.02)
    step = (table * scale).round().clamp(1, 255)
    coefficients = ((cosine @ blocks @ cosine.T) / step).round() * step
    back = (cosine.T @ coefficients @ cosine).permute(0, 1, 2, 4, 3, 5).reshape_as(padded)
    made = ((back[:, :, :height, :width] + 128) / 255).clamp(0, 1)
    return torch.where((quality > 100).view(-1, 1, 1, 1), x, made)
