from dataclasses import replace

import numpy as np

from mien.types import Face, Prediction


def test_a_prediction_equals_itself_alone_and_can_be_in_a_list_or_a_set() -> None:
    face = Face((0, 0, 9, 9), np.zeros((6, 2), np.float32), 0.9)
    row = np.full(2, 0.5, np.float32)
    one = Prediction(1, face, row, row, "a", True, 0, 0.0)
    same = replace(one, probabilities=row.copy(), face=replace(face, keypoints=face.keypoints.copy()))
    assert [same, one].index(one) == 1
    assert len({one, same, one}) == 2
    assert face not in (same.face,)
