"""Faces made unlike those that a model learns from (poor, covered, upside down), and textures, which are no faces.

Every change takes and returns (B, C, s, s), 0..1.
"""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional as F

from mien.data.filters import blurred, jpeg, resample, resized

_SIDE = 48  # px at which faces are blurred, compressed and made noisy, whatever their own size
_GREY, _BLACK = 0.5, 0.1
_GRAINS = (3, 6, 12, 24, 48)  # across a texture, from clouds to grain


def _at_48(change: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    side = x.shape[-1]
    small = x if side <= _SIDE else resized(x, _SIDE, "area")
    return resized(change(small).clamp(0, 1), side, "area")


def _blurred(x: Tensor) -> Tensor:
    return blurred(x, torch.full((len(x),), 1.5))


def _compressed(x: Tensor) -> Tensor:
    return jpeg(x, torch.full((len(x),), 12.0))


def _noisy(x: Tensor) -> Tensor:
    return x + 0.06 * torch.randn(x.shape, generator=torch.Generator().manual_seed(0))


def _covered(x: Tensor, top: float, bottom: float, grey: float) -> Tensor:
    side, made = x.shape[-1], x.clone()
    made[..., round(top * side) : round(bottom * side), :] = grey
    return made


POOR: dict[str, Callable[[Tensor], Tensor]] = {
    "shrunk to 16 px": partial(resample, size=16),
    "shrunk to 12 px": partial(resample, size=12),
    "blurred": partial(_at_48, _blurred),
}
"""People still recognise the expressions, so that the labels hold."""
ODD: dict[str, Callable[[Tensor], Tensor]] = {
    "upside down": lambda x: x.flip(-2),
    "mouth covered": partial(_covered, top=0.6, bottom=1.0, grey=_GREY),
}
UNSEEN: dict[str, Callable[[Tensor], Tensor]] = {
    "shrunk to 24 px": partial(resample, size=24),
    "noisy": partial(_at_48, _noisy),
    "compressed": partial(_at_48, _compressed),
    "eyes covered": partial(_covered, top=0.2, bottom=0.48, grey=_BLACK),
}
"""Only measured on; nothing is fitted to them."""


def textures(count: int, channels: int, side: int, seed: int = 0) -> Tensor:
    """Clouds and grain of several scales: (count, channels, side, side)."""
    random = torch.Generator().manual_seed(seed)
    made = []
    for i in range(count):
        grains = min(_GRAINS[i % len(_GRAINS)], side)
        cloud = torch.randn(1, 1, grains, grains, generator=random)
        cloud = F.interpolate(cloud, size=(side, side), mode="bicubic", align_corners=False)
        made.append(0.5 + 0.2 * (cloud - cloud.mean()) / cloud.std())
    return torch.cat(made).clamp(0, 1).expand(-1, channels, -1, -1).contiguous()
