"""The live pipeline: one thread captures, one recognises, and whoever draws takes the newest of both.

Nobody waits for anybody: a frame that is not taken in time is replaced by the next one.
"""

import enum
import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from mien.errors import MienError
from mien.live.latest_value import LatestValue, RateMeter
from mien.sources import Source, is_live, open_source
from mien.types import Frame, Image, Recognition

if TYPE_CHECKING:
    from mien.models.cards import Card
    from mien.recognition.recognizer import Recognizer
    from mien.session.recorder import Recorder

log = logging.getLogger(__name__)

_STEP_S = 1 / 30  # to a frame whose time stamp is no later than the one before
_RETRY_S = 1.0
_CAMERA_PATIENCE_S = 15.0
_PREVIEW_PX = 1600  # longest side; a larger picture is shrunk before the window draws it


class State(enum.Enum):
    """What a pipeline is doing."""

    OPENING = enum.auto()
    RUNNING = enum.auto()
    WAITING = enum.auto()
    """A camera is gone, busy or not there; it is tried again and again."""
    ENDED = enum.auto()
    FAILED = enum.auto()


@dataclass(frozen=True)
class Status:
    """State, and what a person should read about it."""

    state: State
    message: str = ""


@dataclass(frozen=True)
class CapturedFrame:
    """A frame as it came in."""

    frame: Frame
    preview: Image
    """What a window draws: the frame's picture, at most 1600 px long."""
    clock_s: float
    """Of `time.monotonic`, at the capture."""
    still: bool
    """A single picture rather than one of a stream."""


@dataclass(frozen=True)
class LiveResult:
    """The newest recognition, with what it was made of."""

    captured: CapturedFrame
    recognition: Recognition
    model: str
    """Name of the model that read it."""
    latency_s: float
    """From the frame's capture to its result."""


