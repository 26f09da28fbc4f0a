"""The losses of the Neural Resizer (Hwang et al. 2022, Sec. 3.3).

With p = softmax(z), a true label distribution t (one-hot, or the annotators' votes), its class y, and the prior
label distribution d_y of that class, the target is q = a t + (1 - a) d_y.

F-PDLS is not the same in the authors' code and on their poster; `fpdls` is the code's, `fpdls-poster` the poster's.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from torch import Tensor
from torch.nn import functional as F

from mien.errors import MienError

LossName = Literal["ce", "ls", "pdls", "fpdls", "fpdls-poster"]


@dataclass(frozen=True)
class ExpressionLoss:
    """One of the paper's losses, ready to be called on logits and label distributions."""

    name: LossName = "fpdls"
    a: float = 0.8
    """Share of the given label; the rest is the uniform distribution (ls) or the prior (pdls, fpdls)."""
    gamma: float = 2.0
    """Focus: how much the confident classes are played down (fpdls)."""
    prior: Tensor | None = None
    """(C, C), row y is the prior label distribution of class y; needed by pdls and fpdls."""
    class_weights: Tensor | None = None
    """(C,) factor on each class's share of the loss; None weighs all alike."""

    def __post_init__(self) -> None:
        if self.name not in get_args(LossName):
            raise MienError(f"No loss is called '{self.name}'. There are: {', '.join(get_args(LossName))}.")
        if "pdls" in self.name and self.prior is None:
            raise MienError(f"The loss '{self.name}' needs a prior label distribution.")

    def target(self, labels: Tensor) -> Tensor:
        """The smoothed target q for (B, C) label distributions."""
        if self.name == "ce":
            return labels
        if self.name == "ls":
            return self.a * labels + (1 - self.a) / labels.shape[1]
        assert self.prior is not None
        prior = self.prior.to(labels)
        return self.a * labels + (1 - self.a) * prior[labels.argmax(1)]

    def __call__(self, logits: Tensor, labels: Tensor) -> Tensor:
        """The mean loss of a batch.

        Args:
            logits: (B, C).
            labels: (B, C), rows sum to 1.

        Returns:
            A scalar. ce, ls, pdls: -sum_c q_c log p_c; fpdls: -sum_c q_c (1 - p_c)^g log p_c;
            fpdls-poster: sum_c (1 - p_c)^g times the pdls loss.
        """
        q = self.target(labels)
        if self.class_weights is not None:
            q = q * self.class_weights.to(q)
        log_p = F.log_softmax(logits.float(), dim=1)
        if not self.name.startswith("fpdls"):
            return -(q * log_p).sum(1).mean()
        focus = (1 - log_p.exp()).clamp(min=0) ** self.gamma
        if self.name == "fpdls":
            return -(q * focus * log_p).sum(1).mean()
        return (focus.sum(1) * -(q * log_p).sum(1)).mean()


def inverse_frequencies(targets: Tensor, classes: int) -> Tensor:
    """(C,) weights that give every class the same sum over (N,) targets, with a mean of 1 over the faces."""
    counts = targets.bincount(minlength=classes)
    present = (counts > 0).sum()
    weights: Tensor = len(targets) / (present * counts.clamp(min=1))
    return weights


def distillation(logits: Tensor, teacher_logits: Tensor, temperature: float = 2.0) -> Tensor:
    """Kullback-Leibler divergence from a teacher's softened distribution (Hinton et al. 2015).

    Args:
        logits: (B, C) of the student.
        teacher_logits: (B, C).
        temperature: softens both; the result is scaled by its square, so that gradients keep their size.
    """
    student = F.log_softmax(logits.float() / temperature, dim=1)
    teacher = F.log_softmax(teacher_logits.float() / temperature, dim=1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * temperature**2
