"""How a prediction is put into words: the same in the window, on videos and in files."""

from collections.abc import Callable, Sequence

from mien.types import Prediction

NAMED = 2
"""As many classes are named at most; a prediction that leaves more open is "not sure"."""
_CANDIDATES = 3
_SHARE = 0.6  # of the probability; for models whose card lacks the values for prediction sets


def limit_in_words(faces: int, left_out: int, frames: int = 1) -> str:
    """What a limit of faces has left out, in a sentence: "16 of 25 faces were classified, the largest."."""
    each = ", the largest" if frames == 1 else ", the largest of each frame"
    return f"{faces} of {faces + left_out} faces were classified{each}."


def named(prediction: Prediction, classes: Sequence[str]) -> tuple[str, ...]:
    """The classes that stand to be named, most probable first: the label where it is sure, or the two it is between.

    Args:
        prediction: of one face.
        classes: the model's.

    Returns:
        Empty where the prediction is not sure.
    """
    if prediction.sure:
        return (prediction.label,)
    if prediction.unsure == ("ambiguous",) and len(prediction.expressions) == NAMED:
        return tuple(classes[i] for i in prediction.expressions)
    return ()


def candidates(prediction: Prediction, classes: Sequence[str]) -> tuple[str, ...]:
    """The classes that a prediction leaves open, most probable first, at most three.

    They are its prediction set. Without one, they are as many as have 60% of the probability together.
    """
    if prediction.expressions:
        return tuple(classes[i] for i in prediction.expressions[:_CANDIDATES])
    names, total = [], 0.0
    for i in prediction.probabilities.argsort()[::-1][:_CANDIDATES]:
        names.append(classes[i])
        total += float(prediction.probabilities[i])
        if total >= _SHARE:
            break
    return tuple(names)


def in_words(
    prediction: Prediction,
    classes: Sequence[str],
    *,
    either: str = " or ",
    not_sure: str = "not sure",
    called: Callable[[str], str] = str,
    number: Callable[[float], str] = "{:.2f}".format,
) -> str:
    """One line: "happiness 0.93", "happiness or surprise", or "not sure".

    Args:
        prediction: of one face.
        classes: the model's.
        either: stands between two classes.
        not_sure: the text where nothing is named; `{}` in it is replaced by the candidates.
        called: what a class is called.
        number: how the reliability is written.
    """
    if prediction.sure:
        return f"{called(prediction.label)} {number(prediction.reliability)}"
    if names := named(prediction, classes):
        return either.join(map(called, names))
    return not_sure.format(either.join(map(called, candidates(prediction, classes))))
