from pathlib import Path

import pytest

from mien.analysis.analyse import AnalysisProgress
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import Item, ItemState
from mien.analysis.time_left import time_left_s


def item(state: ItemState, size: int, progress: AnalysisProgress | None = None) -> Item:
    return Item(Job(Path("a"), Path("b")), AnalysisOptions(), state, progress, size=size)


def test_files_that_wait_take_as_long_for_a_byte_as_those_before() -> None:
    done = item(ItemState.DONE, 1000, AnalysisProgress(100, 100, 100, 10.0))  # 10 s
    half = item(ItemState.RUNNING, 1000, AnalysisProgress(50, 100, 50, 10.0))  # 5 s and 5 s more
    waiting = item(ItemState.WAITING, 3000)
    assert time_left_s([waiting]) is None
    assert time_left_s([done, half]) == pytest.approx(5.0)
    assert time_left_s([done, half, waiting]) == pytest.approx(5.0 + 30.0)
    assert time_left_s([done]) == 0.0
