"""How well a network's super-resolution restores faces, and whether what its resizer hands on is still a picture."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.data.faceset import FaceSet
from mien.data.readers.unlabelled import inner
from mien.nn.contrast import contrast
from mien.nn.network import ExpressionNetwork
from mien.nn.superres import SuperResolution, shrink

RESTORED_FROM_PX = (12, 16, 24, 32, 48)
"""What faces are shrunk to and restored from, px."""
_BATCH = 64


def psnr(made: Tensor, wanted: Tensor) -> float:
    """Mean peak signal-to-noise ratio, dB, of pictures compared one by one.

    It is 100 at most. That of torchmetrics is infinite for a picture that comes out exactly, as a plain one may, and so
    is then the mean.

    Args:
        made: (N, C, h, w), clipped to 0..1.
        wanted: the same shape, 0..1.
    """
    error = (made.clamp(0, 1) - wanted).square().mean((1, 2, 3)).clamp(min=1e-10)
    return float((-10 * error.log10()).mean())


def feature_distance(network: ExpressionNetwork, made: Tensor, wanted: Tensor) -> Tensor:
    """How far restored faces lie from real ones in the eyes of the network's backbone, which knows faces.

    Args:
        network: see `knows_faces`.
        made: (B, channels, s, s), 0..1.
        wanted: the same shape.

    Returns:
        A scalar: the mean absolute difference of two middle maps, each divided by its map's mean.
    """
    backbone: Any = network.backbone
    ours, theirs = (backbone.face(network.normalised(contrast(x).take_out(x)), 4)[2:] for x in (made, wanted))
    distances = [(a - b).abs().mean() / b.abs().mean().detach() for a, b in zip(ours, theirs, strict=True)]
    total: Tensor = torch.stack(distances).mean()
    return total


def knows_faces(backbone: nn.Module) -> bool:
    """Whether `feature_distance` works with it."""
    return hasattr(backbone, "face")


@torch.no_grad()
def restoration_psnr(stage: SuperResolution, faces: FaceSet) -> dict[str, dict[str, float]]:
    """PSNR, dB, of faces that were shrunk by 4 and by 2 and restored, and of bicubic enlargement instead."""
    side, device = faces.images.shape[-1], next(stage.parameters()).device
    result = {}
    for factor in (4, 2):
        ours, bicubic = 0.0, 0.0
        for chunk in faces.images.split(_BATCH):
            clean = chunk.to(device).float() / 255
            small = shrink(clean, side // factor)
            plain = F.interpolate(small, scale_factor=float(factor), mode="bicubic", align_corners=False)
            ours += psnr(stage(small, factor), clean) * len(chunk)
            bicubic += psnr(plain, clean) * len(chunk)
        means = {"sr": round(ours / len(faces), 2), "bicubic": round(bicubic / len(faces), 2)}
        result[f"{side // factor} -> {side}"] = means
    return result


@torch.no_grad()
def restoration_figures(network: ExpressionNetwork, faces: FaceSet) -> dict[str, Any]:
    """PSNR (dB), SSIM and feature distance of faces restored from each of RESTORED_FROM_PX, and of bicubic ones.

    Args:
        network: with a super-resolution, in evaluation mode.
        faces: with detail above 48 px, which it was not trained on; the inner part of each is used.
    """
    from torchmetrics.functional.image import structural_similarity_index_measure

    side, device = network.config.crop_size, next(network.parameters()).device
    cut = inner(faces.images.shape[-1])
    figures: dict[str, Any] = {"n": len(faces), "source": faces.source, "to_px": side}
    for size in RESTORED_FROM_PX:
        sums: dict[str, list[float]] = {}
        for chunk in faces.images.split(_BATCH):
            clean = shrink(chunk[..., cut, cut].to(device).float() / 255, side)
            small = shrink(clean, size)
            plain = F.interpolate(small, size=(side, side), mode="bilinear", align_corners=False)
            bicubic = F.interpolate(small, size=(side, side), mode="bicubic", align_corners=False).clamp(0, 1)
            for name, made in (("sr", network.stages(plain).enlarged.clamp(0, 1)), ("bicubic", bicubic)):
                values = [
                    psnr(made, clean),
                    float(structural_similarity_index_measure(made, clean, data_range=1.0)),  # type: ignore[arg-type]
                ]
                if knows_faces(network.backbone):
                    values.append(float(feature_distance(network, made, clean)))
                sums[name] = [
                    old + value * len(chunk)
                    for old, value in zip(sums.get(name, [0.0] * len(values)), values, strict=True)
                ]
        names = ("psnr_db", "ssim", "feature_distance")
        figures[str(size)] = {
            who: {name: round(total / len(faces), 3) for name, total in zip(names, totals, strict=False)}
            for who, totals in sums.items()
        }
    return figures


@torch.no_grad()
def picture_figures(network: ExpressionNetwork, faces: FaceSet) -> dict[str, float]:
    """Whether what the resizer hands on is still a picture: it is compared with the bilinear one, over all faces.

    Returns:
        outside: share of its pixels outside 0..1. contrast_ratio: mean ratio of the standard deviations.
        mean_shift: mean absolute difference of the means. correlation: mean correlation of the pixels.
    """
    device, size = next(network.parameters()).device, network.config.input_size
    outside, ratio, shift, correlation = [], [], [], []
    for chunk in faces.images.split(_BATCH):
        x = chunk.to(device).float() / 255
        resized = network.stages(x).resized.float()
        plain = F.interpolate(x, size=(size, size), mode="bilinear", align_corners=False)
        outside.append(((resized < 0) | (resized > 1)).float().mean((1, 2, 3)))
        a, b = resized.flatten(1), plain.flatten(1)
        ratio.append(a.std(1) / b.std(1).clamp(min=1e-3))
        shift.append((a.mean(1) - b.mean(1)).abs())
        correlation.append(F.cosine_similarity(a - a.mean(1, keepdim=True), b - b.mean(1, keepdim=True)))
    named = {"outside": outside, "contrast_ratio": ratio, "mean_shift": shift, "correlation": correlation}
    return {name: round(float(torch.cat(values).mean()), 4) for name, values in named.items()}
