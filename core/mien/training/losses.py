"""The losses on labels: those of the Neural Resizer (Hwang et al. 2022, Sec. 3.3), by name.

With p = softmax(z), a label distribution t (one-hot, or the annotators' votes), its class y, and the prior label
distribution d_y of that class, PDLS smooths the label to q = a t + (1 - a) d_y. F-PDLS differs between the authors'
code and their poster: `fpdls` is the code's, `fpdls-poster` the poster's.

To add a loss, write a function like those below under a line `@register("its name")`. Configs, `mien train --loss`, the
Train page and the tests of every loss take it from there.

PyTorch, which takes seconds to import, is not imported here: the window lists the losses when it opens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mien import language
from mien.errors import MienError

if TYPE_CHECKING:
    from torch import Tensor


class LossTerms(Protocol):
    """What a loss adds up."""

    def __call__(self, log_p: "Tensor", labels: "Tensor", options: "ExpressionLoss", /) -> "Tensor":
        """Compute each class's share of each face's loss.

        Args:
            log_p: (B, C) log-probabilities.
            labels: (B, C), rows sum to 1.
            options: `a`, `gamma` and, for losses that need it, `prior`.

        Returns:
            (B, C); a row's sum is that face's loss.
        """
        ...


@dataclass(frozen=True)
class LossKind:
    """A registered loss."""

    terms: LossTerms
    needs_prior: bool
    summary: str
    """How the Train page offers it; empty: it stands only in configs."""


LOSSES: dict[str, LossKind] = {}


def register(name: str, *, needs_prior: bool = False, summary: str = "") -> Callable[[LossTerms], LossTerms]:
    """Make the function below it a loss that can be asked for by name.

    Args:
        name: in configs and on the command line.
        needs_prior: whether it uses the prior label distribution, which is then computed from the training faces.
        summary: see `LossKind`.
    """

    def keep(terms: LossTerms) -> LossTerms:
        LOSSES[name] = LossKind(terms, needs_prior, summary)
        return terms

    return keep


@dataclass(frozen=True)
class ExpressionLoss:
    """A registered loss with its options, ready to be called on logits and labels."""

    name: str = "fpdls"
    a: float = 0.8
    """Share of the given label; the rest is the uniform distribution (ls) or the prior (pdls, fpdls)."""
    gamma: float = 2.0
    """Focus: how far confident classes are played down (fpdls)."""
    prior: "Tensor | None" = None
    """(C, C), row y is the prior label distribution of class y."""
    class_weights: "Tensor | None" = None
    """(C,) factor on each class's share of the loss; None weighs all alike."""

    def __post_init__(self) -> None:
        if self.name not in LOSSES:
            raise MienError(f"No loss is called '{self.name}'. There are: {', '.join(LOSSES)}.")
        if LOSSES[self.name].needs_prior and self.prior is None:
            raise MienError(f"The loss '{self.name}' needs a prior label distribution.")

    def __call__(self, logits: "Tensor", labels: "Tensor") -> "Tensor":
        """The mean loss of a batch, a scalar.

        Args:
            logits: (B, C).
            labels: (B, C) label distributions, rows sum to 1.
        """
        terms = LOSSES[self.name].terms(logits.float().log_softmax(1), labels, self)
        if self.class_weights is not None:
            terms = terms * self.class_weights.to(terms)
        return terms.sum(1).mean()


@register("ce", summary=language.mark("the labels as they are"))
def _cross_entropy(log_p: "Tensor", labels: "Tensor", options: ExpressionLoss) -> "Tensor":
    return -labels * log_p


@register("ls", summary=language.mark("a little doubt about every label"))
def _label_smoothing(log_p: "Tensor", labels: "Tensor", options: ExpressionLoss) -> "Tensor":
    return -(options.a * labels + (1 - options.a) / labels.shape[1]) * log_p


@register("pdls", needs_prior=True)
def _pdls(log_p: "Tensor", labels: "Tensor", options: ExpressionLoss) -> "Tensor":
    """Prior distribution label smoothing: -sum_c q_c log p_c."""
    assert options.prior is not None
    q = options.a * labels + (1 - options.a) * options.prior.to(labels)[labels.argmax(1)]
    return -q * log_p


@register("fpdls", needs_prior=True, summary=language.mark("doubt where classes look alike (F-PDLS)"))
def _fpdls(log_p: "Tensor", labels: "Tensor", options: ExpressionLoss) -> "Tensor":
    """-sum_c q_c (1 - p_c)^gamma log p_c."""
    return _focus(log_p, options.gamma) * _pdls(log_p, labels, options)


@register("fpdls-poster", needs_prior=True)
def _fpdls_poster(log_p: "Tensor", labels: "Tensor", options: ExpressionLoss) -> "Tensor":
    """sum_c (1 - p_c)^gamma times the PDLS loss."""
    return _focus(log_p, options.gamma).sum(1, keepdim=True) * _pdls(log_p, labels, options)


def _focus(log_p: "Tensor", gamma: float) -> "Tensor":
    return (1 - log_p.exp()).clamp(min=0) ** gamma


def inverse_frequencies(targets: "Tensor", classes: int) -> "Tensor":
    """Weights that give every class the same sum over the faces, with a mean of 1 over the faces.

    Args:
        targets: (N,) int64 classes.
        classes: how many there are.

    Returns:
        (classes,).
    """
    counts = targets.bincount(minlength=classes)
    present = (counts > 0).sum()
    weights: Tensor = len(targets) / (present * counts.clamp(min=1))
    return weights
