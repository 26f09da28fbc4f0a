"""Head pose is measured where it is asked for; where it is not, nothing of it is loaded."""

import json

from mien.recognition.recognizer import Recognizer
from mien.sources import DemoSource


def test_a_recogniser_measures_it_only_when_asked(model_path: str) -> None:
    frame = DemoSource().read()
    assert frame is not None
    with Recognizer(model_path) as recognizer:
        assert [one.pose for one in recognizer.recognize(frame).predictions] == [None]
        assert recognizer._poses._mesh is None
        recognizer.settings.pose = True
        (seen,) = recognizer.recognize(frame).predictions
        assert seen.pose is not None
        assert abs(seen.pose.yaw_deg) < 10
        kept = json.loads(json.dumps(recognizer.smoothing_state()))
        recognizer.load_state(recognizer.tracking_state(), kept)
        assert recognizer.smoothing_state() == kept
        recognizer.load_state(recognizer.tracking_state(), kept["probabilities"])  # of an older version
