"""Random changes to a batch of faces in training, so that small and poor faces become familiar.

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

_SHRINK = ("area", "bilinear", "nearest")
_ENLARGE = ("bilinear", "bicubic", "nearest")
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
    ]
)  # JPEG's steps for brightness at quality 50
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
    mixup: float = field(default=0.0, metadata={"formerly": "blend"})
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
    return _resized(_resized(x, size, shrink), side, enlarge).clamp(0, 1)


def _resized(x: Tensor, size: int, method: str) -> Tensor:
    """(B, C, s, s) to (B, C, size, size); area is antialiased."""
    if method == "nearest":
        return F.interpolate(x, size=(size, size), mode="nearest-exact")
    if method == "area":
        return F.interpolate(x, size=(size, size), mode="bilinear", antialias=True, align_corners=False)
    return F.interpolate(x, size=(size, size), mode=method, align_corners=False)


def _uniform(generator: torch.Generator, n: int, low: float, high: float, device: torch.device) -> Tensor:
    return (torch.rand(n, generator=generator) * (high - low) + low).to(device)


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
        grey = _chosen(g, n, a.grey).to(dev).view(n, 1, 1, 1)
        x = x * weights
        x = torch.where(grey, x.mean(1, keepdim=True), x)
    return x.clamp(0, 1) ** torch.exp(factor(-a.gamma, a.gamma))


@dataclass(frozen=True)
class _Camera:
    """What happens to each face of a group that a camera shows at one size; (n,) each, on the faces' device."""

    sigma: Tensor
    """Of the blur, px; 0 is none."""
    noise: Tensor
    """Standard deviation, of 0..1."""
    quality: Tensor
    """Of the JPEG, 1..100; above 100 is none."""


def _camera(n: int, a: Augmentation, g: torch.Generator, device: torch.device) -> _Camera:
    blurred, noisy, packed = _chosen(g, n, a.blur), _chosen(g, n, a.noise), _chosen(g, n, a.jpeg)
    sigma, deviation = 0.5 + 1.5 * torch.rand(n, generator=g), 0.05 * torch.rand(n, generator=g)
    quality = torch.randint(15, 80, (n,), generator=g).float()
    return _Camera(
        (sigma * blurred).to(device), (deviation * noisy).to(device), torch.where(packed, quality, 101.0).to(device)
    )


def blurred(x: Tensor, sigma: Tensor) -> Tensor:
    """(n, C, h, w) blurred by a Gaussian of each one's own sigma, px."""
    n, channels, height, width = x.shape
    offsets = torch.arange(-_REACH, _REACH + 1, device=x.device, dtype=x.dtype)
    line = torch.exp(-(offsets**2) / (2 * sigma.clamp(min=1e-3)[:, None] ** 2))
    line = (line / line.sum(1, keepdim=True)).repeat_interleave(channels, 0)  # (n * C, 7)
    flat = F.pad(x, (_REACH,) * 4, mode="reflect").view(1, n * channels, height + 2 * _REACH, width + 2 * _REACH)
    flat = F.conv2d(flat, line[:, None, :, None], groups=n * channels)
    return F.conv2d(flat, line[:, None, None, :], groups=n * channels).view_as(x)


def jpeg(x: Tensor, quality: Tensor) -> Tensor:
    """What JPEG leaves of (n, C, h, w) pictures, 0..1: each 8x8 block's cosine transform, rounded (ITU-T T.81, K.1).

    Colour pictures are treated channel by channel, as if they were kept without chroma subsampling.

    Args:
        x: the pictures.
        quality: (n,), 1 to 100 as libjpeg counts; above 100 a picture is left as it is.
    """
    height, width = x.shape[2:]
    padded = F.pad(x * 255 - 128, (0, -width % 8, 0, -height % 8), mode="replicate")
    blocks = padded.unfold(2, 8, 8).unfold(3, 8, 8)  # (n, C, h/8, w/8, 8, 8)
    cosine, table = _COSINE.to(x), _LUMINANCE.to(x)
    scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50).view(-1, 1, 1, 1, 1, 1).clamp(min=0.02)
    step = (table * scale).round().clamp(1, 255)
    coefficients = ((cosine @ blocks @ cosine.T) / step).round() * step
    back = (cosine.T @ coefficients @ cosine).permute(0, 1, 2, 4, 3, 5).reshape_as(padded)
    made = ((back[:, :, :height, :width] + 128) / 255).clamp(0, 1)
    return torch.where((quality > 100).view(-1, 1, 1, 1), x, made)


