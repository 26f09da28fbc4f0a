"""Every frame that is recognised reaches a client of each protocol, with the session's own times."""

import time
from pathlib import Path

import numpy as np
import pytest

from mien.benchmark.sending import measure, present
from mien.sending import clock_offset
from mien.sending.clock_offset import ClockOffset
from mien.session.session import Session


@pytest.mark.slow
def test_every_client_gets_every_frame_when_the_session_says(tmp_path: Path, model_path: str) -> None:
    deliveries = measure(model_path, 1.0, tmp_path / "s")
    assert tuple(one.protocol for one in deliveries) == present()
    recorded = Session(tmp_path / "s").frame_times
    assert len(recorded) > 5
    for one in deliveries:
        assert one.whole
        assert one.received == one.sent >= len(recorded)
        assert one.worst_ms < 1
        told = np.array(one.times_s)[-len(recorded) :]  # the recording begins a frame or two later
        assert np.abs(told - told[0] - (recorded - recorded[0])).max() < 0.001
        assert 0 < one.sending_ms[0] <= one.capture_ms[0]


def test_another_clock_is_met_between_two_readings_with_nothing_between() -> None:
    calls = 0

    def ahead() -> float:
        """1000 s ahead; read slowly most of the time."""
        nonlocal calls
        calls += 1
        if calls != 5:
            time.sleep(0.002)
        return time.perf_counter() + 1000

    assert ClockOffset(ahead).to_other(5.0) == pytest.approx(1005, abs=0.0005)


def test_a_clock_that_is_set_back_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead_s = 1000.0
    clock = ClockOffset(lambda: time.perf_counter() + ahead_s)
    ahead_s = -7200.0
    monkeypatch.setattr(clock_offset, "_AGAIN_S", 0.0)
    assert clock.to_other(5.0) == pytest.approx(-7195, abs=0.01)
    assert clock.from_other(-7195.0) == pytest.approx(5, abs=0.01)
