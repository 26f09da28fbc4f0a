"""Frames so far apart that nobody can be followed from one to the next: then a session has faces, and no people."""

from mien import language
from mien.faces.tracker import PATIENCE_S
from mien.session.manifest import Manifest


def most_every(made: Manifest) -> int:
    """One frame in how many would have to be analysed, at least, so that faces are followed; 0 where they were."""
    followed = int(PATIENCE_S * made.input.fps)
    nobody = made.counts["faces"] and not made.counts["persons"]
    return followed if nobody and 0 < followed < made.options["every"] else 0


def nobody_followed(made: Manifest) -> str:
    """What a person should know of such a session, and do; empty of any other."""
    if not (most := most_every(made)):
        return ""
    text = language.tr(
        "Faces are followed over {} s at most, so nobody is a person here. Analyse at least one frame in {}."
    )
    return text.format(language.number(PATIENCE_S, 1), most)
