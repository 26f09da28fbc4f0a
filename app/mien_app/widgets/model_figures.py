"""What lists of models say of each: how accurate it is, and how fast on this machine."""

from mien import language
from mien.benchmark.frame import Timing
from mien.models.cards import Card
from mien.probabilities.intervals import with_interval


def accuracy(card: Card) -> str:
    """The share of faces classified as labelled, with its 95% interval."""
    if "accuracy" not in card.metrics:
        return language.tr("not measured")
    return with_interval(card.metrics["accuracy"], card.metrics["n"])


def speed(timing: Timing | None) -> str:
    """The time that a frame with one face takes."""
    if timing is None:
        return language.tr("not measured")
    return language.tr("{} ms a frame").format(round(timing.total_ms["1"]))


def figures(card: Card, timing: Timing | None) -> str:
    """Both in a line."""
    return language.tr("accuracy {}, speed {}").format(accuracy(card), speed(timing))
