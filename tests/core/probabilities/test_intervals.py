from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest

from mien.probabilities.intervals import paired_difference, wilson, with_interval


@pytest.mark.parametrize(("right", "n"), [(28, 28), (0, 10), (26, 28), (2717, 3153)])
def test_the_interval_is_wilsons(right: int, n: int) -> None:
    known = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right / n, n) == pytest.approx((known.low, known.high), abs=1e-6)


def test_it_is_written_beside_the_share() -> None:
    assert with_interval(1.0, 28) == "100.0% (87.9 to 100.0%)"
    assert wilson(0.0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("n", [10, 40, 150])
@pytest.mark.parametrize(("gained", "lost"), [(0.2, 0.1), (0.1, 0.1), (0.05, 0.01), (0.5, 0.05)])
def test_a_difference_lies_in_its_interval_as_often_as_it_says(n: int, gained: float, lost: float) -> None:
    own = cache(paired_difference)
    shares = (gained, lost, 1 - gained - lost)
    drawn = np.random.default_rng(0).multinomial(n, shares, size=4000).tolist()
    held = np.mean([low <= gained - lost <= high for low, high in (own(up, down, n) for up, down, _ in drawn)])
    assert held > 0.935


def test_so_few_faces_do_not_say_which_is_better() -> None:
    """Of an exact test (McNemar) four of four changes are not enough either, and seven are."""
    assert binomtest(4, 4).pvalue > 0.05 > binomtest(7, 7).pvalue
    for n in (10, 30, 1000):
        assert paired_difference(4, 0, n)[0] < 0 < paired_difference(7, 0, n)[0]
        assert paired_difference(0, 4, n)[1] > 0
    low, high = paired_difference(0, 0, 30)
    assert -0.1 < low < -0.05 < 0.05 < high < 0.1
    assert paired_difference(0, 0, 0) == (-1, 1)
    assert paired_difference(3, 0, 3)[1] == 1
