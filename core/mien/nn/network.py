"""The whole network: crop -> super-resolution -> (STN) -> learned resizer -> backbone -> head -> (balancing)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from mien.nn import backbones, interpolation
from mien.nn.balancing import Balanced, ReliabilityBalancing
from mien.nn.config import NetworkConfig
from mien.nn.contrast import contrast, restandardised
from mien.nn.domain_shift import DomainShift
from mien.nn.head import mlp_head
from mien.nn.resizer import LearnedResizer, bilinear
from mien.nn.stn import SpatialTransformer
from mien.nn.superres import BlindSuperResolution, SuperResolution, factor_for
from mien.nn.unlikeness import Unlikeness

# What a standardised face is brought to in front of the backbone's own normalisation: about the mean and the standard
# deviation of photographed faces (FERPlus's, 0..1), which the backbones' initial weights expect.
_MEAN, _DEVIATION = 0.5, 0.2


def best_device() -> torch.device:
    """Where a network runs fastest here: CUDA where there is a usable GPU, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@dataclass(frozen=True)
class Stages:
    """What becomes of a batch of crops on its way through the network; pictures are (B, channels, h, w), about 0..1."""

    enlarged: Tensor
    """After super-resolution (or interpolation)."""
    resized: Tensor
    """The picture that the backbone sees, before normalisation: (B, channels, input_size, input_size)."""
    logits: Tensor
    """(B, C); with balancing the logarithms of the corrected probabilities. In use they are softer the more a face is
    unlike those that the model learned from, or comes from elsewhere."""
    balanced: Balanced | None
    """How the predictions were corrected; None without balancing."""
    embedding: Tensor
    """(B, F): the backbone's output."""
    unlikeness: Tensor | None = None
    """(B,), 0 for the median validation face, 1 for one in a hundred; None of a network that does not measure it."""
    softening: Tensor | None = None
    """(B, 2): what the logits were divided by because the picture may come from elsewhere, and what they would be if it
    were known to; None of a network that does not tell."""

    def results(self) -> tuple[Tensor, ...]:
        """What a runtime hands on, in the order that `mien.runtimes.Output.of` names."""
        balanced = self.balanced
        corrected = () if balanced is None else (balanced.logits, balanced.parts, balanced.shares)
        unlike = () if self.unlikeness is None else (self.unlikeness,)
        shift = () if self.softening is None else (self.softening,)
        return self.logits, self.resized, *corrected, *unlike, *shift


