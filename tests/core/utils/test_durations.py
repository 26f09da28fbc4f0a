import pytest

from mien.utils.durations import rough_duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "1 s"),
        (0.4, "1 s"),
        (7.6, "8 s"),
        (89.0, "89 s"),
        (90.0, "2 min"),
        (5399.0, "90 min"),
        (5400.0, "1.5 h"),
        (36_000.0, "10.0 h"),
    ],
)
def test_durations_are_told_roughly(seconds: float, said: str) -> None:
    assert rough_duration(seconds) == said
