"""Many sources one after another, and what does not stay while it is paused. No model is needed for either."""

import threading
import time

from tests.core.live.test_live import wait_for
from tests.mjpeg import MjpegServer

from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.recognition.recognizer import Recognizer


def test_of_many_sources_in_a_row_only_the_first_and_the_last_load_a_model() -> None:
    loaded: list[str] = []
    opened_all = threading.Event()

    def make() -> Recognizer:
        loaded.append("a model")
        opened_all.wait()
        raise MienError("There is none.")

    opened: list[LivePipeline] = []
    try:
        for _ in range(10):
            before = opened[-1] if opened else None
            if before is not None:
                before.stop()
            opened.append(LivePipeline("demo", make, after=before))
            assert wait_for(lambda: bool(loaded))
        opened_all.set()
        assert wait_for(lambda: opened[-1].status.state is State.FAILED)
        assert len(loaded) == 2
    finally:
        opened_all.set()
        for pipeline in opened:
            pipeline.stop()
            pipeline.join()


def test_a_paused_camera_is_not_recognised_again_by_a_change_of_settings() -> None:
    server, ended = MjpegServer(), threading.Event()

    def make() -> Recognizer:
        ended.wait()
        raise MienError("There is none.")

    pipeline = LivePipeline(server.address, make)
    try:
        assert wait_for(lambda: pipeline.frames.peek() is not None)
        pipeline.transport.pause(True)
        time.sleep(0.1)  # what is on its way
        newest, dropped = pipeline.frames.peek(), pipeline.dropped
        pipeline.settings_changed()
        pipeline.turn(90)
        assert pipeline.frames.peek() is newest
        assert pipeline.dropped == dropped
    finally:
        ended.set()
        pipeline.stop()
        pipeline.join()
        server.stop()
