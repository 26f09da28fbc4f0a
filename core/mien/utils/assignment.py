"""The cheapest way to pair the rows of a table with its columns."""

import numpy as np
from numpy.typing import NDArray


def cheapest_pairs(costs: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pair each row with a column of its own, or each column with a row where there are fewer columns.

    The Hungarian method by shortest augmenting paths (Jonker and Volgenant 1987), as SciPy's `linear_sum_assignment`,
    to which a test holds it: SciPy has 140 MB and takes a fifth of a second to import, for some faces a frame.

    Args:
        costs: (N, M), finite.

    Returns:
        min(N, M) pairs of row and column whose costs have the least sum, in the order of the rows.
    """
    if costs.shape[0] > costs.shape[1]:
        return sorted((row, column) for column, row in cheapest_pairs(costs.T))
    rows, columns = costs.shape
    row_prices, column_prices = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for first in range(rows):
        least, before = np.full(columns, np.inf), np.full(columns, -1)
        done = np.zeros(columns, np.bool_)
        row, column, spent = first, -1, 0.0
        while row >= 0:  # until a column is free
            reach = spent + costs[row] - row_prices[row] - column_prices
            nearer = ~done & (reach < least)
            least[nearer], before[nearer] = reach[nearer], column
            column = int(np.where(done, np.inf, least).argmin())
            spent, row = least[column], row_of[column]
            done[column] = True
        row_prices[first] += spent
        passed = done & (row_of >= 0)
        row_prices[row_of[passed]] += spent - least[passed]
        column_prices[done] -= spent - least[done]
        while column >= 0:  # hand the columns on along the path
            earlier = int(before[column])
            row_of[column] = row_of[earlier] if earlier >= 0 else first
            column = earlier
    return sorted((int(row), column) for column, row in enumerate(row_of) if row >= 0)
