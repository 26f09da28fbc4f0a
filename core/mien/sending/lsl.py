"""A stream of the Lab Streaming Layer: a sample a face, stamped with the frame's capture on LSL's own clock.

Its outlet is in a process of its own, `lsl_outlet.py` beside this file: liblsl 1.18 crashes now and then where an
outlet is closed while somebody receives from it, and would take the window and a recording with it.
"""

import json
import math
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress

import pylsl

from mien import language
from mien.errors import MienError
from mien.faces.pose.values import EVERY
from mien.sending import lsl_outlet
from mien.sending.base import SendOptions
from mien.sending.clock_offset import ClockOffset
from mien.sending.message import Message, SentFace
from mien.utils import own_process
from mien.utils.files import reason_of

_NOTHING = math.nan
_PATIENCE_S = 1.0  # for the outlet's end


def _settings() -> str:
    """Of liblsl: found by programs on this machine alone, unless the person's own file of settings says otherwise."""
    return "" if "LSLAPICFG" in os.environ else "[multicast]\nResolveScope = machine\n[log]\nlevel = -2\n"


def stay_on_this_machine() -> None:
    """Before anything else is asked of LSL in this process: settings that a person has not made otherwise."""
    if settings := _settings():
        pylsl.set_config_content(settings)


def channels(classes: Sequence[str]) -> list[tuple[str, str, str]]:
    """Name, unit and kind of each channel, in their order."""
    return [
        ("present", "", "1 for a face, 0 for a frame without one"),
        ("frame", "", "the frame's index in the source"),
        ("person", "", "the number that Mien shows"),
        *((f"p_{name}", "probability", f"the probability of {name}, smoothed") for name in classes),
        ("reliability", "probability", "how likely the most probable class is to be right"),
        ("unsure", "", "1 where the prediction is not sure"),
        ("left", "px", "the face's box in the frame"),
        ("top", "px", "the face's box in the frame"),
        ("width", "px", "the face's box in the frame"),
        ("height", "px", "the face's box in the frame"),
        *((value.name, value.unit, value.meaning) for value in EVERY),
    ]


class LslSender:
    """An outlet; whoever opens the stream gets what comes from then on."""

    dropped = 0  # liblsl does not tell

    def __init__(self, classes: Sequence[str]) -> None:
        stay_on_this_machine()
        described = channels(classes)
        self._classes, self._count = tuple(classes), len(described)
        self._record = lsl_outlet.record(self._count)
        try:
            self._outlet = subprocess.Popen(
                own_process.command(lsl_outlet.__file__),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl+C is for this process; the other ends when its input does
                creationflags=own_process.WITHOUT_CONSOLE,
            )
        except OSError as error:
            raise _cannot_start(reason_of(error)) from error
        try:
            given = {"settings": _settings(), "source_id": f"mien-{os.getpid()}", "channels": described}
            self._write(json.dumps(given).encode() + b"\n")
            self._wait_for_outlet()
        except OSError as error:
            self.close()
            raise _cannot_start(reason_of(error)) from error
        self._clock = ClockOffset(pylsl.local_clock)
        self.where = "the LSL stream Mien, of type Expression"

    def send(self, message: Message) -> None:
        """Push the frame's faces, or one sample without a face; all with the same time."""
        stamp = self._clock.to_other(message.clock_s)
        for sample in [self._sample(message, face) for face in message.faces] or [self._empty(message)]:
            self._write(self._record.pack(stamp, *sample))

    def _sample(self, message: Message, face: SentFace) -> list[float]:
        probabilities = [face.probabilities[name] for name in self._classes]
        # A stream's channels are fixed, whether it is measured or not.
        pose = [_NOTHING if face.pose is None else face.pose[value.name] for value in EVERY]
        return [1, message.frame, face.person, *probabilities, face.reliability, bool(face.why), *face.box, *pose]

    def _empty(self, message: Message) -> list[float]:
        return [0, message.frame, *[_NOTHING] * (self._count - 2)]

    def _wait_for_outlet(self) -> None:
        assert self._outlet.stdout is not None
        with self._outlet.stdout as answers:
            answer = answers.readline().decode(errors="replace")
        if not answer:
            raise _ended()
        if why := answer.strip():
            raise OSError(why)

    def _write(self, data: bytes) -> None:
        assert self._outlet.stdin is not None
        try:
            self._outlet.stdin.write(data)
            self._outlet.stdin.flush()
        except OSError as error:  # a broken pipe, whose name and number are the system's
            raise _ended() from error

    def close(self) -> None:
        """Close the outlet, and its ports with it."""
        assert self._outlet.stdin is not None
        with suppress(OSError):  # it has ended by itself
            self._outlet.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._outlet.wait(_PATIENCE_S)
        self._outlet.kill()
        self._outlet.wait()


def _ended() -> OSError:
    return OSError(language.tr("the process that holds LSL's stream has ended"))


def _cannot_start(reason: str) -> MienError:
    return MienError(
        language.tr("LSL cannot be started: {}. Look which programs hold its ports, 16572 on.").format(reason)
    )


def open_sender(classes: Sequence[str], options: SendOptions) -> LslSender:
    """Open an outlet; where it listens is liblsl's own choice."""
    return LslSender(classes)
