"""Starts, changes and stops live pipelines without ever making the window wait for one."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from mien.live.pipeline import LivePipeline
from mien.live.state import LiveResult
from mien.recognition.settings import RecognizerSettings
from mien.runtimes import needs_preparing
from mien.sources import AnyAddress, is_live

if TYPE_CHECKING:
    from mien.recognition.recognizer import Recognizer


class PipelineHost:
    """At most one pipeline that is looked at, and those that are still ending."""

    def __init__(self, settings: RecognizerSettings) -> None:
        self.settings = settings
        self.pipeline: LivePipeline | None = None
        self.source = ""
        """The source that was opened last, as files call it."""
        self.title = ""
        """And as the window does, in its language."""
        self.opened_at: datetime | None = None
        """When that was; None of a file."""
        self.model = ""
        """Name or path of the model in use."""
        self.preparing = False
        """Whether the model is being prepared for this machine, which is done once and takes some ten seconds."""
        self.on_result: Callable[[LiveResult], object] | None = None
        """Called with every result of the pipelines that are opened from now on, see `LivePipeline.on_result`."""
        self.rotate = 0
        """By how many degrees, clockwise, pictures are turned."""
        self._held = False
        self._ending: list[LivePipeline] = []

    def open(self, address: AnyAddress, source: str, model: str, runtime: str) -> None:
        """Leave what runs, and start another source; `source` is what files call it."""
        self.close()
        previous = self._ending[-1] if self._ending else None
        self.source, self.opened_at, self.model = source, datetime.now() if is_live(address) else None, model
        self.pipeline = LivePipeline(
            address,
            self._maker(model, runtime),
            after=previous,
            on_result=self.on_result,
            rotate=self.rotate,
        )
        self.pipeline.transport.hold(self._held)

    def use(self, model: str, runtime: str) -> None:
        """Go on with another model or runtime; the source stays open."""
        self.model = model
        if self.pipeline is not None:
            self.pipeline.use(self._maker(model, runtime))

    def hold(self, held: bool) -> None:
        """Let the source rest while nobody sees it, or go on."""
        self._held = held
        if self.pipeline is not None:
            self.pipeline.transport.hold(held)

    def turn(self, degrees: int) -> None:
        """Turn pictures clockwise by so many degrees from now on."""
        self.rotate = degrees
        if self.pipeline is not None:
            self.pipeline.turn(degrees)

    def settings_changed(self) -> None:
        """Recognise a picture again that stays."""
        if self.pipeline is not None:
            self.pipeline.settings_changed()

    def _maker(self, model: str, runtime: str) -> "Callable[[], Recognizer]":
        def make() -> "Recognizer":
            from mien.recognition.recognizer import Recognizer  # takes half a second; `load_libraries` has it ready

            # One core is left to the window and the camera.
            threads = max((os.cpu_count() or 2) - 1, 1)
            self.preparing = needs_preparing(model, runtime)
            try:
                return Recognizer(model, runtime=runtime, threads=threads, settings=self.settings)
            finally:
                self.preparing = False

        return make

    def close(self) -> None:
        """Let go of what runs; its threads end by themselves."""
        if self.pipeline is not None:
            self.pipeline.stop()
            self._ending.append(self.pipeline)
            self.pipeline = None
        self._ending = [pipeline for pipeline in self._ending if pipeline.alive]

    def wait(self) -> None:
        """Wait until every thread has ended: at the program's end, when the window is gone."""
        self.close()
        for pipeline in self._ending:
            pipeline.join()
        self._ending.clear()
