"""A client of one protocol in a process of its own: `python -m mien.benchmark.receiver PROTOCOL ADDRESS`.

It prints `ready` with the first message, and when it is told the end, a line for each frame that came: its index, the
times that the client was told, when it arrived. `benchmark.sending` starts it.
"""

import math
import socket
import sys
import time
from collections.abc import Callable, Iterator

from mien.sending.clock_offset import ClockOffset
from mien.utils.json_io import parse_json

HELLO, END = -1, -2
"""Indexes of no frame: sent until the client is ready, and at the end."""
READY = "ready"
_PATIENCE_S = 30.0
_LARGEST = 1 << 16  # bytes of a datagram
_ABSENT = math.nan

Told = tuple[int, float, float]
"""A frame's index, its time in the source (s), its capture on `time.perf_counter` (s); NaN where the protocol lacks
it."""


def _json(address: str) -> Iterator[Told]:
    while line := sys.stdin.buffer.readline():
        yield _of_json(line)


def _web(address: str) -> Iterator[Told]:
    from websockets.sync.client import connect

    with connect(f"ws://127.0.0.1:{address}/stream", compression=None) as connection:
        while True:
            yield _of_json(bytes(connection.recv(_PATIENCE_S, decode=False)))


def _of_json(data: bytes) -> Told:
    values = parse_json(data, "what was sent")
    return values["frame"], values["t"], _ABSENT


def _osc(address: str) -> Iterator[Told]:
    from pythonosc.osc_bundle import OscBundle

    clock = ClockOffset(time.time)  # noqa: TID251  # as OSC has it
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.settimeout(_PATIENCE_S)
        opened.bind(("127.0.0.1", int(address)))
        while True:
            bundle = OscBundle(opened.recv(_LARGEST))
            values = {message.address: message.params[0] for message in bundle}
            yield values["/mien/frame"], values["/mien/time"], clock.from_other(bundle.timestamp)


def _lsl(address: str) -> Iterator[Told]:
    import pylsl

    from mien.sending.lsl import stay_on_this_machine

    stay_on_this_machine()
    clock = ClockOffset(pylsl.local_clock)
    (found,) = pylsl.resolve_byprop("source_id", address, timeout=_PATIENCE_S)
    inlet = pylsl.StreamInlet(found)
    before = HELLO
    while True:
        sample, stamp = inlet.pull_sample(timeout=_PATIENCE_S)
        frame = int(sample[1])
        if frame == HELLO or frame != before:  # a sample is a face
            yield frame, _ABSENT, clock.from_other(stamp)
        before = frame


_CLIENTS: dict[str, Callable[[str], Iterator[Told]]] = {"json": _json, "osc": _osc, "web": _web, "lsl": _lsl}


def main(protocol: str, address: str) -> None:
    """Receive until the end."""
    came: list[str] = []
    ready = False
    for frame, time_s, captured_s in _CLIENTS[protocol](address):
        arrived_s = time.perf_counter()
        if frame == HELLO:
            if not ready:
                print(READY, flush=True)
            ready = True
        elif frame == END:
            break
        else:
            came.append(f"{frame} {time_s} {captured_s} {arrived_s}")
    print(*came, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
