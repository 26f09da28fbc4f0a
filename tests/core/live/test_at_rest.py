"""What is changed while no other picture comes: a video is paused, or has ended."""

from pathlib import Path

import pytest
from tests.core.live.test_live import wait_for, write_video

from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien.recognition.recognizer import Recognizer
from mien.sources import DemoSource
from mien.video.writer import VideoWriter


@pytest.mark.parametrize("paused", [True, False])
def test_a_change_counts_at_once_for_the_picture_that_stays(model_path: str, tmp_path: Path, paused: bool) -> None:
    path = write_video(tmp_path / "clip.avi", frames=3, fps=30)
    pipeline = LivePipeline(str(path), lambda: Recognizer(model_path))
    try:
        assert wait_for(lambda: pipeline.status.state is State.ENDED and pipeline.idle)
        if paused:
            pipeline.transport.pause(True)
            pipeline.transport.go_to(0.0)
            assert wait_for(lambda: pipeline.status.state is State.RUNNING and pipeline.idle)
        before = pipeline.results.peek()
        pipeline.settings_changed()
        assert wait_for(lambda: pipeline.results.peek() is not before and pipeline.idle)
        again = pipeline.results.peek()
        assert before is not None
        assert again is not None
        assert again.captured.frame is before.captured.frame
        assert again.captured.clock_s > before.captured.clock_s  # its latency is its own
        tall, wide = before.captured.frame.image.shape[:2]
        pipeline.turn(90)
        assert wait_for(lambda: pipeline.results.peek() is not again and pipeline.idle)
        turned = pipeline.results.peek()
        assert turned is not None
        assert turned.captured.frame.image.shape[:2] == (wide, tall)
        assert turned.captured.frame.index == before.captured.frame.index
        assert (pipeline.status.state is State.ENDED) is not paused
    finally:
        pipeline.stop()
        pipeline.join()


def test_people_side_by_side_do_not_swap_their_numbers_where_the_picture_is_turned(
    model_path: str, tmp_path: Path
) -> None:
    picture = DemoSource(2).draw(0.0)
    with VideoWriter(tmp_path / "two.mp4", 640, 480, 25) as writer:
        for i in range(3):
            writer.write(picture, i / 25)
    pipeline = LivePipeline(str(tmp_path / "two.mp4"), lambda: Recognizer(model_path))

    def people(turned: int) -> set[int]:
        """Once both are found, which may take some looks."""
        found: set[int] = set()

        def both() -> bool:
            result = pipeline.results.peek()
            if not pipeline.idle or result is None:
                return False
            if result.captured.turned == turned:
                found.update(own.track_id for own in result.recognition.predictions)
            pipeline.settings_changed()
            return len(found) >= 2

        assert wait_for(both)
        return found

    try:
        assert wait_for(lambda: pipeline.status.state is State.ENDED and pipeline.idle)
        before = people(0)
        pipeline.turn(180)
        assert not before & people(180)
    finally:
        pipeline.stop()
        pipeline.join()
