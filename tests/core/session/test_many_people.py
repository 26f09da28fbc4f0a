import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from tests.core.session.made_sessions import made

from mien.session.timeline import Timeline


def test_a_person_who_is_there_for_a_moment_of_two_hours_takes_little_memory(tmp_path: Path) -> None:
    session = made(tmp_path / "session", "nnhh")
    session.frame_times = np.arange(2 * 3600 * 25) / 25
    assert len(session.frame_ends) == len(session.frame_times)  # once for all people
    tracemalloc.start()
    lane = Timeline(session, 1)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 100_000  # it was 20 MB, and as much again for each of a hundred people
    mean, reliability = lane.bins(0.0, 0.2, 5)
    assert mean.argmax(1)[:4].tolist() == [0, 0, 1, 1]
    assert np.isnan(reliability).tolist() == [False] * 4 + [True]
    assert mean[0] == pytest.approx([0.8, 0.1, 0.1])
