"""Random changes to a batch of faces in training, so that small and poor faces become familiar.

All work on (B, channels, size, size) float images, 0..1, on the device where they lie, and draw from one
`torch.Generator` on the CPU: the same generator state gives the same batch anywhere.
"""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

_SHRINK = ("area", "bilinear", "nearest")
_ENLARGE = ("bilinear", "bicubic", "nearest")
_DEGRADED_GROUPS = 8  # images that are degraded share a size in groups, so that resizing stays batched


@dataclass(frozen=True)
class Augmentation:
    """How strong each change is; a probability of 0 leaves it out."""

    flip: float = 0.5
    rotate_deg: float = 15.0
    scale: float = 0.15
    shift: float = 0.12
    """Largest shift, as a share of the side."""
    shear: float = 0.1
    contrast: float = 0.4
    gamma: float = 0.3
    colour: float = 0.3
    """Largest change of a channel's weight (3 channels only)."""
    grey: float = 0.2
    """Probability of a colour picture turning grey (3 channels only)."""
    degrade: float = 0.5
    """Share of faces that are shrunk and enlarged again."""
    smallest: int = 12
    """Smallest size a face is shrunk to, px."""
    blur: float = 0.15
    jpeg: float = 0.15
    noise: float = 0.3
    erase: float = 0.25
    blend: float = 0.0
    """Share of faces that another face of the batch shines through (mixup, Zhang et al. 2018)."""


def resample(x: Tensor, size: int, shrink: str = "area", enlarge: str = "bilinear") -> Tensor:
    """Shrink (B, C, s, s) to (size, size) and enlarge it to s again: what a small face has to say.

    Args:
        x: 0..1.
        size: px, at most s.
        shrink: area (antialiased), bilinear or nearest.
        enlarge: bilinear, bicubic or nearest.
    """
    side = x.shape[-1]
    if size >= side:
        return x
    if shrink == "nearest":
        small = F.interpolate(x, size=(size, size), mode="nearest-exact")
    else:
        antialias = shrink == "area"
        small = F.interpolate(x, size=(size, size), mode="bilinear", antialias=antialias, align_corners=False)
    if enlarge == "nearest":
        return F.interpolate(small, size=(side, side), mode="nearest-exact")
    return F.interpolate(small, size=(side, side), mode=enlarge, align_corners=False).clamp(0, 1)


def _uniform(generator: torch.Generator, n: int, low: float, high: float, device: torch.device) -> Tensor:
    return (torch.rand(n, generator=generator) * (high - low) + low).to(device)


def _chosen(generator: torch.Generator, n: int, probability: float) -> list[int]:
    return (torch.rand(n, generator=generator) < probability).nonzero()[:, 0].tolist()


def _pick(generator: torch.Generator, options: tuple[str, ...]) -> str:
    # the first is the common case, twice as likely as any other
    i = int(torch.randint(-1, len(options), (), generator=generator))
    return options[max(i, 0)]


