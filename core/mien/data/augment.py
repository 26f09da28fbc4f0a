"""Random changes to a batch of faces in training, so that a model learns small and poor faces too.

All work on (B, channels, size, size) float images, 0..1, on the device where they lie, and draw from one
`torch.Generator` on the CPU: the same generator state gives the same batch on the same kind of device (noise is drawn
where the pixels lie).
"""

import math
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from mien.data.filters import blurred, jpeg, resized
from mien.data.to_device import to_device
from mien.utils.dataclass_io import check_ranges, within

_SHRINK = ("area", "bilinear", "nearest")
_ENLARGE = ("bilinear", "bicubic", "nearest")
_DEGRADED_GROUPS = 8  # faces that are shrunk share a size in groups, so that resizing stays batched


@dataclass(frozen=True)
class Augmentation:
    """How strong each change is, or how many faces it changes; 0 leaves it out."""

    flip: float = field(default=0.5, metadata=within(0, 1))
    """Share of faces that are mirrored."""
    rotate_deg: float = field(default=15.0, metadata=within(0, 180))
    """Largest angle, to either side."""
    scale: float = field(default=0.15, metadata=within(0, 0.9))
    """Largest change of a face's size, as a share of it."""
    shift: float = field(default=0.12, metadata=within(0, 1))
    """Largest shift, as a share of the side."""
    shear: float = field(default=0.1, metadata=within(0, 1))
    """Largest shear, as a share of the side."""
    contrast: float = field(default=0.4, metadata=within(0, 1))
    """Largest change of contrast and of brightness, as a share of them."""
    gamma: float = field(default=0.3, metadata=within(0, 5))
    """Largest logarithm of the gamma exponent."""
    colour: float = field(default=0.3, metadata=within(0, 1))
    """Largest change of a channel's weight (3 channels only)."""
    grey: float = field(default=0.2, metadata=within(0, 1))
    """Share of colour faces that turn grey (3 channels only)."""
    degrade: float = field(default=0.5, metadata=within(0, 1))
    """Share of faces that are shrunk and enlarged again."""
    smallest: int = field(default=12, metadata=within(1, 512))
    """Smallest size that a face is shrunk to, px."""
    blur: float = field(default=0.15, metadata=within(0, 1))
    """Share of faces that are blurred."""
    jpeg: float = field(default=0.15, metadata=within(0, 1))
    """Share of faces that are compressed as JPEG does."""
    noise: float = field(default=0.3, metadata=within(0, 1))
    """Share of faces that get noise."""
    erase: float = field(default=0.25, metadata=within(0, 1))
    """Share of faces of which a rectangle becomes grey (random erasing, Zhong et al. 2017)."""
    mixup: float = field(default=0.0, metadata={"formerly": "blend", **within(0, 1)})
    """Share of faces that another face of the batch shines through (mixup, Zhang et al. 2018)."""

    def __post_init__(self) -> None:
        check_ranges(self, "Config: augmentation")


def _uniform(generator: torch.Generator, n: int, low: float, high: float, device: torch.device) -> Tensor:
    return to_device(torch.rand(n, generator=generator) * (high - low) + low, device)


def _chosen(generator: torch.Generator, n: int, probability: float) -> Tensor:
    """(n,) bool."""
    return torch.rand(n, generator=generator) < probability


def _pick(generator: torch.Generator, options: tuple[str, ...]) -> str:
    # the first is the common case, twice as likely as any other
    i = int(torch.randint(-1, len(options), (), generator=generator))
    return options[max(i, 0)]


