"""A picture of evidence with its scale."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.colours import bgr
from mien.evidence.occlusion import Evidence
from mien.evidence.overlay import AGAINST, FOR, STRONGEST, limit, overlay, plain
from mien.figures.canvas import FAINT, Canvas
from mien.utils.images import encode_picture

SIDE = 300
"""Of a picture, px."""
WIDTH = SIDE + 150
"""Of a map with its scale, px."""
TITLE = 44
"""Of what stands above a picture, px."""
_MARGIN = 36  # px


def show(canvas: Canvas, x: int, y: int, found: Evidence, name: str) -> None:
    """Draw the map over the face, and its scale, with a title above.

    Args:
        canvas: the whole picture.
        x: px, where the face begins.
        y: px, as x.
        found: for one class.
        name: of the class.
    """
    canvas.text(f"what speaks for {name}", x + SIDE // 2, y - TITLE // 2, align=0.5, room=SIDE)
    canvas.picture(overlay(found, SIDE), x, y, SIDE)
    most = f"{100 * limit(found):.0f}"
    canvas.scale(_colours(), x + SIDE + 16, y, SIDE, (f"-{most} points", "0", f"+{most} points"))


def _colours() -> NDArray[np.uint8]:
    """The colours of the map over white, from what speaks against to what speaks for."""
    against, towards = 255 - STRONGEST * (255 - np.array([bgr(AGAINST), bgr(FOR)], np.float64))
    three = np.array([against, np.full(3, 255.0), towards])[:, None].astype(np.float32)
    return np.asarray(cv2.resize(three, (1, 256)).round(), np.uint8)[:, 0]


def draw(found: Evidence, name: str, caption: str) -> bytes:
    """Draw the face, and the map over it with its scale.

    Args:
        found: for one class.
        name: of the class.
        caption: under the pictures: source, model, time.

    Returns:
        A PNG file's bytes.
    """
    width = 960  # so that most captions fit
    canvas = Canvas(width, TITLE + SIDE + 2 * _MARGIN)
    x, y = (width - SIDE - _MARGIN - WIDTH) // 2, TITLE
    canvas.text(f"{name} {found.probability:.2f}", x + SIDE // 2, y - TITLE // 2, align=0.5, room=SIDE)
    canvas.picture(plain(found, SIDE), x, y, SIDE)
    show(canvas, x + SIDE + _MARGIN, y, found, name)
    canvas.text(caption, width // 2, y + SIDE + _MARGIN, 16, ink=FAINT, align=0.5, room=width - _MARGIN)
    return encode_picture(canvas.image, ".png")
