"""The shape of a network. Imports no PyTorch, so that a model card loads without waiting for it."""

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from mien import language
from mien.errors import MienError
from mien.expressions import EXPRESSIONS, OR
from mien.utils.dataclass_io import brief, check_ranges, within
from mien.utils.text import is_plain

_MOST_CLASSES, _LONGEST_CLASS = 1000, 100
Up = Literal["sr", "blind-sr", "bilinear", "bicubic"]
Down = Literal["ltr", "bilinear", "bicubic"]
Balancing = Literal["none", "anchors", "attention", "both"]
SMALLEST_FOR_DOMAIN_SHIFT = 96
"""Side, px: smaller crops do not keep what sets cameras apart."""


def check_classes(classes: tuple[str, ...]) -> None:
    """Hold names of classes to what can be shown and written anywhere.

    Raises:
        MienError: they are fewer than two or more than a thousand, two are the same, or one is empty, longer than 100
            letters or no text of one line.
    """
    if not 2 <= len(classes) <= _MOST_CLASSES or len(set(classes)) != len(classes):
        raise MienError(language.tr("Config: classes must be 2 to {} different names.").format(_MOST_CLASSES))
    for name in classes:
        if not 1 <= len(name) <= _LONGEST_CLASS or not is_plain(name):
            text = language.tr("Config: {} cannot be a class's name: use a line of 1 to {} letters.")
            raise MienError(text.format(brief(name), _LONGEST_CLASS))


def check_new_classes(classes: tuple[str, ...]) -> None:
    """Refuse classes that a model cannot be taught, or with which nothing could be recorded later.

    Raises:
        MienError: see `check_classes`, or a name has in it what parts the classes of a set in tables.
    """
    check_classes(classes)
    for name in classes:
        if OR in f"{name} ":
            text = language.tr("No class can be called '{}': in tables '{}' parts one class from another. Rename it.")
            raise MienError(text.format(name, OR.strip()))


@dataclass(frozen=True)
class NetworkConfig:
    """Everything that fixes the shape of a network; it travels with the weights, in their model card."""

    backbone: str = "deit_tiny_pooled"
    input_size: int = field(default=112, metadata=within(16, 1024))
    """Side of the backbone's square input, px."""
    crop_size: int = field(default=48, metadata=within(8, 512))
    """Side of the crops that it takes, px: larger faces are reduced to it, smaller ones enlarged bilinearly."""
    channels: int = 1
    """1: grey faces (FERPlus is grey), 3: RGB."""
    standardise: bool = False
    """Take each face's own brightness and contrast out in front of the resizer, and give its output the same brightness
    and contrast as its input."""
    up: Up = "sr"
    """sr enlarges a small crop 2, 4 or 8 times; blind-sr restores the detail of one that was enlarged already."""
    down: Down = "ltr"
    oversampling: float = field(default=1.5, metadata=within(0, 8))
    """The enlarged crop is at least this many times `input_size`. The paper enlarges 48 px to 384 in front of 224, 1.7
    times more than is needed, so that the learned resizer can choose."""
    stn: bool = False
    sr_width: int = field(default=24, metadata=within(1, 1024))
    sr_blocks: int = field(default=3, metadata=within(1, 64))
    """Of blind-sr."""
    ltr_width: int = field(default=16, metadata=within(1, 1024))
    ltr_blocks: int = field(default=1, metadata=within(0, 64))
    ltr_patch: int = field(default=1, metadata=within(1, 64))
    """Side of the blocks of pixels that the learned resizer treats as one place, px: 1 as published, 4 for speed."""
    head_width: int = field(default=512, metadata=within(1, 16384))
    """Of the head's first hidden layer."""
    head_layers: int = field(default=1, metadata=within(1, 8))
    """Number of the head's hidden layers, each half as wide as the one before."""
    head_dropout: float = field(default=0.5, metadata=within(0, 1))
    balancing: Balancing = "none"
    """Reliability balancing: what corrects unsure predictions."""
    anchors: int = field(default=10, metadata=within(1, 1000))
    """Of each class."""
    anchor_width: int = field(default=64, metadata=within(1, 4096))
    """Dimensions of the space in which the anchors lie."""
    anchor_heads: int = field(default=4, metadata=within(1, 64))
    """Of the attention over the anchors."""
    anchor_delta: float = field(default=0.1, metadata=within(0.001, 100))
    """Distance on the unit sphere over which an anchor's weight falls to 1/e."""
    mirrored: bool = False
    """In use, also classify each face's mirror image and average both; training learns from mirrored faces anyway. It
    costs a second pass of the backbone."""
    unlikeness: bool = False
    """Whether a neuron measures how unlike a face is to those of the validation split; set once it is fitted, after the
    training."""
    domain_shift: bool = False
    """Whether a neuron tells pictures from elsewhere from those of the training's source; fitted likewise."""
    classes: tuple[str, ...] = EXPRESSIONS
    """See `check_classes`."""

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("up", self.up, get_args(Up)),
            ("down", self.down, get_args(Down)),
            ("channels", self.channels, (1, 3)),
            ("balancing", self.balancing, get_args(Balancing)),
        ):
            if value not in allowed:
                text = language.tr("Config: {} = {} is none of {}.")
                raise MienError(text.format(name, repr(value), ", ".join(map(str, allowed))))
        check_ranges(self, "Config")
        check_classes(self.classes)
        if self.head_width < 2 ** (self.head_layers - 1):
            raise MienError(language.tr("Config: head_width must be at least 2 ** (head_layers - 1)."))
        if not re.fullmatch(r"[\w.-]{1,100}", self.backbone):  # timm fetches `hf-hub:...` and reads `local-dir:...`
            raise MienError(language.tr("Config: backbone must be a name of letters, digits, '_', '-' and '.'."))
        if self.up == "blind-sr" and self.crop_size % 4:
            raise MienError(language.tr("Config: crop_size must be divisible by 4 for blind-sr."))
        if self.down == "ltr" and (self.crop_size % self.ltr_patch or self.input_size % self.ltr_patch):
            raise MienError(language.tr("Config: ltr_patch must divide crop_size and input_size."))
        if self.domain_shift and self.crop_size < SMALLEST_FOR_DOMAIN_SHIFT:
            text = language.tr("Config: crop_size must be at least {} for domain_shift.")
            raise MienError(text.format(SMALLEST_FOR_DOMAIN_SHIFT))
        if self.anchor_width % self.anchor_heads:
            raise MienError(language.tr("Config: anchor_heads must divide anchor_width."))
