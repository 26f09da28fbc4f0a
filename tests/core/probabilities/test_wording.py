import numpy as np
import pytest

from mien.probabilities.wording import candidates, in_words, named
from mien.types import Face, Prediction, Reason

CLASSES = ("neutral", "happiness", "surprise", "sadness")
FACE = Face((0.0, 0.0, 48.0, 48.0), np.zeros((6, 2), np.float32), 1.0)


def predicted(among: tuple[int, ...], *unsure: Reason, p: tuple[float, ...] = (0.1, 0.5, 0.3, 0.1)) -> Prediction:
    values = np.array(p, np.float32)
    label = CLASSES[int(values.argmax())]
    return Prediction(1, FACE, values, values, label, not unsure, 0, 0.0, expressions=among, unsure=unsure)


@pytest.mark.parametrize(
    ("prediction", "words", "names"),
    [
        (predicted((1,)), "happiness 0.50", ("happiness",)),
        (predicted((1, 2), "ambiguous"), "happiness or surprise", ("happiness", "surprise")),
        (predicted((1, 2, 0), "ambiguous"), "not sure", ()),
        # Two are named only where nothing else speaks against it.
        (predicted((1, 2), "small", "ambiguous"), "not sure", ()),
        (predicted((1,), "blurred"), "not sure", ()),
        # A model whose card lacks the values for sets.
        (predicted((), "ambiguous"), "not sure", ()),
    ],
)
def test_a_prediction_in_words(prediction: Prediction, words: str, names: tuple[str, ...]) -> None:
    assert in_words(prediction, CLASSES) == words
    assert named(prediction, CLASSES) == names


def test_what_is_left_open() -> None:
    assert candidates(predicted((1, 2, 0, 3), "ambiguous"), CLASSES) == ("happiness", "surprise", "neutral")
    assert candidates(predicted((), "ambiguous"), CLASSES) == ("happiness", "surprise")  # 0.8 together
    flat = predicted((), "ambiguous", p=(0.25, 0.25, 0.25, 0.25))
    assert len(candidates(flat, CLASSES)) == 3
    said = in_words(predicted((1, 2, 0), "ambiguous"), CLASSES, either=" oder ", not_sure="unsicher: {}")
    assert said == "unsicher: happiness oder surprise oder neutral"
