import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from mien.utils.assignment import cheapest_pairs


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1), (3, 3), (6, 9), (9, 6), (20, 20), (0, 3), (3, 0)])
def test_pairs_cost_what_scipys_cost(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(sum(shape))
    for costs in (random.random(shape), random.integers(0, 3, shape).astype(float), 1e6 * random.random(shape) ** 8):
        pairs = cheapest_pairs(costs)
        rows, columns = linear_sum_assignment(costs)
        assert len(pairs) == min(shape)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
        assert sum(costs[pair] for pair in pairs) == pytest.approx(costs[rows, columns].sum())
