"""What a training step minimises."""

from torch import Tensor, nn
from torch.nn import functional as F

from mien.losses import ExpressionLoss, distillation
from mien.nn.network import NeuralResizer, Stages
from mien.nn.superres import restoration_loss, shrink


class Objective(nn.Module):
    """The network and its loss as one module, so that it can be spread over several processes as one."""

    def __init__(
        self,
        network: NeuralResizer,
        loss: ExpressionLoss,
        *,
        restoration: float,
        distil: float,
        distil_temperature: float,
        anchor_loss: float = 0.0,
        center_loss: float = 0.0,
    ) -> None:
        super().__init__()
        self.network = network
        self.loss = loss
        self.restoration = restoration
        self.distil = distil
        self.distil_temperature = distil_temperature
        self.anchor_loss = anchor_loss
        self.center_loss = center_loss

    def forward(self, poor: Tensor, clean: Tensor, labels: Tensor, lesson: Tensor | None, trust: float = 1.0) -> Tensor:
        """The loss of a batch.

        Args:
            poor: (B, channels, s, s) degraded faces, which the network sees.
            clean: the same faces before degradation.
            labels: (B, C) label distributions.
            lesson: (B, C) probabilities that the teachers give these faces, or None.
            trust: how much the network's balancing, where it has one, corrects and its anchors learn, 0..1.
        """
        stages: Stages = self.network.stages(poor, trust)
        total = self.loss(stages.logits, labels)
        if lesson is not None and self.distil:
            taught = distillation(stages.logits, lesson.clamp(min=1e-8).log(), self.distil_temperature)
            total = (1 - self.distil) * total + self.distil * taught
        if self.restoration and self.network.superres is not None:
            total = total + self.restoration * self._picture_loss(stages, clean)
        return total + trust * self._anchors_loss(stages, labels)

    def _anchors_loss(self, stages: Stages, labels: Tensor) -> Tensor | float:
        balancing = self.network.balancing
        # Attention alone uses the anchors as keys; where they lie does not matter then.
        if balancing is None or stages.balanced is None or not balancing.by_distance:
            return 0.0
        near = balancing.center_loss(stages.balanced, labels.argmax(1))
        return self.anchor_loss * balancing.anchor_loss() + self.center_loss * near

    def _picture_loss(self, stages: Stages, clean: Tensor) -> Tensor:
        assert self.network.superres is not None
        loss = restoration_loss(self.network.superres, clean)
        if self.network.stn is None:
            # The enlarged poor face, brought back to its size, shall look like the clean one.
            loss = loss + F.l1_loss(shrink(stages.enlarged, clean.shape[-1]), clean)
        return loss
