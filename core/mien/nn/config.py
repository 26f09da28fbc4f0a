"""The shape of a network. Knows no PyTorch, so that a card can be read without waiting for it."""

from dataclasses import dataclass
from typing import Literal

from mien.errors import MienError
from mien.expressions import EXPRESSIONS


@dataclass(frozen=True)
class NetworkConfig:
    """Everything that fixes the shape of a network; it travels with the weights, in their card."""

    backbone: str = "deit_tiny_pooled"
    input_size: int = 112
    """Side of the backbone's square input, px."""
    crop_size: int = 48
    """Side of the face crops that it was trained on, px. Others are accepted."""
    channels: int = 1
    """1: grey faces (FERPlus is grey), 3: RGB."""
    up: Literal["sr", "bilinear", "bicubic"] = "sr"
    down: Literal["ltr", "bilinear", "bicubic"] = "ltr"
    oversampling: float = 1.5
    """How many times `input_size` the enlarged crop is at least. The paper enlarges 48 px to 384 in front of
    224: 1.7 times more than is needed, so that the learned resizer can choose."""
    stn: bool = False
    sr_width: int = 24
    ltr_width: int = 16
    ltr_blocks: int = 1
    head_width: int = 512
    head_dropout: float = 0.5
    classes: tuple[str, ...] = EXPRESSIONS

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("up", self.up, ("sr", "bilinear", "bicubic")),
            ("down", self.down, ("ltr", "bilinear", "bicubic")),
            ("channels", self.channels, (1, 3)),
        ):
            if value not in allowed:
                raise MienError(f"Config: {name} = {value!r} is none of {', '.join(map(str, allowed))}.")
        if len(self.classes) < 2 or len(set(self.classes)) != len(self.classes):
            raise MienError("Config: classes must be at least two different names.")
