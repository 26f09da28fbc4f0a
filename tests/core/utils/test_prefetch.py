import threading
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


def test_work_that_runs_ahead() -> None:
    read: list[int] = []

    def numbers() -> Iterator[int]:
        for i in range(100):
            yield i
            if i == 50:
                raise ValueError("fifty")

    with pytest.raises(ValueError, match="fifty"), prefetch(numbers(), 2, "t") as items:
        read.extend(items)
    assert read == list(range(51))
    with prefetch(iter(range(10**9)), 2, "t") as items:
        assert next(items) == 0
    assert "t" not in [thread.name for thread in threading.enumerate()]  # leaving early ends it
