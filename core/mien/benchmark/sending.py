"""How long it takes from a frame's capture to another program, and whether that gets every frame at the right time."""

import os
import socket
import subprocess
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from mien.benchmark import receiver
from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.live.state import LiveResult, State
from mien.models.cards import read_card
from mien.recognition.recognizer import Recognizer
from mien.sending import Sending, SendOptions, open_sender
from mien.sending.base import Sender
from mien.sending.json_lines import JsonLinesSender
from mien.sending.registry import PROTOCOLS
from mien.sending.web import WebSender
from mien.session.recorder import Recorder
from mien.types import Recognition
from mien.utils import own_process

_PATIENCE_S = 30.0
_POLL_S = 0.02


@dataclass(frozen=True)
class Delivery:
    """What a client of one protocol got."""

    protocol: str
    sent: int
    received: int
    whole: bool
    """Every frame that was recognised came, once and in order."""
    worst_ms: float
    """The farthest that a time which the client was told is from the frame's own."""
    capture_ms: tuple[float, float]
    """From capture to client, median and 95th percentile."""
    sending_ms: tuple[float, float]
    """Of that, from the result to the client."""
    times_s: tuple[float, ...]
    """Each frame's time in the source, or its capture on `time.perf_counter`, as the client was told it."""


def present() -> tuple[str, ...]:
    """The protocols whose libraries are installed."""
    return tuple(name for name, protocol in PROTOCOLS.items() if protocol.present)


def measure(model: str, seconds: float, record: Path | None = None) -> list[Delivery]:
    """Send the demo's predictions by every protocol at once, each to a client in a process of its own.

    Args:
        model: name or path.
        seconds: for how long.
        record: a folder to record the same as a session, which is made.

    Raises:
        MienError: the model cannot be read, or a client or the demo fails.
    """
    classes = read_card(model).network.classes
    results: list[LiveResult] = []
    clients: list[_Client] = []

    def take(result: LiveResult) -> None:
        if listening:
            results.append(result)
            for client in clients:
                client.sending.put(result.recognition, result.captured.clock_s)

    listening = False
    with ExitStack() as opened:
        pipeline = LivePipeline("demo", lambda: Recognizer(model), on_result=take)
        opened.callback(pipeline.join)
        opened.callback(pipeline.stop)
        while pipeline.results.peek() is None:
            if pipeline.status.state is State.FAILED:
                raise MienError(pipeline.status.message)
            time.sleep(_POLL_S)
        clients += [opened.enter_context(_Client(name, classes)) for name in present()]
        for client in clients:
            client.wait_until_ready()
        listening = True
        if record is not None:
            assert pipeline.card is not None
            pipeline.recorder = Recorder(record, pipeline.card, source="demo", runs_on=pipeline.runs_on)
        time.sleep(seconds)
        pipeline.stop()
        pipeline.join()
        if (recorder := pipeline.recorder) is not None:
            recorder.stop()
            recorder.join()
        return [client.delivery(results) for client in clients]


class _Client:
    """A sender, and a process that receives what it sends."""

    def __init__(self, protocol: str, classes: tuple[str, ...]) -> None:
        self.protocol = protocol
        self._held = ExitStack()
        sender: Sender
        if protocol == "json":
            self._start("-", subprocess.PIPE)
            assert self._process.stdin is not None
            sender = JsonLinesSender(self._process.stdin.fileno())
        elif protocol == "osc":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            sender = open_sender(protocol, classes, SendOptions(port=port))
            self._start(str(port))
        else:
            options = SendOptions(port=0) if protocol == "web" else None
            sender = open_sender(protocol, classes, options)
            self._start(str(sender.port) if isinstance(sender, WebSender) else f"mien-{os.getpid()}")
        self.sending = self._held.enter_context(Sending(sender, classes))

    def _start(self, address: str, stdin: int = subprocess.DEVNULL) -> None:
        words = own_process.command(receiver.__name__, self.protocol, address)
        self._process = subprocess.Popen(words, stdin=stdin, stdout=subprocess.PIPE)
        self._held.callback(self._process.wait)
        self._held.callback(self._process.kill)

    def __enter__(self) -> "_Client":
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def _tell(self, index: int) -> None:
        self.sending.put(Recognition(index, 0.0, (), ()), time.perf_counter())

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def wait_until_ready(self) -> None:
        """Send until the client hears it."""
        heard: list[bytes] = []
        listening = threading.Thread(target=lambda: heard.append(self._output.readline()), daemon=True)
        listening.start()
        deadline_s = time.monotonic() + _PATIENCE_S
        while listening.is_alive() and time.monotonic() < deadline_s:
            self._tell(receiver.HELLO)
            listening.join(_POLL_S)
        if not heard or not heard[0]:
            raise MienError(f"The client of {self.protocol} receives nothing.")

    def delivery(self, results: list[LiveResult]) -> Delivery:
        """End, and compare what came with what was recognised."""
        self._tell(receiver.END)
        try:
            output, _ = self._process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise MienError(f"The client of {self.protocol} did not hear the end.") from None
        came = np.array([line.split() for line in output.decode().splitlines() if line], float).reshape(-1, 4)
        frames, times, captured, arrived = came.T
        own = {one.recognition.frame_index: one for one in results}
        known = [own[int(frame)] for frame in frames]
        off = np.abs([times - [one.recognition.time_s for one in known], captured - [_clock(one) for one in known]])
        return Delivery(
            protocol=self.protocol,
            sent=len(results),
            received=len(came),
            whole=frames.tolist() == list(own),
            worst_ms=float(1000 * np.nanmax(off, initial=0.0)),
            capture_ms=_middle_and_late(arrived - [_clock(one) for one in known]),
            sending_ms=_middle_and_late(arrived - [_clock(one) + one.latency_s for one in known]),
            times_s=tuple((captured if np.isnan(times).all() else times).tolist()),
        )


def _clock(result: LiveResult) -> float:
    return result.captured.clock_s


def _middle_and_late(seconds: np.ndarray) -> tuple[float, float]:
    middle, late = np.percentile(1000 * seconds, (50, 95)) if len(seconds) else (0.0, 0.0)
    return round(float(middle), 2), round(float(late), 2)
