"""The live pipeline: one thread captures, one recognises, and whoever draws takes the newest of both.

Nobody waits for anybody: a frame that is not taken in time is replaced by the next one.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mien.errors import MienError
from mien.live.capture import Capture
from mien.live.latest_value import LatestValue, RateMeter
from mien.live.state import CapturedFrame, LiveResult, State, Status
from mien.live.transport import Transport
from mien.sources import Address, AnyAddress, is_live
from mien.types import Frame
from mien.utils.at_exit import at_exit
from mien.utils.images import rotated, shrunk
from mien.utils.logs import unexpected

if TYPE_CHECKING:
    from mien.models.cards import Card
    from mien.recognition.recognizer import Recognizer
    from mien.session.recorder import Recorder

log = logging.getLogger(__name__)

_CAMERA_PATIENCE_S = 15.0
_PREVIEW_PX = 1600  # longer side; drawing a larger picture would hold up the window


class LivePipeline:
    """Captures from one source and recognises, on two threads of its own.

    Read `frames`, `results` and `status` at any rate. A camera that is lost is waited for.
    """

    def __init__(
        self,
        address: AnyAddress,
        recognizer: "Callable[[], Recognizer]",
        *,
        after: "LivePipeline | None" = None,
        on_result: Callable[[LiveResult], object] | None = None,
        rotate: int = 0,
    ) -> None:
        """Start.

        Args:
            address: of `mien.sources.open_source`.
            recognizer: makes the recogniser; called on the recognition thread, since it takes a second or two.
            after: a stopped pipeline that may still hold the same camera and another model; this one waits for its end
                first.
            on_result: see the attribute.
            rotate: turn each picture clockwise by so many degrees (see `mien.types.ROTATIONS`).
        """
        self._rotate = self._recognised_turned = rotate
        self._newest: Frame | None = None  # as it came
        self.address = Address.of(address)
        self.frames: LatestValue[CapturedFrame] = LatestValue()
        self.results: LatestValue[LiveResult] = LatestValue()
        self.camera_rate, self.recognition_rate = RateMeter(), RateMeter()
        self.runs_on = ""
        """Runtime and device, once the model is loaded."""
        self.passed_over = ""
        """Why a faster runtime is not used; empty where none was tried in vain."""
        self.notice = ""
        """What a person should know of the source: files of a folder that are passed over, what a camera does not give.

        Empty of most.
        """
        self.card: Card | None = None
        """Of the model, once it is loaded."""
        self.recorder: Recorder | None = None
        """Takes every frame and every recognition, while there is one."""
        self.on_result = on_result
        """Called with every result, in order, on the thread that recognises: it must not wait for anybody."""
        self._status = Status(State.OPENING)
        self._lock = threading.Lock()
        self._make_recognizer = recognizer
        self._exchange = threading.Event()
        self._stop = threading.Event()
        self._pending: LatestValue[CapturedFrame] = LatestValue()
        self._after = after
        self.transport = Transport()
        """Pauses the source, and moves it to another time."""
        self._capturing = self._thread("mien-capture", self._run_capture)
        self._recognising = self._thread("mien-recognition", self._recognise)
        at_exit(self._end)  # first: Ctrl+C may come while they are started
        self._capturing.start()
        self._recognising.start()

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
    def idle(self) -> bool:
        """Whether the newest frame has its result."""
        result = self.results.peek()
        return result is not None and result.captured is self.frames.peek()

    @property
    def alive(self) -> bool:
        """Whether a thread still runs."""
        return self._capturing.is_alive() or self._recognising.is_alive()

    def source_time(self, clock_s: float) -> float | None:
        """A moment of `time.perf_counter` in the time of the source's frames; None before the first one."""
        newest = self.frames.peek()
        return None if newest is None else newest.frame.time_s + clock_s - newest.clock_s

    def use(self, recognizer: "Callable[[], Recognizer]") -> None:
        """Go on with another recogniser; the source stays open."""
        with self._lock:
            self._make_recognizer = recognizer
            self.runs_on = self.passed_over = ""
            self._exchange.set()
        self._again()

    def turn(self, degrees: int) -> None:
        """Turn pictures clockwise by so many degrees from now on; one that stays, at once."""
        self._rotate = degrees
        if self._stays and (newest := self._newest) is not None:
            self._show(newest, time.perf_counter())

    def settings_changed(self) -> None:
        """Recognise a picture again that stays; of what runs the next frame comes anyway."""
        if self._stays:
            self._again()

    @property
    def _stays(self) -> bool:
        """Whether no other picture comes by itself: it is a still, or a video that is paused or has ended.

        A camera's is not the moment's any more when it is paused.
        """
        newest = self._newest
        if newest is None or is_live(self.address):
            return False
        return newest.still or self.transport.rests or self.status.state is State.ENDED

    def _again(self) -> None:
        newest = self.frames.peek()
        if newest is not None:
            if self._stays:  # its latency counts from now on
                newest = replace(newest, clock_s=time.perf_counter())
                self.frames.put(newest)
            self._pending.put(newest)

    def stop(self) -> None:
        """Ask both threads to end. Does not wait: a camera that does not answer may take seconds to close."""
        self._stop.set()
        self.transport.end()
        self._pending.close()

    def join(self) -> None:
        """Wait for both threads: 15 s for a camera that may never answer, as long as it takes for a model to load."""
        for thread, patience_s in ((self._capturing, _CAMERA_PATIENCE_S), (self._recognising, None)):
            if thread.is_alive():  # it may never have been started
                thread.join(patience_s)

    def _end(self) -> None:
        self.stop()
        self.join()

    def _note(self, text: str) -> None:
        self.notice = text

    def _tell(self, state: State, message: str = "") -> None:
        with self._lock:
            if self._status.state is not State.FAILED:
                self._status = Status(state, message)

    def _thread(self, name: str, work: Callable[[], None]) -> threading.Thread:
        return threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)

    def _guard(self, work: Callable[[], None]) -> None:
        """A thread that fails becomes a message; the window goes on."""
        try:
            work()
        except MienError as error:
            self._tell(State.FAILED, str(error))
            self.stop()
        except Exception as error:
            log.exception("A live thread failed.")
            self._tell(State.FAILED, unexpected(error))
            self.stop()

    def _run_capture(self) -> None:
        if self._after is not None:
            self._after.join()
            self._after = None
        # Only this thread has it: it knows the pipeline, whose pictures would else stay until garbage is collected.
        Capture(self.address, self._stop, self.transport, tell=self._tell, deliver=self._deliver, note=self._note).run()

    def _deliver(self, frame: Frame, clock_s: float) -> None:
        self._newest = frame
        frame = self._show(frame, clock_s)
        if (recorder := self.recorder) is not None:
            recorder.add_frame(frame)
        self.camera_rate.tick()
        if self.status.state is not State.RUNNING:
            self._tell(State.RUNNING)

    def _show(self, frame: Frame, clock_s: float) -> Frame:
        degrees = self._rotate  # may change meanwhile
        frame = replace(frame, image=rotated(frame.image, degrees))
        item = CapturedFrame(frame, shrunk(frame.image, _PREVIEW_PX), clock_s, degrees)
        self.frames.put(item)
        self._pending.put(item)
        return frame

    def _recognise(self) -> None:
        if (after := self._after) is not None and after._recognising.is_alive():
            after._recognising.join()  # else each of many quick changes of the source would load a model at once
        after = None  # its pictures go
        while not self._stop.is_set():
            self._exchange.clear()
            with self._make_recognizer() as recognizer:
                with self._lock:
                    if not self._exchange.is_set():  # else there is another to be made
                        self.passed_over = recognizer.passed_over
                        self.card, self.runs_on = recognizer.card, recognizer.runs_on
                while not self._exchange.is_set():
                    item = self._pending.wait()
                    if item is None:
                        return
                    if not self._exchange.is_set():
                        self._classify(recognizer, item)
                    else:
                        self._pending.put(item)  # for the next recogniser

    def _classify(self, recognizer: "Recognizer", item: CapturedFrame) -> None:
        if item.turned != self._recognised_turned:  # else people who sit side by side would swap their numbers
            self._recognised_turned = item.turned
            recognizer.lose_tracks()
        recognition = recognizer.recognize(item.frame, views=True)
        result = LiveResult(item, recognition, recognizer.card.name, time.perf_counter() - item.clock_s)
        self.results.put(result)
        if (on_result := self.on_result) is not None:
            on_result(result)
        if (recorder := self.recorder) is not None:
            recorder.add_recognition(item.frame, recognition)
        self.recognition_rate.tick()
