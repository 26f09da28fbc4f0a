"""Colours of the expressions, and of other classes that a model may have."""

from PySide6.QtGui import QColor

from mien.colours import class_colour


def colour(name: str, index: int) -> QColor:
    """The colour of a class: the expression's own, or one by its place."""
    return QColor(class_colour(name, index))


def readable_on(ground: QColor) -> QColor:
    """Black or white, whichever stands out more."""
    # Luma as in Rec. 601.
    luma = 0.299 * ground.red() + 0.587 * ground.green() + 0.114 * ground.blue()
    return QColor("#101214") if luma > 140 else QColor("#FFFFFF")