class ExpressionNetwork(nn.Module):
    """The Neural Resizer in front of a transformer (Hwang et al. 2022, Fig. 1).

    The config can replace each stage by plain interpolation, which gives every row of the paper's tables. The
    super-resolution is ours: see `mien.nn.superres`.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, config: NetworkConfig, *, pretrained: bool = False, drop_path: float = 0.0) -> None:
        super().__init__()
        self.config = config
        self.superres: SuperResolution | BlindSuperResolution | None = None
        if config.up == "sr":
            self.superres = SuperResolution(config.channels, config.sr_width)
        elif config.up == "blind-sr":
            self.superres = BlindSuperResolution(config.channels, config.sr_width, config.sr_blocks)
        self.stn = SpatialTransformer(config.channels) if config.stn else None
        self.resizer = (
            LearnedResizer(config.channels, config.ltr_width, config.ltr_blocks, config.ltr_patch)
            if config.down == "ltr"
            else None
        )
        self.backbone = backbones.create(config.backbone, config.input_size, pretrained=pretrained, drop_path=drop_path)
        width = self.backbone.num_features
        assert isinstance(width, int)
        self.head = mlp_head(
            width, len(config.classes), config.head_width, config.head_dropout, layers=config.head_layers
        )
        self.balancing = ReliabilityBalancing(width, config) if config.balancing != "none" else None
        self.unlikeness = Unlikeness(width) if config.unlikeness else None
        self.domain_shift = DomainShift(width, config.crop_size) if config.domain_shift else None
        mean, std = backbones.normalisation(config.backbone)
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)
        # The resizer's few channels are 1.6 times faster in this order.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def stages(self, x: Tensor, correction_strength: float = 1.0) -> Stages:
        """Classify, and keep the pictures on the way.

        Args:
            x: (B, channels, h, w) crops, 0..1, of any size from 8 px.
            correction_strength: how much balancing corrects, 0..1; less than 1 in training only.

        Raises:
            ValueError: `x` has another shape.
        """
        enlarged, resized, seen = self.pictures(x)
        mirrored = self.config.mirrored and not self.training
        if mirrored:
            seen = torch.cat([seen, seen.flip(-1)])
        embedding = self.backbone(self.normalised(seen))
        logits: Tensor = self.head(embedding)
        if mirrored:  # (2 B, n) -> (B, n)
            embedding, logits = (both.unflatten(0, (2, -1)).mean(0) for both in (embedding, logits))
        balanced = None
        if self.balancing is not None:
            logits, balanced = self.balancing(embedding, logits, correction_strength)
        softening = None
        if self.domain_shift is not None:
            softening = self.domain_shift.temperatures(self.domain_shift(x, embedding))
            if not self.training:
                logits = logits / softening[:, :1]
        unlike = None
        if self.unlikeness is not None:
            unlike = self.unlikeness(embedding)
            if not self.training:
                logits = self.unlikeness.soften(logits, unlike)
        return Stages(enlarged, resized, logits, balanced, embedding, unlike, softening)

    def pictures(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Run only what comes before the backbone.

        Args:
            x: as in `stages`.

        Returns:
            `Stages.enlarged`, `Stages.resized`, and the latter as `normalised` takes it.

        Raises:
            ValueError: `x` has another shape.
        """
        channels, target = self.config.channels, self.config.input_size
        if x.ndim != 4 or x.shape[1] != channels or min(x.shape[2:]) < 8:
            raise ValueError(f"crops must be (B, {channels}, h, w) with h and w from 8 px, not {tuple(x.shape)}")
        own = None
        if self.config.standardise:
            own = contrast(x)
            x = own.take_out(x)
        enlarged = self._enlarged(x)
        if self.stn is not None:
            enlarged = self.stn(enlarged)
        if self.resizer is not None:
            resized: Tensor = self.resizer(enlarged, target)
        else:
            assert self.config.down != "ltr"
            resized = interpolation.resized(enlarged, (target, target), self.config.down)
        if own is None:
            return enlarged, resized, resized
        resized = restandardised(resized, bilinear(x, target))
        return own.put_back(enlarged), own.put_back(resized), resized

    def normalised(self, x: Tensor) -> Tensor:
        """Normalise for the backbone.

        Args:
            x: (B, channels, s, s), standardised where the config says so, else 0..1.

        Returns:
            (B, 3, s, s).
        """
        if self.config.standardise:
            x = x * _DEVIATION + _MEAN
        rgb = x.expand(-1, 3, -1, -1) if self.config.channels == 1 else x
        normal: Tensor = (rgb - self.mean) / self.std
        return normal

    def _enlarged(self, x: Tensor) -> Tensor:
        if self.config.up == "blind-sr":
            assert isinstance(self.superres, BlindSuperResolution)
            return self.superres(bilinear(x, self.config.crop_size))  # type: ignore[no-any-return]
        factor = factor_for(min(x.shape[2:]), self.config.input_size, self.config.oversampling)
        if self.config.up == "sr":
            assert isinstance(self.superres, SuperResolution)
            return self.superres(x, factor)  # type: ignore[no-any-return]
        if factor > 1:
            return interpolation.resized(x, (x.shape[-2] * factor, x.shape[-1] * factor), self.config.up)
        return x

    def forward(self, x: Tensor) -> Tensor:
        """(B, channels, h, w) crops, 0..1 -> (B, C) logits."""
        return self.stages(x).logits
