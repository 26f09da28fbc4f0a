import gc
import threading
import time
import weakref
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.mjpeg import MjpegServer

from mien.errors import MienError
from mien.live import capture, latest_value
from mien.live.latest_value import LatestValue, RateMeter
from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.models.cards import Card
from mien.nn.config import NetworkConfig
from mien.recognition.recognizer import Recognizer
from mien.sources import DemoSource, open_source
from mien.types import Frame
from mien.utils.images import shrunk
from mien.video import VideoFile


def write_video(path: Path, frames: int = 12, fps: float = 10.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (160, 120))
    for i in range(frames):
        writer.write(np.full((120, 160, 3), 10 * i % 256, np.uint8))
    writer.release()
    return path


def wait_for(condition: object, seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return False


def mien_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("mien-")]


def test_latest_keeps_the_newest_and_counts_the_rest() -> None:
    slot: LatestValue[int] = LatestValue()
    assert slot.peek() is None
    for i in range(5):
        slot.put(i)
    assert (slot.peek(), slot.dropped) == (4, 4)
    assert slot.wait() == 4
    slot.put(5)
    assert (slot.wait(), slot.dropped) == (5, 4)
    slot.close()
    assert slot.wait() is None


def test_closing_wakes_who_waits() -> None:
    slot: LatestValue[int] = LatestValue()
    seen: list[int | None] = []
    thread = threading.Thread(target=lambda: seen.append(slot.wait()))
    thread.start()
    slot.close()
    thread.join(5)
    assert seen == [None]


def test_a_rate_counts_and_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(latest_value.time, "monotonic", lambda: clock[0])
    rate = RateMeter()
    assert rate.per_second == 0
    for _ in range(30):
        clock[0] += 0.1
        rate.tick()
    assert rate.per_second == pytest.approx(10)
    clock[0] += 5
    assert rate.per_second == 0


def test_a_video_gives_every_frame_with_its_time(tmp_path: Path) -> None:
    source = open_source(str(write_video(tmp_path / "a.avi")))
    assert isinstance(source, VideoFile)
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    assert [frame.index for frame in frames] == list(range(12))
    assert np.diff([frame.time_s for frame in frames]) == pytest.approx([0.1] * 11, abs=1e-3)


def test_a_video_is_played_at_its_own_rate_to_its_end(tmp_path: Path, model_path: str) -> None:
    pipeline = LivePipeline(str(write_video(tmp_path / "a.avi", 12, 8.0)), lambda: Recognizer(model_path))
    assert wait_for(lambda: pipeline.frames.peek() is not None)
    first = pipeline.frames.peek()
    assert wait_for(lambda: pipeline.status.state is State.ENDED)
    last = pipeline.frames.peek()
    assert last.frame.index == 11
    between_s = last.frame.time_s - first.frame.time_s
    assert between_s == pytest.approx((11 - first.frame.index) / 8, abs=1e-3)
    assert last.clock_s - first.clock_s == pytest.approx(between_s, abs=0.3)
    pipeline.stop()
    pipeline.join()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("97", "Camera 97 cannot be opened"),
        ("/no/such.mp4", "does not exist"),
        ("http://127.0.0.1:9/x", "does not answer"),
    ],
)
def test_what_cannot_be_opened_is_reported(address: str, message: str) -> None:
    with pytest.raises(MienError, match=message):
        open_source(address)


def test_a_broken_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_text("this is text")
    with pytest.raises(MienError, match="cannot be read as a video or picture"):
        open_source(str(tmp_path / "x.mp4"))


def test_the_pipeline_recognises_the_demo_and_leaves_no_thread(model_path: str) -> None:
    pipeline = LivePipeline("demo", lambda: Recognizer(model_path))
    assert wait_for(lambda: (r := pipeline.results.peek()) is not None and r.captured.frame.index > 3)
    result = pipeline.results.peek()
    assert result.recognition.frame_index == result.captured.frame.index
    assert result.recognition.predictions
    assert 0 < result.latency_s < 30
    assert pipeline.camera_rate.per_second > 5
    pipeline.stop()
    pipeline.join()
    assert pipeline.status.state is State.RUNNING
    assert pipeline.runs_on.endswith("CPU") or pipeline.runs_on.startswith("PyTorch")
    assert mien_threads() == []


def test_an_ended_pipeline_goes_at_once_with_its_pictures(model_path: str, tmp_path: Path) -> None:
    gc.disable()  # else it may go by chance
    try:
        pipeline = LivePipeline(str(write_video(tmp_path / "a.avi", 3)), lambda: Recognizer(model_path))
        result = pipeline.results.wait()
        pipeline.stop()
        pipeline.join()
        known = [weakref.ref(pipeline), weakref.ref(result)]
        del pipeline, result
        assert [reference() for reference in known] == [None, None]
    finally:
        gc.enable()


def test_a_slow_recogniser_never_holds_up_the_capture() -> None:
    class Slow:
        runs_on, passed_over = "none", ""
        card = Card(name="slow", network=NetworkConfig())

        def __enter__(self) -> "Slow":
            return self

        def __exit__(self, *_: object) -> None: ...

        def recognize(self, frame: object, *, views: bool) -> object:
            time.sleep(0.5)
            return object()

    pipeline = LivePipeline("demo", Slow)
    assert wait_for(lambda: (f := pipeline.frames.peek()) is not None and f.frame.index >= 30, 10)
    assert pipeline.dropped > 15
    pipeline.stop()
    pipeline.join()
    assert mien_threads() == []


