"""What a training step minimises."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.data.load import TrainingData
from mien.data.votes_prior import prior_for
from mien.nn.balancing import Balanced
from mien.nn.network import ExpressionNetwork, Stages
from mien.nn.superres import SuperResolution, restoration_loss, shrink
from mien.training.config import TrainConfig
from mien.training.distillation import distillation_loss
from mien.training.losses import LOSSES, ExpressionLoss, inverse_frequencies
from mien.training.prior import folder_prior
from mien.training.restoration import feature_distance


def build_loss(
    config: TrainConfig, data: TrainingData, network: ExpressionNetwork, device: torch.device | None = None
) -> ExpressionLoss:
    """The loss that a config asks for.

    Args:
        config: of the training.
        data: gives the prior label distribution, from votes where there are some, and the class weights.
        network: without votes, its embeddings give the prior.
        device: where the batches are; the CPU if not given.
    """
    prior = None
    if LOSSES[config.loss].needs_prior:
        if data.prior is not None:
            prior = prior_for(data.train.classes, data.prior)
        else:
            prior = folder_prior(network, data.train)
        prior = prior.to(device)
    weights = None
    if config.class_weights:
        weights = inverse_frequencies(data.train.targets, len(data.train.classes)).to(device)
    return ExpressionLoss(config.loss, config.loss_a, config.loss_gamma, prior, weights)


class Objective(nn.Module):
    """The network and its losses as one module, so that several processes can share it."""

    def __init__(self, network: ExpressionNetwork, loss: ExpressionLoss, config: TrainConfig) -> None:
        super().__init__()
        self.network = network
        self.loss = loss
        self.config = config

    def forward(
        self,
        poor: Tensor,
        clean: Tensor,
        labels: Tensor,
        teacher_targets: Tensor | None,
        correction_strength: float = 1.0,
    ) -> Tensor:
        """The loss of a batch.

        Args:
            poor: (B, channels, s, s) degraded faces, which the network sees.
            clean: (B, channels, s, s) the same faces before degradation.
            labels: (L, C) label distributions of the first L faces; the others, which have real detail, have none.
            teacher_targets: (B, C) the teachers' probabilities for these faces, or None.
            correction_strength: how much the network's balancing, where it has one, corrects and its anchors learn,
                0..1.

        Returns:
            A scalar.
        """
        config, labelled = self.config, len(labels)
        if not config.recognition:
            enlarged, resized, _ = self.network.pictures(poor)
            return self._picture_loss(enlarged, resized, clean, labelled)
        stages: Stages = self.network.stages(poor, correction_strength)
        total = self._picture_loss(stages.enlarged, stages.resized, clean, labelled)
        if labelled:
            share = 1 - config.distil if teacher_targets is not None else 1.0
            total = total + config.recognition * share * self.loss(stages.logits[:labelled], labels)
            total = total + correction_strength * self.anchors_loss(stages.balanced, labels)
        if teacher_targets is not None and config.distil:
            teacher_logits = teacher_targets.clamp(min=1e-8).log()
            taught = distillation_loss(stages.logits, teacher_logits, config.distil_temperature)
            total = total + config.recognition * config.distil * taught
        return total

    def anchors_loss(self, balanced: Balanced | None, labels: Tensor) -> Tensor | float:
        """What balancing with anchors adds: a scalar, for faces with (B, C) labels; 0 without it."""
        balancing = self.network.balancing
        # Attention alone uses the anchors only as keys; where they lie does not matter then.
        if balancing is None or balanced is None or not balancing.by_distance:
            return 0.0
        near = balancing.center_loss(balanced, labels.argmax(1))
        return self.config.anchor_loss * balancing.anchor_loss() + self.config.center_loss * near

    def _picture_loss(self, enlarged: Tensor, resized: Tensor, clean: Tensor, labelled: int) -> Tensor:
        config, stage = self.config, self.network.superres
        if self.network.config.standardise and self.network.resizer is not None:
            # What lies outside 0..1 cannot be shown and is no picture.
            outside = (resized - resized.clamp(0, 1)).abs().mean()
        else:
            outside = clean.new_zeros(())
        if stage is None or not config.restoration:
            return outside
        if isinstance(stage, SuperResolution):
            loss = restoration_loss(stage, clean)
            if self.network.stn is None:
                # The enlarged poor face, brought back to its size, shall look like the clean one.
                loss = loss + F.l1_loss(shrink(enlarged, clean.shape[-1]), clean)
            return outside + config.restoration * loss
        # Only faces without labels have detail to restore; FERPlus's faces end at 48 px.
        made, wanted = enlarged[labelled:], clean[labelled:]
        if not len(made):
            return outside
        loss = outside + config.restoration * F.l1_loss(made, wanted)
        return loss + config.features * feature_distance(self.network, made, wanted) if config.features else loss
