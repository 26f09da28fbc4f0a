"""Reliability balancing (Wasi et al. 2023, ARBEx, Sec. 3.3): learned anchors and attention correct unsure predictions.

Everything is computed with logarithms of probabilities. Where a softmax saturates, a probability becomes 0 and a
confidence exactly 1, and nothing could be learned from a face that is confidently misclassified; logarithms stay exact.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.nn.config import NetworkConfig

_TINY = 1e-30  # what a logarithm is taken of at least; single precision ends at 1e-38
_EPS = 1e-4  # small beside squared lengths of about 1; keeps the gradients of roots and unit vectors finite


@dataclass(frozen=True)
class Balanced:
    """How a batch of predictions was corrected. Distributions are (B, C), confidences (B,), 0..1."""

    logits: Tensor
    """(B, C) the classifier's own, before correction."""
    probabilities: Tensor
    """The distribution that they stand for."""
    confidence: Tensor
    """Of `probabilities`."""
    anchors: Tensor | None
    """The distribution that the distances to the anchors suggest; None where this part is off."""
    anchors_confidence: Tensor | None
    attention: Tensor | None
    """The distribution that attention over the anchors suggests; None where this part is off."""
    attention_confidence: Tensor | None
    corrected: Tensor
    embedding: Tensor
    """(B, d) unit vectors: where the faces lie among the anchors."""

    @property
    def parts(self) -> Tensor:
        """(B, 3, C) the distributions of classifier, anchors and attention; zero where a part is off."""
        nothing = torch.zeros_like(self.probabilities)
        suggested = [nothing if part is None else part for part in (self.anchors, self.attention)]
        return torch.stack([self.probabilities, *suggested], 1)

    @property
    def shares(self) -> Tensor:
        """(B, 3) the weights, which add to 1, by which `parts` are averaged to `corrected`."""
        nothing = torch.zeros_like(self.confidence)
        sure = (self.anchors_confidence, self.attention_confidence)
        weights = torch.stack([nothing if part is None else part + _EPS for part in sure], 1)
        handed_over = (1 - self.confidence).unsqueeze(1)
        return torch.cat([1 - handed_over, handed_over * weights / weights.sum(1, keepdim=True)], 1)


def doubt(log_p: Tensor) -> Tensor:
    """Normalised entropy of log-probabilities (..., C) -> (...), 0..1. A confidence is 1 minus this (Sec. 3.3)."""
    # Detached: as the probabilities sum to 1, the other half of the product rule adds up to zero; left in, it would
    # drown the gradient of a confident prediction in rounding errors.
    entropy = -(log_p.exp() * log_p.detach()).sum(-1)
    return (entropy / math.log(log_p.shape[-1])).clamp(0, 1)


def correct(log_p: Tensor, suggestions: list[Tensor], strength: float = 1.0) -> Tensor:
    """The corrected distribution, conf(P) P + (1 - conf(P)) G (Sec. 3.3), in training as in use.

    G is the mean of the suggested distributions, each weighted by its confidence.

    Args:
        log_p: (B, C) log-probabilities of the classifier.
        suggestions: one or two (B, C) log-probabilities.
        strength: how much of the correction is made, 0..1; in training it grows to 1.

    Returns:
        (B, C) log-probabilities.
    """
    # _EPS: two suggestions without any confidence are averaged, not divided by zero.
    weights = torch.stack([1 - doubt(s) + _EPS for s in suggestions])
    shares = (weights / weights.sum(0)).log().unsqueeze(-1)
    log_g = torch.logsumexp(torch.stack(suggestions) + shares, 0)
    handed_over = strength * doubt(log_p).unsqueeze(-1)
    own = (1 - handed_over).clamp(min=_TINY).log() + log_p
    return torch.logaddexp(own, handed_over.clamp(min=_TINY).log() + log_g)


def unit(x: Tensor) -> Tensor:
    """(..., d) vectors scaled to length 1; a zero vector stays zero."""
    return x * torch.rsqrt(x.square().sum(-1, keepdim=True) + _EPS)


def _cosines(a: Tensor, b: Tensor) -> Tensor:
    """(A, d), (B, d) unit vectors -> (A, B) their scalar products.

    No matrix product, which mixed precision would make in half precision: distances of vectors near each other would be
    off by a third of `anchor_delta`.
    """
    return (a[:, None] * b).sum(-1)


