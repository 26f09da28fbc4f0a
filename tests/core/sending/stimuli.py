"""A stimulus program, in a process of its own: liblsl may crash where an outlet that somebody reads is closed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import pylsl

from mien.sending.lsl import stay_on_this_machine


class Push(Protocol):
    """Sends a marker, stamped with a moment on LSL's clock."""

    def __call__(self, text: str, stamp_s: float) -> None: ...


@contextmanager
def stimulus_program(name: str) -> Iterator[Push]:
    """Open a stream of markers; at the end it is gone."""
    with subprocess.Popen([sys.executable, __file__, name], stdin=subprocess.PIPE, text=True) as process:

        def push(text: str, stamp_s: float) -> None:
            assert process.stdin is not None
            print(json.dumps([text, stamp_s]), file=process.stdin, flush=True)

        yield push
        process.kill()


def _main(name: str) -> None:
    stay_on_this_machine()
    outlet = pylsl.StreamOutlet(pylsl.StreamInfo(name, "Markers", 1, pylsl.IRREGULAR_RATE, pylsl.cf_string, name))
    for line in sys.stdin:
        text, stamp_s = json.loads(line)
        outlet.push_sample([text], stamp_s)


if __name__ == "__main__":
    _main(sys.argv[1])
