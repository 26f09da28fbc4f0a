"""A stimulus program's markers, on the clock of captured frames."""

import time

import pylsl
import pytest
from pylsl.util import LostError
from tests.core.sending.received import wait_for
from tests.core.sending.stimuli import stimulus_program

from mien.sending.markers import MarkerInlet


@pytest.mark.slow
def test_markers_come_with_their_moment_also_after_the_program_was_started_again() -> None:
    came: list[tuple[float, str]] = []
    found: list[bool] = []
    with MarkerInlet("test-stimuli", lambda clock_s, text: came.append((clock_s, text)), found.append):
        for run in (1, 2):
            with stimulus_program("test-stimuli") as push:
                wait_for(lambda run=run: found.count(True) == run)
                sent_s = time.perf_counter() - 0.25
                push(f"run {run}\n on", pylsl.local_clock() - 0.25)
                wait_for(lambda run=run: len(came) == run)
                assert came[-1][0] == pytest.approx(sent_s, abs=0.005)
            wait_for(lambda run=run: found.count(False) == run)
    assert [text for _, text in came] == ["run 1 on", "run 2 on"]


def test_a_stream_that_cannot_be_opened_was_never_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []

    def cannot(self: pylsl.StreamInlet, timeout: float) -> None:
        tried.append(timeout)
        raise LostError

    monkeypatch.setattr(pylsl.StreamInlet, "open_stream", cannot)
    found: list[bool] = []
    with (
        stimulus_program("test-closed"),
        MarkerInlet("test-closed", lambda clock_s, text: None, found.append),
    ):
        wait_for(lambda: len(tried) > 1)
    assert found == []


@pytest.mark.parametrize("name", ['Anna\'s "test" markers', "'"])
def test_a_stream_is_found_whatever_marks_its_name_has(name: str) -> None:
    found: list[bool] = []
    with stimulus_program(name), MarkerInlet(name, lambda clock_s, text: None, found.append):
        wait_for(lambda: found == [True])
