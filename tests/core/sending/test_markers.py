"""A stimulus program's markers, on the clock of captured frames."""

import time

import pylsl
import pytest
from tests.core.sending.received import wait_for

from mien.sending.lsl import stay_on_this_machine
from mien.sending.markers import MarkerInlet


def outlet(name: str) -> pylsl.StreamOutlet:
    stay_on_this_machine()
    return pylsl.StreamOutlet(pylsl.StreamInfo(name, "Markers", 1, pylsl.IRREGULAR_RATE, pylsl.cf_string, name))


def test_markers_come_with_their_moment_also_after_the_program_was_started_again() -> None:
    came: list[tuple[float, str]] = []
    found: list[bool] = []
    with MarkerInlet("test-stimuli", lambda clock_s, text: came.append((clock_s, text)), found.append):
        for run in (1, 2):
            program = outlet("test-stimuli")
            wait_for(lambda run=run: found.count(True) == run)
            sent_s = time.monotonic() - 0.25
            program.push_sample([f"run {run}\n on"], pylsl.local_clock() - 0.25)
            wait_for(lambda run=run: len(came) == run)
            assert came[-1][0] == pytest.approx(sent_s, abs=0.005)
            del program
            wait_for(lambda run=run: found.count(False) == run)
    assert [text for _, text in came] == ["run 1 on", "run 2 on"]
