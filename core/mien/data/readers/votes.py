"""From FERPlus's ten votes to labels (Barsoum et al. 2016), and the prior that F-PDLS needs."""

from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F

Rule = Literal["majority", "argmax", "votes"]
"""How votes become a label. It changes accuracy by 3 to 4 points, so that every figure names it."""

COLUMNS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
"""What FERPlus's first eight vote columns count; then come "unknown" and "not a face"."""
_COUNT = len(COLUMNS)


def label(votes: Tensor, rule: Rule) -> tuple[Tensor, Tensor]:
    """Label faces by their votes.

    majority: single votes are dropped; the winner must have more than half of the rest.
    argmax: the column with the most votes wins, whatever its share.
    votes: the distribution over the eight expressions without single votes, for faces whose winner is an
    expression and which keep at least four votes for expressions.
    A face whose winner is "unknown" or "not a face" is always left out.

    Args:
        votes: (N, 10) counts.

    Returns:
        (N, 8) float32 distributions, and a (N,) bool mask of the faces that the rule keeps. Rows that it does
        not keep are meaningless.
    """
    counts = votes.float()
    if rule == "argmax":
        winner = counts.argmax(1)
        return F.one_hot(winner.clamp(max=_COUNT - 1), _COUNT).float(), winner < _COUNT
    agreed = torch.where(counts > 1, counts, 0.0)
    winner = agreed.argmax(1)
    is_expression = winner < _COUNT
    if rule == "majority":
        keep = is_expression & (agreed.max(1).values > 0.5 * agreed.sum(1))
        return F.one_hot(winner.clamp(max=_COUNT - 1), _COUNT).float(), keep
    expressions = agreed[:, :_COUNT]
    total = expressions.sum(1)
    return expressions / total.clamp(min=1)[:, None], is_expression & (total >= 4)


def prior(votes: Tensor) -> Tensor:
    """The prior label distributions of PDLS (Hwang et al. 2022, Sec. 3.3).

    A face belongs to the expression with the most votes, if that has at least half of all; row k is the mean
    vote distribution over the faces of class k.

    Args:
        votes: (N, 10) counts of the training split.

    Returns:
        (8, 8); rows sum to 1. A class without faces gets the uniform distribution.
    """
    counts = votes.float()
    expressions = counts[:, :_COUNT]
    winner = expressions.argmax(1)
    keep = expressions.max(1).values >= 0.5 * counts.sum(1)
    shares = expressions / expressions.sum(1, keepdim=True).clamp(min=1)
    rows = []
    for k in range(_COUNT):
        members = shares[keep & (winner == k)]
        rows.append(members.mean(0) if len(members) else torch.full((_COUNT,), 1 / _COUNT))
    return torch.stack(rows)


def prior_for(classes: tuple[str, ...], votes_prior: Tensor, names: tuple[str, ...]) -> Tensor:
    """The prior for the classes of another dataset: the matching rows and columns; each row sums to 1 again.

    Args:
        classes: those of the dataset.
        votes_prior: (8, 8), from `prior`.
        names: the classes of its rows.

    Returns:
        (C, C). The row of a class without a match is uniform (label smoothing).
    """
    size = len(classes)
    result = torch.full((size, size), 1.0 / size)
    index = [names.index(c) if c in names else -1 for c in classes]
    known = [i for i, k in enumerate(index) if k >= 0]
    if len(known) < 2:
        return result
    columns = [index[i] for i in known]
    for i in known:
        row = votes_prior[index[i], columns]
        result[i] = 0.0
        result[i, known] = row / row.sum()
    return result
