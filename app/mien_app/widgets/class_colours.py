"""Colours of the expressions, and of other classes that a model may have."""

from PySide6.QtGui import QColor

from mien import colours

UNSURE = QColor(colours.UNSURE)
"""Of a face whose prediction is not sure."""


def colour(name: str, index: int) -> QColor:
    """The colour of a class: the expression's own, or one by its place."""
    return QColor(colours.class_colour(name, index))


def readable_on(ground: QColor) -> QColor:
    """Black or white, whichever stands out more."""
    return QColor(colours.readable_on(ground.name()))
