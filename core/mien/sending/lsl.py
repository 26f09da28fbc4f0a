"""A stream of the Lab Streaming Layer: a sample a face, stamped with the frame's capture on LSL's own clock."""

import math
import os
from collections.abc import Sequence

import pylsl

from mien import language
from mien.errors import MienError
from mien.faces.pose.values import EVERY
from mien.sending.base import SendOptions
from mien.sending.clock_offset import ClockOffset
from mien.sending.message import Message, SentFace

_BUFFERED_S = 10  # for a client that does not read; then the oldest are dropped
_NOTHING = math.nan
# Found by programs on this machine alone, unless the person's own file of settings says otherwise.
_SETTINGS = "[multicast]\nResolveScope = machine\n[log]\nlevel = -2\n"


def stay_on_this_machine() -> None:
    """Before anything else is asked of LSL in this process: settings that a person has not made otherwise."""
    if "LSLAPICFG" not in os.environ:
        pylsl.set_config_content(_SETTINGS)


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
        info = pylsl.StreamInfo(
            "Mien", "Expression", self._count, pylsl.IRREGULAR_RATE, pylsl.cf_float32, f"mien-{os.getpid()}"
        )
        listed = info.desc().append_child("channels")
        for name, unit, meaning in described:
            channel = listed.append_child("channel")
            for key, value in (("label", name), ("unit", unit), ("type", "Expression"), ("meaning", meaning)):
                channel.append_child_value(key, value)
        try:
            self._outlet = pylsl.StreamOutlet(info, max_buffered=_BUFFERED_S)
        except RuntimeError as error:
            raise MienError(
                language.tr("LSL cannot be started: {}. Look which programs hold its ports, 16572 on.").format(error)
            ) from error
        self._clock = ClockOffset(pylsl.local_clock)
        self.where = "the LSL stream Mien, of type Expression"

    def send(self, message: Message) -> None:
        """Push the frame's faces, or one sample without a face; all with the same time."""
        stamp = self._clock.to_other(message.clock_s)
        for sample in [self._sample(message, face) for face in message.faces] or [self._empty(message)]:
            self._outlet.push_sample(sample, stamp)

    def _sample(self, message: Message, face: SentFace) -> list[float]:
        probabilities = [face.probabilities[name] for name in self._classes]
        # A stream's channels are fixed, whether it is measured or not.
        pose = [_NOTHING if face.pose is None else face.pose[value.name] for value in EVERY]
        return [1, message.frame, face.person, *probabilities, face.reliability, bool(face.why), *face.box, *pose]

    def _empty(self, message: Message) -> list[float]:
        return [0, message.frame, *[_NOTHING] * (self._count - 2)]

    def close(self) -> None:
        """Close the outlet, and its ports with it."""
        del self._outlet


def open_sender(classes: Sequence[str], options: SendOptions) -> LslSender:
    """Open an outlet; where it listens is liblsl's own choice."""
    return LslSender(classes)
