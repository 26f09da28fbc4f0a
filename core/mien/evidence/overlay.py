"""Evidence drawn over the face."""

import cv2
import numpy as np

from mien.colours import bgr
from mien.evidence.occlusion import Evidence
from mien.types import Image
from mien.utils.images import from_chw

FOR, AGAINST = "#D55E00", "#0072B2"
"""Okabe and Ito's vermilion and blue, which people with any common colour blindness can tell apart."""

STRONGEST = 0.75
"""How opaque the colours are at most; the face stays visible below them."""

_LEAST = 0.05  # lowest probability that gets the full colour, or almost nothing would look like something


def limit(found: Evidence) -> float:
    """The change of probability that gets the full colour."""
    return max(float(np.abs(found.map).max()), _LEAST)


def plain(found: Evidence, side: int) -> Image:
    """The face as the network takes it, enlarged bilinearly to (side, side, 3) BGR."""
    face = from_chw(found.crop.astype(np.float32) / 255)
    face = face if face.ndim == 3 else np.asarray(cv2.cvtColor(face, cv2.COLOR_GRAY2BGR), np.uint8)
    return np.asarray(cv2.resize(face, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)


def overlay(found: Evidence, side: int) -> Image:
    """The map over the face, (side, side, 3) BGR; the face alone where it is 0."""
    share = cv2.resize(found.map / limit(found), (side, side), interpolation=cv2.INTER_LINEAR)[..., None]
    ink = np.where(share > 0, *np.array([bgr(FOR), bgr(AGAINST)], np.float32))
    opaque = STRONGEST * np.abs(share)
    return np.asarray(((1 - opaque) * plain(found, side) + opaque * ink).round(), np.uint8)