def _seen(x: Tensor, size: int, camera: _Camera, a: Augmentation, g: torch.Generator) -> Tensor:
    """Faces as a camera shows them at a size, px, brought back to the side that they have."""
    side = x.shape[-1]
    shrink, enlarge = _pick(g, _SHRINK), _pick(g, _ENLARGE)
    small = x if size >= side else _resized(x, size, shrink)
    if a.blur:
        small = torch.where((camera.sigma > 0).view(-1, 1, 1, 1), blurred(small, camera.sigma), small)
    if a.noise:
        noise = torch.randn(small.shape, generator=_on(x.device, g), device=x.device)
        small = small + noise * camera.noise.view(-1, 1, 1, 1)
    if a.jpeg:
        small = jpeg(small.clamp(0, 1), camera.quality)
    return small if size >= side else _resized(small, side, enlarge)


def _on(device: torch.device, g: torch.Generator) -> torch.Generator:
    """A generator on a device, as `g` decides: what is drawn for each pixel is drawn where the pixels lie."""
    if device.type == "cpu":
        return g
    return torch.Generator(device).manual_seed(int(torch.randint(2**62, (), generator=g)))


def _poor(x: Tensor, a: Augmentation, g: torch.Generator, native: int) -> Tensor:
    """Small, blurred, noisy, compressed: sizes go from the smallest up to the one that the faces have, `native`."""
    n = len(x)
    camera, degraded = _camera(n, a, g, x.device), _chosen(g, n, a.degrade)
    changed = ((camera.sigma > 0) | (camera.noise > 0) | (camera.quality <= 100)).cpu()
    groups = [degraded.nonzero()[i::_DEGRADED_GROUPS, 0] for i in range(_DEGRADED_GROUPS)]
    low, high = math.log(a.smallest), math.log(max(0.9 * native, a.smallest))
    sizes = [round(math.exp(low + (high - low) * float(torch.rand((), generator=g)))) for _ in groups]
    # What is not degraded is seen at its own size, where a camera changes it at all.
    groups.append((changed & ~degraded).nonzero()[:, 0])
    sizes.append(native)
    for members, size in zip(groups, sizes, strict=True):
        if len(members):
            members = members.to(x.device)
            own = _Camera(camera.sigma[members], camera.noise[members], camera.quality[members])
            x[members] = _seen(x[members], size, own, a, g)
    return x


def _erase(x: Tensor, a: Augmentation, g: torch.Generator) -> Tensor:
    n, side = len(x), x.shape[-1]
    height, width = (torch.randint(side // 8, side * 2 // 5, (n, 1), generator=g) for _ in range(2))
    top, left = ((torch.rand(n, 1, generator=g) * (side - length)).long() for length in (height, width))
    grey, chosen, along = torch.rand(n, generator=g), _chosen(g, n, a.erase), torch.arange(side)
    rows, columns = (along >= top) & (along < top + height), (along >= left) & (along < left + width)
    inside = (rows[:, :, None] & columns[:, None] & chosen[:, None, None])[:, None].to(x.device)
    return torch.where(inside, grey.view(n, 1, 1, 1).to(x.device), x)


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
        size: side of the results, px; s where not given.
        inner: share of the side that is the face's crop; what surrounds it is seen only where a face is turned or
            moved.

    Returns:
        The changed faces, and the same faces before they were made small and poor (after geometry and light):
        what a restored picture is compared with. Both (B, channels, size, size), 0..1.
    """
    size = size or x.shape[-1]
    native = min(round(inner * x.shape[-1]), size)  # px at which the crop has detail
    clean = _light(_geometry(x, settings, generator, size, inner), settings, generator)
    poor = _erase(_poor(clean.clone(), settings, generator, native), settings, generator)
    return poor.clamp(0, 1), clean


def mixup(share: float, generator: torch.Generator, *batch: Tensor | None) -> tuple[Any, ...]:
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
