"""Small transformers of five families behind the same stem: the face network's first stages, which stay as they are.

Trained from nothing on some thousand faces, a transformer learns hardly anything. Over the maps of a network that knows
faces it does, and what the families do with what comes in front of them can be compared on a CPU.
"""

from typing import Any

import torch
from torch import Tensor, nn

from mien.errors import MienError
from mien.nn.face_backbones import LAYERS, FaceStages

import timm  # isort: skip  (after torchvision is repaired)

_STAGES, _STRIDE, _CHANNELS = 4, 16, 512  # of the stem, its map's places, px, and its map
_WIDTH, _DEPTH = 192, 2  # of each family: DeiT-Tiny's width, a sixth of its depth

_FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    # Each place of the map is a patch. As ViT's and DeiT's published weights are not used here, they differ in nothing
    # but the second class token of the distilled DeiT.
    "stem_vit": ("vit_tiny_patch16_224", {}),
    "stem_deit": ("deit_tiny_distilled_patch16_224", {}),
    "stem_convit": ("convit_tiny", {"local_up_to_layer": _DEPTH // 2}),
    "stem_xcit": ("xcit_nano_12_p16_224", {"embed_dim": _WIDTH}),
    "stem_swin": ("swin_tiny_patch4_window7_224", {"embed_dim": _WIDTH, "depths": (_DEPTH,), "num_heads": (6,)}),
}

STEM_BACKBONES = tuple(_FAMILIES)
"""The backbones' names."""


class _XcitPatches(nn.Module):
    """The places of a map as XCiT takes them. Its own patches are made by four strided convolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Conv2d(_CHANNELS, _WIDTH, 1)

    def forward(self, maps: Tensor) -> tuple[Tensor, tuple[int, int]]:
        """(B, channels, h, w) -> (B, h w, width), and (h, w)."""
        height, width = maps.shape[-2:]
        return self.project(maps).flatten(2).transpose(1, 2), (height, width)


class StemTransformer(nn.Module):
    """Four stages of the face network, frozen, then blocks of a transformer over their map."""

    def __init__(self, name: str, input_size: int, drop_path: float = 0.0) -> None:
        """Build it.

        Args:
            name: one of `STEM_BACKBONES`.
            input_size: side of the square input, px, divisible by 16.
            drop_path: stochastic depth rate of the last block in training.

        Raises:
            MienError: the size does not suit.
        """
        super().__init__()
        side, rest = divmod(input_size, _STRIDE)
        if rest or side < 2:
            raise MienError(f"Backbone '{name}' takes multiples of {_STRIDE} px from {2 * _STRIDE} on.")
        self.face = FaceStages(_STAGES).requires_grad_(False)
        timm_name, arguments = _FAMILIES[name]
        shape: dict[str, Any] = {"img_size": side, "patch_size": 1, "in_chans": _CHANNELS, "depth": _DEPTH}
        if name == "stem_swin":
            del shape["depth"]
            shape["window_size"] = side // 2  # which every second block shifts
        elif name == "stem_xcit":
            shape = {"depth": _DEPTH}
        self.blocks: Any = timm.create_model(timm_name, num_classes=0, drop_path_rate=drop_path, **shape, **arguments)
        if name == "stem_xcit":
            self.blocks.patch_embed = _XcitPatches()
        width: Any = self.blocks.num_features
        self.num_features: int = _CHANNELS + width

    def maps(self, x: Tensor) -> Tensor:
        """Run the stem: (B, 3, S, S) -> (B, 512, S/16, S/16)."""
        return self.face(x)[-1]  # type: ignore[no-any-return]

    def embedded(self, maps: Tensor) -> Tensor:
        """Run what follows the stem: (B, 512, S/16, S/16) -> (B, num_features)."""
        return torch.cat([maps.mean((2, 3)), self.blocks(maps)], 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) -> (B, num_features)."""
        return self.embedded(self.maps(x))

    def group_matcher(self, coarse: bool = False) -> dict[str, Any]:
        """The order of the layers, for timm's parameter groups."""
        return LAYERS
