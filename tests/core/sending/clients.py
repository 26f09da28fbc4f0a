"""A client of each protocol, with the library that people use."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

import pylsl
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import BlockingOSCUDPServer
from tests.core.sending.received import wait_for
from websockets.sync.client import connect

from mien.expressions import EXPRESSIONS
from mien.sending.base import Sender, SendOptions
from mien.sending.lsl import channels
from mien.sending.registry import open_sender
from mien.sending.web import WebSender

Read = Callable[[int], list[dict[str, object]]]
"""Reads that many frames, in the order in which they arrive: frame, people, happiness of the first."""


@contextmanager
def json_client() -> Iterator[tuple[Sender, Read]]:
    """Reads lines from a pipe in place of the standard output."""
    ours, theirs = os.pipe()
    with os.fdopen(theirs, "w") as output, os.fdopen(ours) as file:
        with redirect_stdout(output):
            sender = open_sender("json", EXPRESSIONS)
        yield sender, lambda count: [of_json(json.loads(file.readline())) for _ in range(count)]


def of_json(values: dict[str, object]) -> dict[str, object]:
    faces = values["faces"]
    return {
        "frame": values["frame"],
        "people": [face["person"] for face in faces],
        "happiness": faces[0]["probabilities"]["happiness"] if faces else None,
    }


@contextmanager
def osc_client() -> Iterator[tuple[Sender, Read]]:
    """python-osc's own server: a datagram is a frame."""
    values: list[tuple[str, list[object]]] = []
    dispatcher = Dispatcher()
    dispatcher.set_default_handler(lambda address, *arguments: values.append((address, list(arguments))))

    def read_one() -> dict[str, object]:
        values.clear()
        server.handle_request()
        known = {address: value[0] for address, value in values}
        people = [int(a.split("/")[2]) for a, v in known.items() if a.count("/") == 3 and a.endswith("/found") and v]
        assert known["/mien/found"] == len(people)
        assert known["/mien/time"] == int(known["/mien/frame"]) / 25
        happiness = known[f"/mien/{people[0]}/happiness"] if people else None
        return {"frame": known["/mien/frame"], "people": people, "happiness": happiness}

    with BlockingOSCUDPServer(("127.0.0.1", 0), dispatcher) as server:
        server.timeout = 30
        sender = open_sender("osc", EXPRESSIONS, SendOptions(port=server.server_address[1]))
        yield sender, lambda count: [read_one() for _ in range(count)]


@contextmanager
def lsl_client() -> Iterator[tuple[Sender, Read]]:
    """pylsl's own inlet: a sample is a face, or a frame without one."""
    sender = open_sender("lsl", EXPRESSIONS)
    (found,) = pylsl.resolve_byprop("source_id", f"mien-{os.getpid()}", timeout=30)
    inlet = pylsl.StreamInlet(found, recover=False)
    inlet.open_stream(timeout=30)
    names = [name for name, _, _ in channels(EXPRESSIONS)]

    def pull() -> dict[str, float]:
        sample, stamp = inlet.pull_sample(timeout=30)
        return {**dict(zip(names, sample, strict=True)), "stamp": stamp}

    def read(count: int) -> list[dict[str, object]]:
        frames: list[dict[str, object]] = []
        samples = [pull()]
        while len(frames) < count:
            own = [samples.pop()]
            # The frame after tells that this one is whole; after the last there is none.
            while len(frames) < count - 1 and not samples:
                following = pull()
                (own if following["stamp"] == own[0]["stamp"] else samples).append(following)
            people = [int(sample["person"]) for sample in own if sample["present"]]
            happiness = own[0]["p_happiness"] if people else None
            frames.append({"frame": int(own[0]["frame"]), "people": people, "happiness": happiness})
        return frames

    yield sender, read
    inlet.close_stream()


@contextmanager
def web_client() -> Iterator[tuple[Sender, Read]]:
    """websockets' own client."""
    sender = open_sender("web", EXPRESSIONS, SendOptions(port=0))
    assert isinstance(sender, WebSender)
    with connect(f"ws://127.0.0.1:{sender.port}/stream", compression=None, close_timeout=0.1) as connection:
        wait_for(lambda: sender.clients == 1)
        yield sender, lambda count: [of_json(json.loads(connection.recv(30))) for _ in range(count)]


CLIENTS = {"json": json_client, "osc": osc_client, "lsl": lsl_client, "web": web_client}
