import time
from collections.abc import Iterator

import pytest

from mien.utils.prefetch import prefetch


def test_an_error_that_nobody_waits_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def items() -> Iterator[int]:
        yield 0
        time.sleep(0.3)
        raise ValueError("late")

    with prefetch(items(), 1, "t") as taken:
        assert next(taken) == 0
    (record,) = caplog.records
    assert record.exc_info is not None
    assert "late" in str(record.exc_info[1])
