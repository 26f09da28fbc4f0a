import numpy as np

from mien.faces.tracker import Tracker
from mien.types import Face


def face(x: float, y: float = 100.0, size: float = 60.0) -> Face:
    return Face((x - size / 2, y - size / 2, size, size), np.zeros((6, 2), np.float32), 0.9)


def test_a_person_who_moves_keeps_the_number() -> None:
    tracker = Tracker()
    numbers = {tracker.update([face(50 + 12 * i)], i / 25)[0] for i in range(40)}
    assert numbers == {1}


def test_a_short_loss_is_forgiven_and_a_long_one_is_not() -> None:
    tracker = Tracker()
    assert tracker.update([face(100)], 0.0) == [1]
    assert tracker.update([], 0.5) == []
    assert tracker.update([face(120)], 1.0) == [1]
    assert tracker.update([face(120)], 4.0) == [2]


def test_two_people_who_cross_keep_their_numbers() -> None:
    tracker = Tracker()
    seen = []
    for i in range(60):
        left, right = face(100 + 5 * i, 100), face(400 - 5 * i, 130)
        # while they overlap, the detector sees one of them only
        seen.append(tracker.update([right] if 27 <= i <= 33 else [left, right], i / 25))
    assert seen[0] == [1, 2]
    assert seen[-1] == [1, 2]
    assert {n for numbers in seen for n in numbers} == {1, 2}


def test_the_order_of_the_faces_does_not_matter() -> None:
    tracker = Tracker()
    tracker.update([face(100), face(300), face(500)], 0.0)
    assert tracker.update([face(505), face(103), face(301)], 0.04) == [3, 1, 2]


def test_a_face_far_away_or_of_another_size_is_someone_else() -> None:
    tracker = Tracker()
    tracker.update([face(100)], 0.0)
    assert tracker.update([face(400)], 0.04) == [2]
    assert tracker.update([face(400, size=200)], 0.08) == [3]


def test_going_back_in_time_starts_again() -> None:
    tracker = Tracker()
    tracker.update([face(100)], 5.0)
    assert tracker.update([face(100)], 0.0) == [2]
