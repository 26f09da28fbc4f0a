import numpy as np

from mien.faces.newcomers import SURER, Newcomers
from mien.types import Face


def face(x: float, score: float = 0.4) -> Face:
    return Face((x, 50, 40, 40), np.ones((6, 2), np.float32), score)


def test_what_was_no_face_rests_and_longer_each_time() -> None:
    newcomers = Newcomers()
    newcomers.refuse([face(100)], 0)
    assert [one.box[0] for one in newcomers.rested([face(103), face(300)], 23)] == [300]
    assert len(newcomers.rested([face(103)], 24)) == 1
    newcomers.refuse([face(103)], 24)
    assert newcomers.rested([face(103)], 24 + 47) == []
    assert len(newcomers.rested([face(103)], 24 + 48)) == 1


def test_one_whose_score_has_risen_does_not_rest() -> None:
    newcomers = Newcomers()
    newcomers.refuse([face(100)], 0)
    assert newcomers.rested([face(100, 0.4 + 0.9 * SURER)], 1) == []
    assert len(newcomers.rested([face(100, 0.4 + 1.1 * SURER)], 1)) == 1


def test_those_that_wait_keep_their_place_and_not_their_keypoints() -> None:
    newcomers, again = Newcomers(), Newcomers()
    newcomers.keep([face(100), face(200), face(300)], [face(205)])
    newcomers.refuse([face(400)], 7)
    again.load_state(*newcomers.state())
    assert [one.box[0] for one in again.waiting] == [100, 300]
    assert not again.waiting[0].keypoints.any()
    assert again.state() == newcomers.state()