class AnchorAttention(nn.Module):
    """A distribution from multi-head attention of each face's own embedding over all anchors (Sec. 3.3).

    The anchors are the only keys: the faces of a batch do not see each other.
    """

    def __init__(self, width: int, heads: int, classes: int) -> None:
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, classes)

    def forward(self, embedding: Tensor, anchors: Tensor) -> Tensor:
        """(B, d) embeddings and (n, d) anchors, unit vectors -> (B, C) log-probabilities."""
        width = self.heads * self.head_width
        scale = width**0.5  # coordinates of about 1, for which the layers' initial weights are made
        q = self.query(scale * embedding).view(-1, 1, self.heads, self.head_width).transpose(1, 2)
        kv = self.key_value(scale * anchors).view(1, -1, 2, self.heads, self.head_width).permute(2, 0, 3, 1, 4)
        weights = (q @ kv[0].transpose(-2, -1) * self.head_width**-0.5).softmax(-1)  # (B, heads, 1, n)
        context = (weights @ kv[1]).reshape(-1, width)
        return F.log_softmax(self.out(context).float(), 1)


class ReliabilityBalancing(nn.Module):
    """Anchors, attention over them, and the correction, over any backbone's embedding.

    The embedding is projected to `anchor_width` dimensions; there embedding and anchors lie on the unit sphere.
    Distances are bounded, so that the losses are too and one `anchor_delta` fits every backbone. Ten anchors of eight
    classes in 64 dimensions cost 0.7 million products a face, under 1% of the smallest backbone here; attention in the
    backbone's own width would cost ten times that.
    """

    def __init__(self, features: int, config: NetworkConfig) -> None:
        super().__init__()
        classes, width = len(config.classes), config.anchor_width
        self.delta = config.anchor_delta
        self.by_distance = config.balancing in ("anchors", "both")
        self.project = nn.Linear(features, width)
        # Anchors that start at zero, or all at one place, have no direction in which to part.
        self.anchors = nn.Parameter(0.1 * torch.randn(classes, config.anchors, width))
        self.attention = (
            AnchorAttention(width, config.anchor_heads, classes) if config.balancing in ("attention", "both") else None
        )

    def forward(self, embedding: Tensor, logits: Tensor, correction_strength: float = 1.0) -> tuple[Tensor, Balanced]:
        """Correct a batch of predictions.

        Args:
            embedding: (B, features) of the backbone.
            logits: (B, C) of the classifier.
            correction_strength: see `correct`.

        Returns:
            (B, C) log-probabilities of the corrected distribution, and how they came about.
        """
        log_p = F.log_softmax(logits.float(), 1)
        own, anchors = unit(self.project(embedding).float()), unit(self.anchors.float())
        by_distance = self._by_distance(own, anchors) if self.by_distance else None
        attended = self.attention(own, anchors.flatten(0, 1)) if self.attention is not None else None
        log_corrected = correct(log_p, [s for s in (by_distance, attended) if s is not None], correction_strength)
        balanced = Balanced(
            logits=logits,
            probabilities=log_p.exp(),
            confidence=1 - doubt(log_p),
            anchors=None if by_distance is None else by_distance.exp(),
            anchors_confidence=None if by_distance is None else 1 - doubt(by_distance),
            attention=None if attended is None else attended.exp(),
            attention_confidence=None if attended is None else 1 - doubt(attended),
            corrected=log_corrected.exp(),
            embedding=own,
        )
        return log_corrected, balanced

    def _by_distance(self, own: Tensor, anchors: Tensor) -> Tensor:
        """(B, d), (C, K, d) unit vectors -> (B, C) log-probabilities: softmax of -distance / delta, summed over K."""
        distance = ((2 - 2 * _cosines(own, anchors.flatten(0, 1))).clamp(min=0) + _EPS).sqrt()
        log_s = F.log_softmax(-distance / self.delta, 1)
        return torch.logsumexp(log_s.view(-1, *self.anchors.shape[:2]), 2)

    def anchor_loss(self) -> Tensor:
        """How far anchors of different classes are from lying at right angles or wider: a scalar, 0 (they do) to 1.

        A hinge on the sphere instead of the published loss, which has no lower bound and drives the anchors
        to infinity.
        """
        anchors = unit(self.anchors.float())
        classes, per_class, _ = anchors.shape
        flat = anchors.flatten(0, 1)
        label = torch.arange(classes, device=flat.device).repeat_interleave(per_class)
        different = label[:, None] != label[None]
        return _cosines(flat, flat)[different].clamp(min=0).mean()

    def center_loss(self, balanced: Balanced, targets: Tensor) -> Tensor:
        """How far faces lie from the nearest anchor of their class, weighted by the classifier's confidence.

        Args:
            balanced: of this batch.
            targets: (L,) int64 classes of its first faces; the others have no label.

        Returns:
            A scalar, 0 to 2.
        """
        count = len(targets)
        own_class = unit(self.anchors.float())[targets]  # (B, K, d)
        nearest = (own_class * balanced.embedding[:count, None]).sum(-1).amax(1)
        # Detached: else lower confidence would lower the loss.
        return (balanced.confidence[:count].detach() * (1 - nearest)).mean()
