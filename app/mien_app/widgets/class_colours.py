"""Colours of the eight expressions, and of whatever other classes a model may have."""

from PySide6.QtGui import QColor

from mien.colours import class_colour
from mien.types import Prediction

_UNSURE_SHARE = 0.6
_NAMED_AT_MOST = 3


def colour(name: str, index: int) -> QColor:
    """The colour of a class: the expression's own, or one by its place."""
    return QColor(class_colour(name, index))


def readable_on(ground: QColor) -> QColor:
    """Black or white, whichever stands out more."""
    # Luma as in Rec. 601.
    luma = 0.299 * ground.red() + 0.587 * ground.green() + 0.114 * ground.blue()
    return QColor("#101214") if luma > 140 else QColor("#FFFFFF")


def candidates(prediction: Prediction, classes: tuple[str, ...]) -> list[str]:
    """The classes that a prediction leaves open, the most probable first, but no more than `_NAMED_AT_MOST`.

    Where the model's card does not say how many these are: as many as make up `_UNSURE_SHARE` together.
    """
    if prediction.expressions:
        return [classes[i] for i in prediction.expressions[:_NAMED_AT_MOST]]
    names, total = [], 0.0
    for i in prediction.probabilities.argsort()[::-1]:
        names.append(classes[i])
        total += float(prediction.probabilities[i])
        if total >= _UNSURE_SHARE:
            break
    return names