def _geometry(x: Tensor, a: Augmentation, g: torch.Generator, size: int, inner: float) -> Tensor:
    n, dev = len(x), x.device
    angle = _uniform(g, n, -a.rotate_deg, a.rotate_deg, dev) * (math.pi / 180)
    zoom = inner / _uniform(g, n, 1 - a.scale, 1 + a.scale, dev)
    mirror = torch.where(_uniform(g, n, 0, 1, dev) < a.flip, -1.0, 1.0)
    shear = _uniform(g, n, -a.shear, a.shear, dev) * inner
    dx, dy = (_uniform(g, n, -2 * a.shift, 2 * a.shift, dev) * inner for _ in range(2))
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    rows = [torch.stack([cos * mirror, shear - sin, dx], 1), torch.stack([sin * mirror, cos, dy], 1)]
    grid = F.affine_grid(torch.stack(rows, 1), [n, x.shape[1], size, size], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def _light(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    n, dev = len(x), x.device

    def factor(low: float, high: float) -> Tensor:
        return _uniform(g, n, low, high, dev).view(n, 1, 1, 1)

    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * factor(1 - a.contrast, 1 + a.contrast) + mean * factor(1 - a.contrast, 1 + a.contrast)
    if x.shape[1] == 3:
        weights = _uniform(g, 3 * n, 1 - a.colour, 1 + a.colour, dev).view(n, 3, 1, 1)
        grey = to_device(_chosen(g, n, a.grey), dev).view(n, 1, 1, 1)
        x = x * weights
        x = torch.where(grey, x.mean(1, keepdim=True), x)
    return x.clamp(0, 1) ** torch.exp(factor(-a.gamma, a.gamma))


@dataclass(frozen=True)
class _Camera:
    """What a camera does to each face of a batch; (n,) each, on the CPU."""

    sigma: Tensor
    """Of the blur, px; 0 is none."""
    noise: Tensor
    """Standard deviation, of 0..1."""
    quality: Tensor
    """Of the JPEG, 1..100; above 100 is none."""

    def of(self, members: Tensor, device: torch.device) -> "_Camera":
        """That of some of the faces, on their device."""
        return _Camera(*(to_device(x[members], device) for x in (self.sigma, self.noise, self.quality)))


def _camera(n: int, a: Augmentation, g: torch.Generator) -> _Camera:
    blurry, noisy, packed = _chosen(g, n, a.blur), _chosen(g, n, a.noise), _chosen(g, n, a.jpeg)
    sigma, deviation = 0.5 + 1.5 * torch.rand(n, generator=g), 0.05 * torch.rand(n, generator=g)
    quality = torch.randint(15, 80, (n,), generator=g).float()
    return _Camera(sigma * blurry, deviation * noisy, torch.where(packed, quality, 101.0))


def _seen(x: Tensor, size: int, camera: _Camera, a: Augmentation, g: torch.Generator) -> Tensor:
    """Faces as a camera shows them at a size, px, resized to the side that they had."""
    side = x.shape[-1]
    shrink, enlarge = _pick(g, _SHRINK), _pick(g, _ENLARGE)
    small = x if size >= side else resized(x, size, shrink)
    if a.blur:
        small = torch.where((camera.sigma > 0).view(-1, 1, 1, 1), blurred(small, camera.sigma), small)
    if a.noise:
        noise = torch.randn(small.shape, generator=_on(x.device, g), device=x.device)
        small = small + noise * camera.noise.view(-1, 1, 1, 1)
    if a.jpeg:
        small = jpeg(small.clamp(0, 1), camera.quality)
    return small if size >= side else resized(small, side, enlarge)


def _on(device: torch.device, g: torch.Generator) -> torch.Generator:
    """A generator on a device, seeded by `g`: what is drawn for each pixel is drawn where the pixels lie."""
    if device.type == "cpu":
        return g
    return torch.Generator(device).manual_seed(int(torch.randint(2**62, (), generator=g)))


def _poor(x: Tensor, a: Augmentation, g: torch.Generator, native: int) -> Tensor:
    """Make faces small, blurred, noisy and compressed; sizes range from the smallest up to the faces' own, `native`."""
    n = len(x)
    camera, degraded = _camera(n, a, g), _chosen(g, n, a.degrade)
    changed = (camera.sigma > 0) | (camera.noise > 0) | (camera.quality <= 100)
    groups = [degraded.nonzero()[i::_DEGRADED_GROUPS, 0] for i in range(_DEGRADED_GROUPS)]
    low, high = math.log(a.smallest), math.log(max(0.9 * native, a.smallest))
    sizes = [round(math.exp(low + (high - low) * float(torch.rand((), generator=g)))) for _ in groups]
    # Faces that are not shrunk are seen at their own size, if the camera changes them at all.
    groups.append((changed & ~degraded).nonzero()[:, 0])
    sizes.append(native)
    for members, size in zip(groups, sizes, strict=True):
        if len(members):
            own, there = camera.of(members, x.device), to_device(members, x.device)
            x[there] = _seen(x[there], size, own, a, g)
    return x


def _erase(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    n, side = len(x), x.shape[-1]
    height, width = (torch.randint(side // 8, side * 2 // 5, (n, 1), generator=g) for _ in range(2))
    top, left = ((torch.rand(n, 1, generator=g) * (side - length)).long() for length in (height, width))
    grey, chosen, along = torch.rand(n, generator=g), _chosen(g, n, a.erase), torch.arange(side)
    rows, columns = (along >= top) & (along < top + height), (along >= left) & (along < left + width)
    inside = to_device((rows[:, :, None] & columns[:, None] & chosen[:, None, None])[:, None], x.device)
    return torch.where(inside, to_device(grey.view(n, 1, 1, 1), x.device), x)


def augment(
    x: Tensor,
    settings: Augmentation,
    generator: torch.Generator,
    *,
    size: int | None = None,
    inner: float = 1.0,
) -> tuple[Tensor, Tensor]:
    """Change a batch at random.

    Args:
        x: (B, channels, s, s), 0..1.
        settings: how strongly.
        generator: on the CPU.
        size: side of the results, px; s if not given.
        inner: share of the side that is the face's crop; what surrounds it is seen only if a face is turned or
            moved.

    Returns:
        The changed faces, and the same faces after geometry and light only, which restored faces are compared
        with. Both (B, channels, size, size), 0..1.
    """
    size = size or x.shape[-1]
    native = min(round(inner * x.shape[-1]), size)  # px at which the crop has detail
    clean = _light(_geometry(x, settings, generator, size, inner), settings, generator)
    poor = _erase(_poor(clean.clone(), settings, generator, native), settings, generator)
    return poor.clamp(0, 1), clean


def mixup(share: float, generator: torch.Generator, *batch: Tensor | None) -> tuple[Any, ...]:
    """Let other faces of a batch shine through some of its faces, by less than half; labels and the rest likewise.

    Args:
        share: of the faces that are changed.
        generator: on the CPU.
        batch: pictures, label distributions and whatever else has one row per face; None stays None.
    """
    if not share:
        return batch
    present = next(x for x in batch if x is not None)
    n = len(present)
    other = to_device(torch.randperm(n, generator=generator), present.device)
    amount = _uniform(generator, n, 0, 0.5, present.device)
    amount = amount * (_uniform(generator, n, 0, 1, present.device) < share)

    def mixed(x: Tensor) -> Tensor:
        return torch.lerp(x, x[other], amount.view(n, *[1] * (x.ndim - 1)))

    return tuple(None if x is None else mixed(x) for x in batch)
