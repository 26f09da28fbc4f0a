import numpy as np

from mien.types import Face, Prediction, Recognition
from mien_app.live.selection import Selection


def seen(time_s: float, *tracks: int) -> Recognition:
    row = np.array([0.3, 0.7], np.float32)
    face = Face((0, 0, 9, 9), np.zeros((6, 2), np.float32), 0.9)
    people = tuple(Prediction(track, face, row, row, "b", True, 0, time_s) for track in tracks)
    return Recognition(0, time_s, people, ())


def test_the_largest_is_chosen_and_kept() -> None:
    selection = Selection()
    assert selection.choose(seen(0.0)) is None
    assert selection.choose(seen(0.1, 4, 2)).track_id == 4
    assert selection.choose(seen(0.2, 2, 4)).track_id == 4


def test_a_person_who_is_lost_for_a_moment_stays_selected() -> None:
    selection = Selection()
    selection.choose(seen(0.0, 1, 2))
    assert selection.choose(seen(0.2, 2)) is None
    assert selection.recently_seen(seen(0.2, 2))
    assert selection.choose(seen(0.4, 2, 1)).track_id == 1
    assert not selection.recently_seen(seen(2.0))
    assert selection.choose(seen(2.0, 2)).track_id == 2


def test_stepping_goes_round() -> None:
    selection = Selection()
    selection.choose(seen(0.0, 5, 1, 3))
    assert [selection.step(seen(0.0, 5, 1, 3), 1) or selection.track for _ in range(3)] == [1, 3, 5]
    selection.step(seen(0.0, 5, 1, 3), -1)
    assert selection.track == 3
    selection.step(seen(0.0), 1)
    assert selection.track == 3
