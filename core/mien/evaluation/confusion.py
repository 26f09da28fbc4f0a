"""Confusion matrices."""

import numpy as np
from numpy.typing import NDArray


def percent(matrix: list[list[int]]) -> NDArray[np.float64]:
    """Row percentages of a (C, C) confusion matrix; rows without faces stay zero."""
    counts = np.asarray(matrix, np.float64)
    share: NDArray[np.float64] = 100 * counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return share
