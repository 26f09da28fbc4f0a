import pytest
from scipy.stats import binomtest

from mien.probabilities.intervals import wilson, with_interval


@pytest.mark.parametrize(("right", "n"), [(28, 28), (0, 10), (26, 28), (2717, 3153)])
def test_the_interval_is_wilsons(right: int, n: int) -> None:
    known = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right / n, n) == pytest.approx((known.low, known.high), abs=1e-6)


def test_it_is_written_beside_the_share() -> None:
    assert with_interval(1.0, 28) == "100.0% (87.9 to 100.0%)"
    assert wilson(0.0, 0) == (0.0, 1.0)