def _geometry(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    n, dev = len(x), x.device
    angle = _uniform(g, n, -a.rotate_deg, a.rotate_deg, dev) * (math.pi / 180)
    zoom = 1 / _uniform(g, n, 1 - a.scale, 1 + a.scale, dev)
    mirror = torch.where(_uniform(g, n, 0, 1, dev) < a.flip, -1.0, 1.0)
    shear = _uniform(g, n, -a.shear, a.shear, dev)
    dx, dy = (_uniform(g, n, -2 * a.shift, 2 * a.shift, dev) for _ in range(2))
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    rows = [torch.stack([cos * mirror, shear - sin, dx], 1), torch.stack([sin * mirror, cos, dy], 1)]
    grid = F.affine_grid(torch.stack(rows, 1), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def _light(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    n, dev = len(x), x.device

    def factor(low: float, high: float) -> Tensor:
        return _uniform(g, n, low, high, dev).view(n, 1, 1, 1)

    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * factor(1 - a.contrast, 1 + a.contrast) + mean * factor(1 - a.contrast, 1 + a.contrast)
    if x.shape[1] == 3:
        weights = _uniform(g, 3 * n, 1 - a.colour, 1 + a.colour, dev).view(n, 3, 1, 1)
        grey = _chosen(g, n, a.grey)
        x = x * weights
        x[grey] = x[grey].mean(1, keepdim=True).expand(-1, 3, -1, -1)
    return x.clamp(0, 1) ** torch.exp(factor(-a.gamma, a.gamma))


def _degrade(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    side = x.shape[-1]
    chosen = _chosen(g, len(x), a.degrade)
    for group in range(_DEGRADED_GROUPS):
        members = chosen[group::_DEGRADED_GROUPS]
        low, high = math.log(a.smallest), math.log(0.9 * side)
        size = round(math.exp(low + (high - low) * float(torch.rand((), generator=g))))
        shrink, enlarge = _pick(g, _SHRINK), _pick(g, _ENLARGE)
        if members and size < side:
            x[members] = resample(x[members], size, shrink, enlarge)
    return x


def _blur(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    chosen = _chosen(g, len(x), a.blur)
    sigma = 0.5 + 1.5 * float(torch.rand((), generator=g))
    if chosen:
        offsets = torch.arange(-3, 4, device=x.device, dtype=x.dtype)
        kernel = torch.exp(-(offsets**2) / (2 * sigma**2))
        channels = x.shape[1]
        plane = torch.outer(kernel, kernel) / kernel.sum() ** 2
        weight = plane.expand(channels, 1, 7, 7)
        x[chosen] = F.conv2d(F.pad(x[chosen], (3, 3, 3, 3), mode="reflect"), weight, groups=channels)
    return x


def _jpeg(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    for i in _chosen(g, len(x), a.jpeg):
        quality = int(torch.randint(15, 80, (), generator=g))
        pixels = (x[i].permute(1, 2, 0).cpu().numpy() * 255).astype(np.uint8)  # channel order does not matter
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        flag = cv2.IMREAD_GRAYSCALE if x.shape[1] == 1 else cv2.IMREAD_COLOR
        decoded = np.asarray(cv2.imdecode(data, flag)).reshape(pixels.shape)
        x[i] = torch.from_numpy(decoded).permute(2, 0, 1).to(x) / 255
    return x


def _erase(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    side = x.shape[-1]
    for i in _chosen(g, len(x), a.erase):
        height, width = torch.randint(side // 8, side * 2 // 5, (2,), generator=g).tolist()
        top = int(torch.randint(0, side - height, (), generator=g))
        left = int(torch.randint(0, side - width, (), generator=g))
        x[i, :, top : top + height, left : left + width] = float(torch.rand((), generator=g))
    return x


def augment(x: Tensor, settings: Augmentation, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Change a batch at random.

    Args:
        x: (B, channels, size, size), 0..1.
        settings: how strongly.
        generator: on the CPU.

    Returns:
        The changed faces, and the same faces before they were made small and poor (after geometry and light):
        what a restored picture is compared with. Both (B, channels, size, size), 0..1.
    """
    clean = _light(_geometry(x, settings, generator), settings, generator)
    poor = _jpeg(_blur(_degrade(clean.clone(), settings, generator), settings, generator), settings, generator)
    deviation = _uniform(generator, len(x), 0, 0.05, x.device).view(-1, 1, 1, 1)
    noisy = (_uniform(generator, len(x), 0, 1, x.device) < settings.noise).view(-1, 1, 1, 1)
    noise = torch.randn(x.shape, generator=generator).to(x.device)
    poor = _erase(poor + noise * deviation * noisy, settings, generator)
    return poor.clamp(0, 1), clean


def blend(share: float, generator: torch.Generator, *batch: Tensor | None) -> tuple[Any, ...]:
    """Let other faces of a batch shine through some of its faces, by less than half, and likewise through the rest.

    Args:
        share: of the faces that are changed.
        generator: on the CPU.
        batch: pictures, label distributions and whatever else has one row a face; None stays None.
    """
    if not share:
        return batch
    present = next(x for x in batch if x is not None)
    n = len(present)
    other = torch.randperm(n, generator=generator).to(present.device)
    amount = _uniform(generator, n, 0, 0.5, present.device)
    amount = amount * (_uniform(generator, n, 0, 1, present.device) < share)

    def mixed(x: Tensor) -> Tensor:
        return torch.lerp(x, x[other], amount.view(n, *[1] * (x.ndim - 1)))

    return tuple(None if x is None else mixed(x) for x in batch)
