"""From FERPlus's ten votes to labels (Barsoum et al. 2016)."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Rule = Literal["majority", "argmax", "votes"]
"""How votes become a label. It changes accuracy by 3 to 4 points, so that every figure names it."""

COLUMNS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
"""What FERPlus's first eight vote columns count; then come "unknown" and "not a face"."""
_COUNT = len(COLUMNS)


def label(votes: NDArray[np.number], rule: Rule) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
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
    counts, classes = votes.astype(np.float32), np.eye(_COUNT, dtype=np.float32)
    if rule == "argmax":
        winner = counts.argmax(1)
        return classes[winner.clip(max=_COUNT - 1)], winner < _COUNT
    agreed = np.where(counts > 1, counts, np.float32(0))
    winner = agreed.argmax(1)
    is_expression = winner < _COUNT
    if rule == "majority":
        keep = is_expression & (agreed.max(1) > 0.5 * agreed.sum(1))
        return classes[winner.clip(max=_COUNT - 1)], keep
    expressions = agreed[:, :_COUNT]
    total = expressions.sum(1)
    return expressions / total.clip(min=1)[:, None], is_expression & (total >= 4)
