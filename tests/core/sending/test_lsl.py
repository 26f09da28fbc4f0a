"""What an LSL program reads in the stream beyond what every sender promises."""

import math
import os
import subprocess
import sys
import time

import psutil
import pylsl
import pytest
from tests.core.sending.received import recognition, wait_for

from mien.expressions import EXPRESSIONS
from mien.sending.lsl import LslSender, channels
from mien.sending.message import message_of
from mien.sending.sending import Sending


def test_the_channels_are_described_and_a_sample_is_stamped_with_its_capture() -> None:
    sender = LslSender(EXPRESSIONS)
    (found,) = pylsl.resolve_byprop("source_id", f"mien-{os.getpid()}", timeout=30)
    inlet = pylsl.StreamInlet(found, recover=False)
    inlet.open_stream(timeout=30)
    info = inlet.info(timeout=30)
    assert (info.name(), info.type(), info.nominal_srate()) == ("Mien", "Expression", pylsl.IRREGULAR_RATE)
    assert info.channel_format() == pylsl.cf_float32
    expected = [name for name, _, _ in channels(EXPRESSIONS)]
    assert info.get_channel_labels() == expected
    assert expected[:4] == ["present", "frame", "person", "p_neutral"]

    captured_s = time.perf_counter() - 0.5
    before = pylsl.local_clock() - (time.perf_counter() - captured_s)
    sender.send(message_of(recognition(7, 2), EXPRESSIONS, captured_s))
    for person in (1, 2):
        sample, stamp = inlet.pull_sample(timeout=30)
        values = dict(zip(expected, sample, strict=True))
        assert stamp == pytest.approx(before, abs=0.01)
        assert (values["present"], values["frame"], values["person"], values["unsure"]) == (1, 7, person, 1)
        assert [values[name] for name in ("left", "top", "width", "height")] == [10 * person, 20, 64, 48]
        pose = [values[name] for name in ("pose_yaw", "pose_z_mm", "blink")]
        assert pose == pytest.approx([-12, 612, 1] if person == 1 else [math.nan] * 3, nan_ok=True)
        assert sum(values[f"p_{name}"] for name in EXPRESSIONS) == pytest.approx(1, abs=1e-3)
    inlet.close_stream()
    sender.close()


def test_a_crash_of_liblsl_ends_the_stream_and_nothing_else() -> None:
    before = set(psutil.Process().children())
    with Sending(LslSender(EXPRESSIONS), EXPRESSIONS) as sending:
        (outlet,) = set(psutil.Process().children()) - before
        sending.put(recognition(0, 1), 0.0)
        wait_for(lambda: sending.sent == 1)
        outlet.kill()
        outlet.wait()
        sending.put(recognition(1, 1), 0.04)
        wait_for(lambda: sending.error != "")
    assert sending.error == "Nothing is sent any more: the process that holds LSL's stream has ended."


HELD = """
import os, psutil, signal
from mien.sending.lsl import LslSender
sender = LslSender(("a", "b"))
print(psutil.Process().children()[0].pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_a_killed_program_leaves_no_stream() -> None:
    killed = subprocess.run([sys.executable, "-c", HELD], stdout=subprocess.PIPE, check=False)
    assert killed.returncode < 0
    outlet = int(killed.stdout)
    wait_for(lambda: not psutil.pid_exists(outlet) or psutil.Process(outlet).status() == psutil.STATUS_ZOMBIE)
