"""ARBEx's attentive extractor (Wasi et al. 2023, Sec. 3.2), of the family of POSTER++ (Mao et al. 2023).

Two convolutional streams look at the face. At three scales, cross-attention takes its queries from the features of the
landmarks and keys and values from those of the image, in one window over the whole map; its output becomes tokens for a
small transformer.
"""

from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn

from mien.errors import MienError
from mien.nn import torchvision_repair  # noqa: F401  (before timm)
from mien.nn.arbex.streams import ImageStream, LandmarkStream
from mien.nn.face_backbones import FaceStream

from timm.layers import DropPath, LayerScale, Mlp, RelPosBias  # isort: skip
from timm.models.vision_transformer import Block  # isort: skip

_LAYER_SCALE = 1e-5


@dataclass(frozen=True)
class Shape:
    """How wide and deep an extractor is."""

    width: int = 64
    """Channels of the first scale; each further scale has twice as many."""
    heads: tuple[int, int, int] = (2, 4, 8)
    """Of the cross-attention, at each scale."""
    landmark_units: tuple[int, int, int] = (4, 6, 2)
    """Bottlenecks in each stage of the landmark stream."""
    image_units: tuple[int, int, int] = (3, 4, 14)
    """Residual units in each stage of the image stream."""
    tokens: int = 768
    """Width of the transformer."""
    depth: int = 2
    """Blocks of the transformer."""
    token_heads: int = 8
    streams: Literal["published", "face"] = "published"
    """IR-50 and MobileFaceNet as published, or two networks of `mien.nn.face_backbones`."""
    reduction: int = 16
    """How many times the input's side is that of the token grid, which is the side of the last scale."""


SHAPES = {
    "arbex": Shape(),
    # The same over the deepest maps of two frozen face networks, which are at hand and cost a fiftieth.
    "arbex_light": Shape(tokens=256, streams="face", reduction=32),
    # Small, to try things with.
    "arbex_tiny": Shape(width=16, landmark_units=(1, 1, 1), image_units=(1, 1, 1), tokens=64, token_heads=4),
}


class CrossAttention(nn.Module):
    """One scale: queries from the landmarks' map, keys and values from the image's (Sec. 3.2)."""

    def __init__(self, width: int, heads: int, side: int, drop_path: float) -> None:
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.position = RelPosBias((side, side), heads)
        self.out = nn.Linear(width, width)
        self.scale1 = LayerScale(width, _LAYER_SCALE)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = Mlp(width, 4 * width)
        self.scale2 = LayerScale(width, _LAYER_SCALE)
        self.drop_path = DropPath(drop_path)

    def forward(self, landmarks: Tensor, image: Tensor) -> Tensor:
        """Two maps (B, width, side, side) -> (B, width, side, side)."""
        batch, width, side, _ = image.shape
        x = self.norm(image.flatten(2).transpose(1, 2))
        q = self.query(landmarks.flatten(2).transpose(1, 2))
        q = q.reshape(batch, -1, self.heads, self.head_width).transpose(1, 2)
        k, v = self.key_value(x).reshape(batch, -1, 2, self.heads, self.head_width).permute(2, 0, 3, 1, 4)
        weights = q * self.head_width**-0.5 @ k.transpose(-2, -1) + self.position.get_bias()
        attended = self.out((weights.softmax(-1) @ v).transpose(1, 2).reshape(batch, -1, width))
        x = x + self.drop_path(self.scale1(attended))
        x = x + self.drop_path(self.scale2(self.mlp(self.norm2(x))))
        out: Tensor = x.transpose(1, 2).reshape(batch, width, side, side)
        return out


class AttentiveExtractor(nn.Module):
    """The two streams, cross-attention at three scales, and a transformer over three grids of tokens.

    At 112 px the sides of `arbex`'s maps are 28, 14 and 7, and there are 147 tokens besides the class token.
    """

    def __init__(self, shape: Shape, input_size: int = 112, drop_path: float = 0.25) -> None:
        """Build it.

        Args:
            shape: how wide and deep.
            input_size: px, a multiple of the shape's reduction.
            drop_path: stochastic depth rate of the last scale; the first has none, the second half.

        Raises:
            MienError: the size does not fit.
        """
        super().__init__()
        side = input_size // shape.reduction
        if side < 1 or input_size % shape.reduction:
            raise MienError(f"The attentive extractor takes multiples of {shape.reduction} px, not {input_size} px.")
        widths = [shape.width, 2 * shape.width, 4 * shape.width]
        self.num_features = shape.tokens
        self.landmarks: LandmarkStream | FaceStream
        self.image: ImageStream | FaceStream
        if shape.streams == "face":
            self.landmarks, self.image = FaceStream(widths), FaceStream(widths)
            self.landmarks_last: nn.Module = nn.Identity()
            self.image_down = nn.ModuleList(nn.Identity() for _ in widths)
        else:
            self.landmarks = LandmarkStream(shape.width, shape.landmark_units)
            self.image = ImageStream(shape.width, shape.image_units)
            self.landmarks_last = nn.Conv2d(self.landmarks.widths[2], widths[2], 3, padding=1)
            self.image_down = nn.ModuleList(nn.Conv2d(w, w, 3, 2, 1) for w in widths)
        self.attention = nn.ModuleList(
            CrossAttention(width, heads, side * 4 // 2**i, drop_path * i / 2)
            for i, (width, heads) in enumerate(zip(widths, shape.heads, strict=True))
        )
        self.embed = nn.ModuleList(
            [
                nn.Sequential(
                    nn.Conv2d(widths[0], shape.tokens, 3, 2, 1), nn.Conv2d(shape.tokens, shape.tokens, 3, 2, 1)
                ),
                nn.Conv2d(widths[1], shape.tokens, 3, 2, 1),
                nn.Conv2d(widths[2], shape.tokens, 1),
            ]
        )
        self.reader = nn.Parameter(torch.zeros(1, 1, shape.tokens))
        self.position = nn.Parameter(torch.zeros(1, 3 * side**2 + 1, shape.tokens))
        for parameter in (self.reader, self.position):
            nn.init.trunc_normal_(parameter, std=0.02)
        self.blocks = nn.Sequential(
            *(Block(shape.tokens, shape.token_heads, qkv_bias=True) for _ in range(shape.depth))
        )
        self.norm = nn.LayerNorm(shape.tokens)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, S, S) -> (B, num_features)."""
        landmarks, image = self.landmarks(x), self.image(x)
        landmarks[2] = self.landmarks_last(landmarks[2])
        tokens = []
        for queries, values, down, attention, embed in zip(
            landmarks, image, self.image_down, self.attention, self.embed, strict=True
        ):
            tokens.append(embed(attention(queries, down(values))).flatten(2).transpose(1, 2))
        class_token = self.reader.expand(x.shape[0], -1, -1)  # len() would become a constant in OpenVINO
        out: Tensor = self.norm(self.blocks(torch.cat([class_token, *tokens], 1) + self.position))[:, 0]
        return out

    def group_matcher(self, coarse: bool = False) -> dict[str, Any]:
        """The order of the layers, for timm's parameter groups."""
        return {
            "stem": r"^landmarks|^image",
            "scales": r"^attention|^embed|^reader|^position",
            "blocks": [(r"^blocks\.(\d+)", None), (r"^norm", (99999,))],
        }