class LivePipeline:
    """Captures from one source and recognises on two threads of its own.

    Read `frames`, `results` and `status` at any rate. A camera that is lost is waited for.
    """

    def __init__(
        self, address: str, recognizer: "Callable[[], Recognizer]", *, after: "LivePipeline | None" = None
    ) -> None:
        """Start.

        Args:
            address: of `mien.sources.open_source`.
            recognizer: builds the recogniser; called on the recognition thread, since it takes a second or two.
            after: a stopped pipeline that may still hold the same camera; its end is waited for first.
        """
        self.address = address
        self.frames: LatestValue[CapturedFrame] = LatestValue()
        self.results: LatestValue[LiveResult] = LatestValue()
        self.camera_rate, self.recognition_rate = RateMeter(), RateMeter()
        self.source_name = ""
        self.engine = ""
        """Runtime and device, once the model is loaded."""
        self.card: Card | None = None
        """Of the model, once it is loaded."""
        self.recorder: Recorder | None = None
        """Is given every frame and every reading, while there is one."""
        self._status = Status(State.OPENING)
        self._lock = threading.Lock()
        self._make_recognizer = recognizer
        self._exchange = threading.Event()
        self._stop = threading.Event()
        self._pending: LatestValue[CapturedFrame] = LatestValue()
        self._captured = 0
        self._after = after
        self._threads = self._capturing, self._recognising = [
            threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)
            for name, work in (("mien-capture", self._capture), ("mien-recognition", self._recognise))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def status(self) -> Status:
        """What it is doing now. A failure stays."""
        with self._lock:
            return self._status

    @property
    def dropped(self) -> int:
        """Frames that were never recognised, because newer ones had come."""
        return self._pending.dropped

    @property
    def alive(self) -> bool:
        """Whether a thread still runs."""
        return any(thread.is_alive() for thread in self._threads)

    def use(self, recognizer: "Callable[[], Recognizer]") -> None:
        """Go on with another recogniser; the source stays open."""
        self._make_recognizer = recognizer
        self.engine = ""
        self._exchange.set()
        newest = self.frames.peek()
        if newest is not None:  # a picture, or the last frame of a file, is read again
            self._pending.put(newest)

    def stop(self) -> None:
        """Ask both threads to end. Does not wait: a camera that does not answer may take seconds to let go."""
        self._stop.set()
        self._pending.close()

    def join(self) -> None:
        """Wait for both threads: 15 s for a camera that may never answer, as long as it takes for a model's loading.

        A program that ends while OpenVINO translates a model is aborted.
        """
        self._capturing.join(_CAMERA_PATIENCE_S)
        self._recognising.join()

    def _say(self, state: State, message: str = "") -> None:
        with self._lock:
            if self._status.state is not State.FAILED:
                self._status = Status(state, message)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except MienError as error:
            self._say(State.FAILED, str(error))
            self.stop()
        except Exception as error:  # a thread that fails becomes a message; the window goes on
            log.exception("a live thread failed")
            self._say(State.FAILED, f"{type(error).__name__}: {error}")
            self.stop()

    def _capture(self) -> None:
        if self._after is not None:
            self._after.join()
            self._after = None
        began = time.monotonic()
        while not self._stop.is_set():
            try:
                source = open_source(self.address)
            except MienError as error:
                if not is_live(self.address):
                    raise
                if not self._captured:  # else it is still said that it is gone
                    self._say(State.WAITING, f"{error} Trying again...")
                self._stop.wait(_RETRY_S)
                continue
            self.source_name = source.name
            try:
                if source.live:
                    self._pump_live(source, began)
                else:
                    self._pump_file(source)
                    return
            finally:
                source.close()

    def _hand_on(self, frame: Frame, *, still: bool = False) -> None:
        frame = replace(frame, index=self._captured)
        item = CapturedFrame(frame, _preview(frame.image), time.monotonic(), still)
        self._captured += 1
        self.frames.put(item)
        self._pending.put(item)
        if (recorder := self.recorder) is not None:
            recorder.add_frame(frame)
        self.camera_rate.tick()
        if self.status.state is not State.RUNNING:
            self._say(State.RUNNING)

    def _pump_live(self, source: Source, began: float) -> None:
        """Until the camera is gone; the clock runs on through its absence."""
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                self._say(State.WAITING, f"{source.name} is gone. Waiting for it to come back...")
                self._stop.wait(_RETRY_S)
                return
            self._hand_on(replace(frame, time_s=time.monotonic() - began))

    def _pump_file(self, source: Source) -> None:
        """At the file's own speed."""
        began, first_s, previous_s, shift_s = time.monotonic(), None, -math.inf, 0.0
        while not self._stop.is_set():
            frame = source.read()
            if frame is None:
                if not self._captured:
                    raise MienError(f"{source.name} has no picture in it that can be read.")
                self._say(State.ENDED, "" if source.still else f"{source.name} has ended.")
                return
            if frame.time_s + shift_s <= previous_s:  # as in files that were joined: the clock goes on
                shift_s = previous_s + _STEP_S - frame.time_s
            previous_s = frame.time_s + shift_s
            first_s = previous_s if first_s is None else first_s
            self._stop.wait(max(0.0, began + previous_s - first_s - time.monotonic()))
            self._hand_on(replace(frame, time_s=previous_s), still=source.still)

    def _recognise(self) -> None:
        while not self._stop.is_set():
            self._exchange.clear()
            with self._make_recognizer() as recognizer:
                self.engine, self.card = recognizer.engine, recognizer.card
                while not self._exchange.is_set():
                    item = self._pending.wait()
                    if item is None:
                        return
                    if not self._exchange.is_set():
                        self._read(recognizer, item)
                    else:
                        self._pending.put(item)  # for the next recogniser

    def _read(self, recognizer: "Recognizer", item: CapturedFrame) -> None:
        read = recognizer.recognize_picture if item.still else recognizer.recognize
        recognition = read(item.frame, views=True)
        self.results.put(LiveResult(item, recognition, recognizer.card.name, time.monotonic() - item.clock_s))
        if (recorder := self.recorder) is not None:
            recorder.add_reading(item.frame, recognition)
        self.recognition_rate.tick()


def _preview(image: Image) -> Image:
    longest = max(image.shape[:2])
    if longest <= _PREVIEW_PX:
        return image
    size = (round(image.shape[1] * _PREVIEW_PX / longest), round(image.shape[0] * _PREVIEW_PX / longest))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
