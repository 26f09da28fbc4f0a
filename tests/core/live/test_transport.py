"""Pausing and seeking in a file that is played by the real pipeline; a recogniser is not needed for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.core.live.test_live import wait_for, write_video
from tests.mjpeg import MjpegServer

from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.recognition.recognizer import Recognizer
from mien.types import Frame

Play = Callable[[str], LivePipeline]


@pytest.fixture
def play(model_path: str) -> Iterator[Play]:
    pipelines: list[LivePipeline] = []

    def made(address: str) -> LivePipeline:
        pipelines.append(LivePipeline(address, lambda: Recognizer(model_path)))
        return pipelines[-1]

    yield made
    for pipeline in pipelines:
        pipeline.stop()
        pipeline.join()


def newest(pipeline: LivePipeline) -> Frame:
    captured = pipeline.frames.peek()
    assert captured is not None
    return captured.frame


def test_a_paused_file_waits_at_its_frame_and_goes_on_after_it(play: Play, tmp_path: Path) -> None:
    pipeline = play(str(write_video(tmp_path / "clip.avi", frames=40, fps=20)))
    assert wait_for(lambda: pipeline.frames.peek() is not None)
    pipeline.transport.pause(True)
    assert not wait_for(lambda: pipeline.status.state is State.ENDED, 0.2)  # a frame may have been on its way
    index = newest(pipeline).index
    assert not wait_for(lambda: newest(pipeline).index != index, 0.5)
    pipeline.transport.pause(False)
    assert wait_for(lambda: newest(pipeline).index > index)


def test_a_paused_file_shows_the_frame_of_another_time(play: Play, tmp_path: Path) -> None:
    pipeline = play(str(write_video(tmp_path / "clip.avi", frames=100, fps=10)))
    assert wait_for(lambda: pipeline.frames.peek() is not None)
    assert pipeline.transport.duration_s == pytest.approx(10, abs=0.11)
    pipeline.transport.pause(True)
    for time_s in (7.0, 0.0, 9.0, 3.5):
        pipeline.transport.go_to(time_s)
        assert wait_for(lambda time_s=time_s: newest(pipeline).time_s == pytest.approx(time_s, abs=0.01))
        assert newest(pipeline).index == round(time_s * 10)


def test_a_file_that_has_ended_is_played_again_from_where_one_goes(play: Play, tmp_path: Path) -> None:
    pipeline = play(str(write_video(tmp_path / "clip.avi", frames=6, fps=30)))
    for time_s in (0.0, 0.1):
        assert wait_for(lambda: pipeline.status.state is State.ENDED)
        assert newest(pipeline).index == 5
        pipeline.transport.pause(True)
        pipeline.transport.go_to(time_s)
        assert wait_for(lambda: pipeline.status.state is State.RUNNING)
        assert newest(pipeline).index == round(time_s * 30)
        pipeline.transport.pause(False)


def test_a_loop_begins_again_at_the_end(play: Play, tmp_path: Path) -> None:
    pipeline = play(str(write_video(tmp_path / "clip.avi", frames=6, fps=30)))
    pipeline.transport.loop = True
    assert wait_for(lambda: pipeline.frames.peek() is not None and newest(pipeline).index == 5)
    assert wait_for(lambda: newest(pipeline).index < 5)
    pipeline.transport.loop = False
    assert wait_for(lambda: pipeline.status.state is State.ENDED)


def test_a_camera_that_nobody_looks_at_is_read_but_not_recognised(play: Play, mjpeg_server: MjpegServer) -> None:
    pipeline = play(mjpeg_server.address)
    assert wait_for(lambda: pipeline.frames.peek() is not None)
    pipeline.transport.hold(True)
    assert not wait_for(lambda: False, 0.2)  # a frame may have been on its way
    before = newest(pipeline)
    assert not wait_for(lambda: newest(pipeline) is not before, 0.5)
    pipeline.transport.hold(False)
    assert wait_for(lambda: newest(pipeline).index > before.index)
    assert newest(pipeline).time_s > before.time_s + 0.5


def test_stopping_ends_what_is_paused_and_what_has_ended(play: Play, tmp_path: Path) -> None:
    paused = play(str(write_video(tmp_path / "long.avi", frames=100)))
    paused.transport.pause(True)
    ended = play(str(write_video(tmp_path / "short.avi", frames=2)))
    assert wait_for(lambda: ended.status.state is State.ENDED)
    for pipeline in (paused, ended):
        pipeline.stop()
        assert wait_for(lambda pipeline=pipeline: not pipeline.alive)
