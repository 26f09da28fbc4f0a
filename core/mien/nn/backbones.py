"""Backbones: timm's models by their names, Mien's own settings of them, and the attentive extractor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from mien import language
from mien.errors import MienError
from mien.nn import torchvision_repair  # noqa: F401  (before timm)
from mien.nn.arbex.extractor import SHAPES, AttentiveExtractor
from mien.nn.face_backbones import FACE_MEAN, FACE_STD, FaceNet, FaceSwin
from mien.nn.stem_backbones import STEM_BACKBONES, StemTransformer

import timm  # isort: skip
from timm.data import IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD  # isort: skip
from timm.layers import set_fused_attn  # isort: skip

# Faces make short sequences (49 tokens at 112 px). There, on a CPU, plain matrix products are
# 1.8 times faster in training than the fused attention kernel; on CUDA the fused one is chosen again.
set_fused_attn(torch.cuda.is_available())


@dataclass(frozen=True)
class Variant:
    """One of Mien's own settings of a timm architecture."""

    timm_name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    positions: bool = False
    """Whether the patches get a learned absolute position (Liu et al. 2021, Table 4, "abs. pos.")."""


VARIANTS = {
    # DeiT-Tiny that averages its tokens instead of taking a class token.
    "deit_tiny_pooled": Variant(
        "deit_tiny_patch16_224", {"class_token": False, "global_pool": "avg", "fc_norm": False}
    ),
    # A two-stage Swin for 112 px: 14x14 windows of 8 px patches, then 7x7, whose last stage has
    # DeiT-Tiny's shape (192 wide, 12 blocks, 3 heads), so that it can start from one: see `mien.nn.weight_transfer`.
    "swin_narrow": Variant(
        "swin_tiny_patch4_window7_224",
        {"patch_size": 8, "embed_dim": 96, "depths": (2, 12), "num_heads": (3, 3), "window_size": 7},
        positions=True,
    ),
}


FACE_BACKBONES: dict[str, Callable[[int, float], nn.Module]] = {
    "face_mobilenet": FaceNet,
    "face_swin": FaceSwin,
    **{name: partial(StemTransformer, name) for name in STEM_BACKBONES},
}
"""Backbones over a network that was trained on faces: name -> (input size in px, drop path) -> module."""


class PositionedSwin(nn.Module):
    """A Swin whose patches carry a learned absolute position besides the windows' relative ones."""

    def __init__(self, swin: Any) -> None:
        super().__init__()
        self.swin = swin
        self.num_features: int = swin.num_features
        height, width = swin.patch_embed.grid_size
        self.position = nn.Parameter(torch.zeros(1, height, width, swin.embed_dim))
        nn.init.trunc_normal_(self.position, std=0.02)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) -> (B, num_features)."""
        x = self.swin.patch_embed(x) + self.position
        x = self.swin.norm(self.swin.layers(x))
        pooled: Tensor = self.swin.head(x, pre_logits=True)
        return pooled


def _any_size(timm_name: str) -> bool:
    """Whether this is a convolutional network, which takes pictures of any size, and no argument for it."""
    config = timm.get_pretrained_cfg(timm_name)
    return config is not None and not config.fixed_input_size


def create(name: str, input_size: int, *, pretrained: bool = False, drop_path: float = 0.0) -> nn.Module:
    """Build a backbone without a classifier.

    Args:
        name: a key of VARIANTS, FACE_BACKBONES or `mien.nn.arbex.extractor.SHAPES`, or any name that timm knows.
        input_size: side of its square input, px.
        pretrained: fetch timm's published weights (needs a connection; only for timm's own names).
        drop_path: stochastic depth rate in training.

    Returns:
        A module (B, 3, S, S) -> (B, num_features), with `num_features`.

    Raises:
        MienError: timm does not know the name, the size does not fit the architecture, or there are no published
            weights for it.
    """
    if name in SHAPES:
        if pretrained:
            raise MienError(f"timm has no weights for '{name}'. Load its streams: --image-stream, --landmark-stream.")
        return AttentiveExtractor(SHAPES[name], input_size, drop_path)
    if name in FACE_BACKBONES:
        if pretrained:
            raise MienError(f"timm has no weights for '{name}'. Start from a file: --start faceres-deep.safetensors.")
        return FACE_BACKBONES[name](input_size, drop_path)
    variant = VARIANTS.get(name, Variant(name))
    arguments = dict(variant.arguments)
    if not _any_size(variant.timm_name):
        arguments["img_size"] = input_size
    if drop_path:
        arguments["drop_path_rate"] = drop_path
    try:
        model: nn.Module = timm.create_model(variant.timm_name, pretrained=pretrained, num_classes=0, **arguments)
    except (RuntimeError, AssertionError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        text = language.tr("Backbone '{}' cannot be built for {} px: {}")
        raise MienError(text.format(name, input_size, reason)) from error
    return PositionedSwin(model) if variant.positions else model


def normalisation(name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What a backbone expects its input to be normalised by.

    Args:
        name: see `create`.

    Returns:
        Mean and standard deviation of each RGB channel, in units of 0..1.

    Raises:
        MienError: timm does not know the name.
    """
    if name in SHAPES:
        face = SHAPES[name].streams == "face"
        return (FACE_MEAN, FACE_STD) if face else (IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD)
    if name in FACE_BACKBONES:
        return FACE_MEAN, FACE_STD
    config = timm.get_pretrained_cfg(VARIANTS.get(name, Variant(name)).timm_name)
    if config is None:
        text = language.tr(
            "No backbone is called '{}'. `python -c 'import timm; print(timm.list_models())'` lists them."
        )
        raise MienError(text.format(name))
    return tuple(config.mean), tuple(config.std)
