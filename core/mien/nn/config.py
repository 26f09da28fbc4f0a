"""The shape of a network. Imports no PyTorch, so that a model card loads without waiting for it."""

from dataclasses import dataclass
from typing import Literal

from mien.errors import MienError
from mien.expressions import EXPRESSIONS


@dataclass(frozen=True)
class NetworkConfig:
    """Everything that fixes the shape of a network; it travels with the weights, in their model card."""

    backbone: str = "deit_tiny_pooled"
    input_size: int = 112
    """Side of the backbone's square input, px."""
    crop_size: int = 48
    """Side of the crops that it takes, px: larger faces are reduced to it, smaller ones enlarged bilinearly."""
    channels: int = 1
    """1: grey faces (FERPlus is grey), 3: RGB."""
    standardise: bool = False
    """Take each face's own brightness and contrast out in front of the resizer, and give its output the same brightness
    and contrast as its input."""
    up: Literal["sr", "blind-sr", "bilinear", "bicubic"] = "sr"
    """sr enlarges a small crop 2, 4 or 8 times; blind-sr restores the detail of one that was enlarged already."""
    down: Literal["ltr", "bilinear", "bicubic"] = "ltr"
    oversampling: float = 1.5
    """The enlarged crop is at least this many times `input_size`. The paper enlarges 48 px to 384 in front of 224, 1.7
    times more than is needed, so that the learned resizer can choose."""
    stn: bool = False
    sr_width: int = 24
    sr_blocks: int = 3
    """Of blind-sr."""
    ltr_width: int = 16
    ltr_blocks: int = 1
    ltr_patch: int = 1
    """Side of the blocks of pixels that the learned resizer treats as one place, px: 1 as published, 4 for speed."""
    head_width: int = 512
    """Of the head's first hidden layer."""
    head_layers: int = 1
    """Number of the head's hidden layers, each half as wide as the one before."""
    head_dropout: float = 0.5
    balancing: Literal["none", "anchors", "attention", "both"] = "none"
    """Reliability balancing: what corrects unsure predictions."""
    anchors: int = 10
    """Of each class."""
    anchor_width: int = 64
    """Dimensions of the space in which the anchors lie."""
    anchor_heads: int = 4
    """Of the attention over the anchors."""
    anchor_delta: float = 0.1
    """Distance on the unit sphere over which an anchor's weight falls to 1/e."""
    mirrored: bool = False
    """In use, also classify each face's mirror image and average both; training learns from mirrored faces anyway. It
    costs a second pass of the backbone."""
    unlikeness: bool = False
    """Whether a neuron measures how unlike a face is to those of the validation split; set once it is fitted, after the
    training."""
    classes: tuple[str, ...] = EXPRESSIONS

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("up", self.up, ("sr", "blind-sr", "bilinear", "bicubic")),
            ("down", self.down, ("ltr", "bilinear", "bicubic")),
            ("channels", self.channels, (1, 3)),
            ("balancing", self.balancing, ("none", "anchors", "attention", "both")),
        ):
            if value not in allowed:
                raise MienError(f"Config: {name} = {value!r} is none of {', '.join(map(str, allowed))}.")
        if len(self.classes) < 2 or len(set(self.classes)) != len(self.classes):
            raise MienError("Config: classes must be two or more different names.")
        if self.head_layers < 1 or self.head_width < 2 ** (self.head_layers - 1):
            raise MienError("Config: head_layers must be at least 1, and head_width at least 2 ** (head_layers - 1).")
        if min(self.anchors, self.anchor_width, self.anchor_heads) < 1 or self.anchor_width % self.anchor_heads:
            raise MienError(
                "Config: anchors and anchor_heads must be at least 1, and anchor_heads must divide anchor_width."
            )
        if self.anchor_delta <= 0:
            raise MienError("Config: anchor_delta must be above 0.")
