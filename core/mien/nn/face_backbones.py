"""Backbones over a network that knows faces: MobileNetV1, trained on VGGFace2's identities.

What tells people apart (the shape of eyes, brows and mouth) tells expressions apart as well: a linear probe on its
frozen features classifies FERPlus nine points better than one on ImageNet features of the same cost.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from mien.nn import torchvision_repair  # noqa: F401  (before timm)

import timm  # isort: skip
from timm.models.swin_transformer import SwinTransformerStage  # isort: skip

FACE_MEAN, FACE_STD = (123.68 / 255, 116.779 / 255, 103.939 / 255), (1 / 255,) * 3
"""Of RGB, 0..1: the normalisation that the face network was trained with (no division by a spread)."""

BACKBONE_NAMES = {
    "face_mobilenet": "MobileNetV1 that knows faces (VGGFace2)",
    "face_swin": "Swin blocks over MobileNetV1 that knows faces (VGGFace2)",
}
"""What a model card calls them."""

_STRIDES = (2, 4, 8, 16, 32)  # of the five stages' maps
_WIDTHS = (64, 128, 256, 512, 1024)  # and their channels
LAYERS = {"stem": r"^face\.(?:conv_stem|bn1)", "blocks": [(r"^face\.blocks\.(\d+)\.(\d+)", None), (r".", (99_999,))]}
"""For timm: the order of the layers of a backbone that begins with the face network."""


class FaceStages(nn.Module):
    """The first stages of MobileNetV1 and the map of each."""

    def __init__(self, stages: int, drop_path: float = 0.0) -> None:
        """Build them.

        Args:
            stages: 1 to 5; the maps' sides are S/2, S/4, S/8, S/16, S/32, their channels 64, 128, 256, 512, 1024.
            drop_path: stochastic depth rate of the last block in training.
        """
        super().__init__()
        whole: Any = timm.create_model("mobilenetv1_100", pad_type="same", num_classes=0, drop_path_rate=drop_path)
        self.conv_stem, self.bn1, self.blocks = whole.conv_stem, whole.bn1, whole.blocks[:stages]

    def forward(self, x: Tensor, first: int | None = None) -> list[Tensor]:
        """(B, 3, S, S) -> for each stage, or for the `first` ones alone, a map (B, channels, side, side)."""
        maps, x = [], self.bn1(self.conv_stem(x))
        for stage in self.blocks[:first]:
            x = stage(x)
            maps.append(x)
        return maps


class FaceStream(nn.Module):
    """The last three maps of the face network, at S/8, S/16 and S/32, narrowed for the attentive extractor."""

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.face = FaceStages(5)
        self.narrow = nn.ModuleList(
            nn.Sequential(nn.Conv2d(before, after, 1, bias=False), nn.BatchNorm2d(after))
            for before, after in zip(_WIDTHS[2:], widths, strict=True)
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        """(B, 3, S, S) -> three maps of `widths` channels."""
        return [narrow(one) for narrow, one in zip(self.narrow, self.face(x)[2:], strict=True)]


class FaceNet(nn.Module):
    """The whole face network, at two depths: the last map tells of the whole face, the one before it of its parts."""

    def __init__(self, input_size: int, drop_path: float = 0.0) -> None:
        super().__init__()
        self.face = FaceStages(5, drop_path)
        self.num_features = _WIDTHS[3] + _WIDTHS[4]

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) -> (B, num_features)."""
        *_, parts, whole = self.face(x)
        return torch.cat([parts.mean((2, 3)), whole.mean((2, 3))], 1)

    def group_matcher(self, coarse: bool = False) -> dict[str, Any]:
        """The order of the layers, for timm's parameter groups."""
        return LAYERS


class FaceSwin(nn.Module):
    """A hybrid: four stages of the face network as the stem, then Swin blocks (Liu et al. 2021) over their map.

    Transformers learn slowly from few faces what convolutions have built in; a convolutional stem gives it to them, as
    in the strongest transformers of this field (POSTER++ and APViT stand on face networks too).
    """

    def __init__(self, input_size: int, drop_path: float = 0.0) -> None:
        super().__init__()
        width, depth = 384, 4
        self.face = FaceStages(4)
        side = input_size // _STRIDES[3]
        self.num_features = width + _WIDTHS[3]
        self.narrow = nn.Linear(_WIDTHS[3], width)
        self.position = nn.Parameter(torch.zeros(1, side, side, width))
        nn.init.trunc_normal_(self.position, std=0.02)
        # Windows of half the side, which every second block shifts: 4x4 of 8x8 at 128 px.
        self.stage = SwinTransformerStage(
            width,
            width,
            (side, side),
            depth,
            downsample=False,
            num_heads=6,
            window_size=max(side // 2, 1),
            drop_path=[drop_path * (i + 1) / depth for i in range(depth)],
        )
        self.norm = nn.LayerNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) -> (B, num_features)."""
        parts = self.face(x)[-1]
        tokens = self.narrow(parts.permute(0, 2, 3, 1)) + self.position  # (B, h, w, width)
        tokens = self.norm(self.stage(tokens))
        return torch.cat([parts.mean((2, 3)), tokens.mean((1, 2))], 1)

    def group_matcher(self, coarse: bool = False) -> dict[str, Any]:
        """The order of the layers, for timm's parameter groups."""
        return LAYERS
