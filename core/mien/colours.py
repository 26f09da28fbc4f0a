"""The colours of classes, the same in the window, in plots and in videos."""

from mien.expressions import EXPRESSIONS

# Okabe and Ito's colours, which people with any common colour blindness can tell apart; grey instead of black, which
# would not show on dark backgrounds.
_OKABE_ITO = ("#999999", "#E69F00", "#56B4E9", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#F0E442")
# Paul Tol's muted scheme, made for the same people, without its indigo, which would not show there either.
_MUTED = ("#CC6677", "#44AA99", "#DDCC77", "#88CCEE", "#882255", "#999933", "#AA4499", "#117733")


UNSURE = "#F4F6F8"
"""Of a face whose prediction is not sure: nearly white, since grey is neutral's."""
AXIS_COLOURS = ("#D55E00", "#009E73", "#0072B2")
"""Of a head's axes: to the picture's right, down, and to where the face looks."""
_DARK, _LIGHT = "#101214", "#FFFFFF"


def class_colour(name: str, index: int) -> str:
    """#RRGGBB of a class: an expression has its own; any other class takes, by its place, one that no expression has.

    Args:
        name: of the class.
        index: its place among the model's classes.
    """
    place = EXPRESSIONS.index(name) if name in EXPRESSIONS else len(_OKABE_ITO) + index
    return _OKABE_ITO[place] if place < len(_OKABE_ITO) else _MUTED[(place - len(_OKABE_ITO)) % len(_MUTED)]


def readable_on(ground: str) -> str:
    """Black or white, as #RRGGBB, whichever has more contrast with a #RRGGBB colour."""
    return max(_DARK, _LIGHT, key=lambda ink: contrast(ink, ground))


def contrast(one: str, other: str) -> float:
    """How much two #RRGGBB colours differ in brightness: 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in bgr(colour)]
    blue, green, red = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def bgr(colour: str) -> tuple[int, int, int]:
    """A #RRGGBB colour as blue, green, red, 0..255."""
    red, green, blue = bytes.fromhex(colour[1:])
    return blue, green, red
