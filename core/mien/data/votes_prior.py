"""The prior label distributions that F-PDLS needs, from FERPlus's ten votes."""

import torch
from torch import Tensor

from mien.data.readers.votes import COLUMNS

_COUNT = len(COLUMNS)


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


def prior_for(classes: tuple[str, ...], votes_prior: Tensor) -> Tensor:
    """The prior for the classes of another dataset: the matching rows and columns; each row sums to 1 again.

    Args:
        classes: those of the dataset.
        votes_prior: (8, 8), from `prior`.

    Returns:
        (C, C). The row of a class without a match is uniform (label smoothing).
    """
    size = len(classes)
    result = torch.full((size, size), 1.0 / size)
    index = [COLUMNS.index(c) if c in COLUMNS else -1 for c in classes]
    known = [i for i, k in enumerate(index) if k >= 0]
    if len(known) < 2:
        return result
    columns = [index[i] for i in known]
    for i in known:
        row = votes_prior[index[i], columns]
        result[i] = 0.0
        result[i, known] = row / row.sum()
    return result
