"""Open Sound Control over UDP: a bundle a frame, whose time tag is the frame's capture; several where it is large."""

import re
import socket
import time
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, count
from typing import Any

from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.udp_client import UDPClient

from mien import language
from mien.errors import MienError
from mien.faces.pose.values import EVERY
from mien.sending.base import SendOptions
from mien.sending.clock_offset import ClockOffset
from mien.sending.message import Message, SentFace
from mien.utils.files import reason_of

_ROOT = "/mien"
_SPECIAL = re.compile(r"[^!-~]|[#*,/?\[\]{}]")  # what no OSC address has in it: other letters than ASCII's, too
_LARGEST = 8192  # bytes of a bundle: macOS sends no datagram of more than 9,216, and nobody one of more than 65,507
_FOUND, _LABEL, _RELIABILITY = "found", "label", "reliability"


class OscSender:
    """Sends datagrams, whether anybody listens or not."""

    def __init__(self, host: str, port: int) -> None:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0][4][0]  # once, not with each frame
            self._client = UDPClient(str(known), port)
        except (OSError, UnicodeError) as error:  # a name that nobody knows, or that cannot be one (192.168..30)
            raise MienError(
                language.tr("Nothing can be sent to {}: {}. Check the address.").format(host, reason_of(error))
            ) from error
        self.where = f"OSC, {host}:{port}"
        self.dropped = 0
        self._clock = ClockOffset(time.time)  # noqa: TID251  # OSC has the clock of the wall
        self._found: set[int] = set()  # in the frame before

    def send(self, message: Message) -> None:
        """Send a frame's bundle, or those that it needs."""
        captured: Any = self._clock.to_other(message.clock_s)  # the builder takes fractions too
        try:
            for part in _parts([_built(*value) for value in self._values(message)]):
                bundle = OscBundleBuilder(captured)
                for one in part:
                    bundle.add_content(one)
                self._client.send(bundle.build())
        except BlockingIOError:  # the system's buffer is full
            self.dropped += 1

    def _values(self, message: Message) -> Iterator[tuple[str, int | float | str, str]]:
        """Addresses, values and their types."""
        found = {face.person for face in message.faces}
        yield "frame", message.frame, OscMessageBuilder.ARG_TYPE_INT
        yield "time", message.time_s, OscMessageBuilder.ARG_TYPE_DOUBLE
        yield "found", len(found), OscMessageBuilder.ARG_TYPE_INT
        for person in sorted(self._found - found):
            yield f"{person}/{_FOUND}", 0, OscMessageBuilder.ARG_TYPE_INT
        for face in message.faces:
            yield from _of_face(face)
        self._found = found

    def close(self) -> None:
        """Close the socket."""
        self._client.close()


def _built(address: str, value: float | str, kind: str) -> OscMessage:
    one = OscMessageBuilder(f"{_ROOT}/{address}")
    one.add_arg(value, kind)
    return one.build()


def _parts(messages: Sequence[OscMessage]) -> Iterator[list[OscMessage]]:
    """The messages in their order, as many together as a datagram holds."""
    part, size = list[OscMessage](), 0
    for one in messages:
        if part and size + one.size > _LARGEST:
            yield part
            part, size = [], 0
        part.append(one)
        size += one.size + 4  # its length stands before it
    yield part


def _of_face(face: SentFace) -> Iterator[tuple[str, int | float | str, str]]:
    person = face.person
    yield f"{person}/{_FOUND}", 1, OscMessageBuilder.ARG_TYPE_INT
    addresses = _addresses(tuple(face.probabilities))
    for name, value in face.probabilities.items():
        yield f"{person}/{addresses[name]}", value, OscMessageBuilder.ARG_TYPE_FLOAT
    yield f"{person}/{_LABEL}", face.label, OscMessageBuilder.ARG_TYPE_STRING
    yield f"{person}/{_RELIABILITY}", face.reliability, OscMessageBuilder.ARG_TYPE_FLOAT
    for name, value in (face.pose or {}).items():
        yield f"{person}/{name}", value, OscMessageBuilder.ARG_TYPE_FLOAT


@cache
def _addresses(classes: tuple[str, ...]) -> dict[str, str]:
    """The last part of each class's address: in ASCII, and of no other value."""
    taken = {_FOUND, _LABEL, _RELIABILITY, *(value.name for value in EVERY)}
    made = {}
    for name in classes:
        letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        plain = _SPECIAL.sub("_", "".join(letters)) or "_"
        made[name] = next(one for one in chain([plain], (f"{plain}_{n}" for n in count(2))) if one not in taken)
        taken.add(made[name])
    return made


def open_sender(classes: Sequence[str], options: SendOptions) -> OscSender:
    """Send to a host's port."""
    assert options.port is not None
    return OscSender(options.host, options.port)
