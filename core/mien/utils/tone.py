"""Pictures of high dynamic range (PQ, HLG) as pictures of standard range, as screens and the network expect them.

Of each colour: the code value becomes light (ITU-R BT.2100), light above the knee is rolled off, BT.2020's colours
become BT.709's, and light becomes a code value of a standard screen. A white sheet of paper, 203 cd/m2 in BT.2408,
becomes almost white, and what is darker than the knee is as in a standard recording.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.types import Image

_PQ, _HLG = 16, 18
HDR = (_PQ, _HLG)
"""Of the transfer characteristics of a frame or picture, as ITU-T H.273 numbers them."""

_BAND = 1 << 19  # pixels at a time: as light, each takes 24 bytes more
_WHITE_NITS = 203.0
_PEAK = 1000.0 / _WHITE_NITS  # brightest light that is kept apart; most is graded for such screens
_KNEE = 0.7  # of white, in light: 86% in the code of a standard screen
_GAMMA = 2.4  # of a standard screen, BT.1886
# Of light in BGR, from BT.2020's primaries to BT.709's (ITU-R BT.2087).
_TO_BT709 = np.array([[1.1187, -0.1006, -0.0182], [-0.0083, 1.1329, -0.1246], [-0.0728, -0.5876, 1.6605]], np.float32)


def to_standard(picture: NDArray[np.uint8] | NDArray[np.uint16], transfer: int) -> Image:
    """Map a picture to standard range.

    Args:
        picture: BGR (H, W, 3), code values 0..255 or 0..65535 with BT.2020's primaries.
        transfer: one of `HDR`.

    Returns:
        BGR (H, W, 3) of the same size.
    """
    height, width = picture.shape[:2]
    made = np.empty((height, width, 3), np.uint8)
    rows = max(_BAND // max(width, 1), 1)
    for top in range(0, height, rows):
        band = picture[top : top + rows]
        code = band.astype(np.uint16) * 257 if band.dtype == np.uint8 else band
        light = cv2.transform(cv2.LUT(code, _light(transfer)), _TO_BT709)
        cv2.threshold(light, 0.0, 0.0, cv2.THRESH_TOZERO, dst=light)  # colours that BT.709 lacks
        cv2.sqrt(light, dst=light)  # so that 256 steps are fine enough in the dark
        cv2.LUT(cv2.convertScaleAbs(light, alpha=255.0), _code(), dst=made[top : top + rows])
    return made


@cache
def _light(transfer: int) -> NDArray[np.float32]:
    """(65536,) light of each code value; 1 is white."""
    code = np.linspace(0.0, 1.0, 65536)
    if transfer == _PQ:
        root = code ** (1 / 78.84375)
        light = 10_000.0 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    else:  # HLG: light before the camera, then the system gamma of a screen of 1000 cd/m2, of each colour by itself
        dark = code * code / 3
        bright = (np.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12
        light = 1000.0 * np.where(code <= 0.5, dark, bright) ** 1.2
    light = light / _WHITE_NITS
    # Above the knee Reinhard's curve, which leaves it at slope 1 and reaches the screen's white at the peak.
    over = np.maximum(light - _KNEE, 0.0) / (1.0 - _KNEE)
    peak = (_PEAK - _KNEE) / (1.0 - _KNEE)
    rolled = over * (1.0 + over / peak**2) / (1.0 + over)
    return (np.minimum(light, _KNEE) + (1.0 - _KNEE) * np.minimum(rolled, 1.0)).astype(np.float32)


@cache
def _code() -> NDArray[np.uint8]:
    """(256,) a screen's code value for each root of light."""
    return np.round(255.0 * np.linspace(0.0, 1.0, 256) ** (2.0 / _GAMMA)).astype(np.uint8)
