"""The colours of classes, the same in the window, in plots and in videos."""

from mien.expressions import EXPRESSIONS

# Okabe and Ito's colours, which people with any common colour blindness can tell apart; black became grey, so
# that it shows on dark backgrounds.
_OKABE_ITO = ("#999999", "#E69F00", "#56B4E9", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#F0E442")
_BY_NAME = dict(zip(EXPRESSIONS, _OKABE_ITO, strict=True))


def class_colour(name: str, index: int) -> str:
    """#RRGGBB of a class: the expression's own, or one by its place."""
    return _BY_NAME.get(name, _OKABE_ITO[index % len(_OKABE_ITO)])


def bgr(colour: str) -> tuple[int, int, int]:
    """A #RRGGBB colour as OpenCV takes it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return blue, green, red
