import numpy as np
import pytest

from mien.errors import MienError
from mien.utils.counts import counted, whole


def test_a_noun_follows_its_number() -> None:
    assert [counted(n, "face") for n in (0, 1, 2)] == ["0 faces", "1 face", "2 faces"]


@pytest.mark.parametrize("count", [3, 3.0, np.int64(3), np.float32(3)])
def test_a_whole_number_is_taken_as_such(count: float) -> None:
    assert type(whole(count, "n")) is int


@pytest.mark.parametrize("count", [0, -1, 1.5, float("nan"), float("inf")])
def test_what_is_no_whole_number_is_refused(count: float) -> None:
    with pytest.raises(MienError, match="n must be a whole number, 1 or more"):
        whole(count, "n")