def test_failures_become_messages(tmp_path: Path, model_path: str) -> None:
    absent = LivePipeline("97", lambda: Recognizer(model_path))
    assert wait_for(lambda: absent.status.state is State.WAITING)
    assert "cannot be opened" in absent.status.message
    no_model = LivePipeline("demo", lambda: Recognizer("nobody"))
    assert wait_for(lambda: no_model.status.state is State.FAILED)
    assert "No model" in no_model.status.message
    missing = LivePipeline("/no/such.mp4", lambda: Recognizer(model_path))
    assert wait_for(lambda: missing.status.state is State.FAILED)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.png").write_text("text")
    nothing = LivePipeline(str(tmp_path / "broken"), lambda: Recognizer(model_path))
    assert wait_for(lambda: nothing.status.state is State.FAILED)
    assert "no picture that can be read" in nothing.status.message
    ended = LivePipeline(str(write_video(tmp_path / "a.avi", 3)), lambda: Recognizer(model_path))
    assert wait_for(lambda: ended.status.state is State.ENDED)
    assert "has ended" in ended.status.message
    for pipeline in (absent, no_model, missing, nothing, ended):
        pipeline.stop()
        pipeline.join()
    assert mien_threads() == []


def test_a_network_camera_that_is_cut_comes_back(model_path: str, mjpeg_server: MjpegServer) -> None:
    pipeline = LivePipeline(mjpeg_server.address, lambda: Recognizer(model_path))
    assert wait_for(lambda: pipeline.status.state is State.RUNNING)
    assert wait_for(lambda: pipeline.results.peek() is not None)
    mjpeg_server.stop()
    assert wait_for(lambda: pipeline.status.state is State.WAITING)
    assert pipeline.status.message
    newest = pipeline.frames.peek().frame
    mjpeg_server.start()
    assert wait_for(lambda: pipeline.status.state is State.RUNNING)
    assert wait_for(lambda: pipeline.frames.peek().frame.index > newest.index)
    assert pipeline.frames.peek().frame.time_s > newest.time_s
    pipeline.stop()
    pipeline.join()
    assert mien_threads() == []


def test_the_recogniser_is_exchanged_while_the_source_goes_on(model_path: str) -> None:
    pipeline = LivePipeline("demo", lambda: Recognizer(model_path))
    assert wait_for(lambda: pipeline.results.peek() is not None)
    assert pipeline.results.peek().model == "untrained"
    before = pipeline.frames.peek().frame.index
    pipeline.use(lambda: Recognizer("light"))
    assert wait_for(lambda: pipeline.results.peek().model == "light")
    assert pipeline.frames.peek().frame.index > before
    pipeline.stop()
    pipeline.join()
    assert mien_threads() == []


def test_a_picture_is_recognised_with_care_and_again_by_another_model(tmp_path: Path, model_path: str) -> None:
    path = tmp_path / "people.png"
    cv2.imwrite(str(path), DemoSource(faces=6).draw(0.1))
    pipeline = LivePipeline(str(path), lambda: Recognizer(model_path))
    assert wait_for(lambda: pipeline.results.peek() is not None)
    assert len(pipeline.results.peek().recognition.predictions) == 6
    assert wait_for(lambda: pipeline.status.state is State.ENDED)
    assert pipeline.status.message == ""
    pipeline.use(lambda: Recognizer("light"))
    assert wait_for(lambda: pipeline.results.peek().model == "light")
    pipeline.stop()
    pipeline.join()


@pytest.mark.parametrize(
    ("times", "last_s"),
    [
        ([0.0, 0.0, 0.0, 0.0], 3 / 30),
        ([5.0, 5.1, 0.0, 0.2], 5.3 + 1 / 30),  # two files that were joined
    ],
)
def test_the_clock_of_a_file_never_goes_back(
    monkeypatch: pytest.MonkeyPatch, model_path: str, times: list[float], last_s: float
) -> None:
    class Joined:
        name, live, still = "x", False, False

        def __init__(self) -> None:
            self.left = [Frame(i, time_s, np.zeros((60, 80, 3), np.uint8)) for i, time_s in enumerate(times)]

        def read(self) -> Frame | None:
            return self.left.pop(0) if self.left else None

        def close(self) -> None: ...

    monkeypatch.setattr(capture, "open_source", lambda *_: Joined())
    pipeline = LivePipeline("x", lambda: Recognizer(model_path))
    assert wait_for(lambda: pipeline.status.state is State.ENDED)
    assert pipeline.frames.peek().frame.time_s == pytest.approx(last_s)
    pipeline.stop()
    pipeline.join()


def test_a_failure_stays(model_path: str) -> None:
    pipeline = LivePipeline("demo", lambda: Recognizer("nobody"))
    assert wait_for(lambda: pipeline.status.state is State.FAILED)
    pipeline.join()
    pipeline._tell(State.RUNNING)
    assert "No model" in pipeline.status.message


def test_what_nobody_foresaw_is_reported_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    pipeline = LivePipeline("demo", lambda: 1 / 0)
    assert wait_for(lambda: pipeline.status.state is State.FAILED)
    pipeline.join()
    assert "ZeroDivisionError" in pipeline.status.message
    assert any(record.exc_info for record in caplog.records)


def test_large_pictures_are_shrunk_for_the_window() -> None:
    small, large = np.zeros((480, 640, 3), np.uint8), np.zeros((3000, 4000, 3), np.uint8)
    assert shrunk(small, 1600) is small
    assert shrunk(large, 1600).shape == (1200, 1600, 3)
    assert shrunk(large[:1], 1600).shape == (1, 1600, 3)
