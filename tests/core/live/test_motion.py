import numpy as np
import pytest

from mien.live.motion import Motion
from mien.types import Face, Prediction, Recognition


def seen(time_s: float, *boxes: tuple[float, float, float, float]) -> Recognition:
    """A result with a face for each box; their tracks count from 1."""
    even = np.full(2, 0.5, np.float32)
    predictions = tuple(
        Prediction(number, Face(box, np.zeros((6, 2), np.float32), 1.0), even, even, "a", True, 0, time_s)
        for number, box in enumerate(boxes, 1)
    )
    return Recognition(0, time_s, predictions, ())


def boxes(motion: Motion, result: Recognition, time_s: float) -> list[list[float]]:
    return [list(p.face.box) for p in motion.at(result, time_s)]


def learned(*results: Recognition) -> Motion:
    motion = Motion()
    for result in results:
        motion.take(result)
    return motion


# A face that goes 100 px/s to the right and grows by 20 px/s, seen ten times a second.
MOVES = [seen(0.1 * i, (10.0 * i, 50, 40 + 2.0 * i, 40 + 2.0 * i), (300, 50, 40, 40)) for i in range(12)]


def test_a_box_is_where_its_face_should_be_in_the_frame_that_is_shown() -> None:
    moving, resting = boxes(learned(*MOVES), MOVES[-1], MOVES[-1].time_s + 0.2)
    assert moving == pytest.approx([130, 50, 66, 66], abs=0.5)
    assert resting == [300, 50, 40, 40]


def test_in_its_own_frame_and_in_an_earlier_one_a_box_stays() -> None:
    for time_s in (MOVES[-1].time_s, MOVES[-1].time_s - 0.3):
        assert boxes(learned(*MOVES), MOVES[-1], time_s) == [list(p.face.box) for p in MOVES[-1].predictions]


def test_a_box_is_not_moved_far_ahead() -> None:
    # Recognition hangs for ten seconds: the box waits where the face was to be expected .4 s later.
    (moving, _) = boxes(learned(*MOVES), MOVES[-1], MOVES[-1].time_s + 10)
    assert moving[0] == pytest.approx(150, abs=0.5)


def test_a_face_that_is_new_or_was_away_has_no_velocity_yet() -> None:
    came_back = seen(9.0, (500, 50, 40, 40))
    assert boxes(learned(*MOVES, came_back), came_back, 9.2) == [[500, 50, 40, 40]]
