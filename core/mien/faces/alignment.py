"""Cuts faces out of a frame so that they lie as in the training data.

MediaPipe's detector was run on the faces of FER2013Valid, enlarged to 192 px on a grey canvas of 480 px (it detected
85%): the medians of its keypoints, made symmetric, are where eyes, nose and mouth are put in every crop.
`mien evaluate --through-detector` measures what that costs.
"""

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.types import Face, Image, ResizerViews

FERPLUS_POINTS: NDArray[np.float64] = np.array(
    [
        (0.315, 0.390),
        (0.685, 0.390),
        (0.500, 0.592),
        (0.500, 0.766),
    ]  # eyes, nose tip, mouth, of the crop's side
)
"""Where the first four keypoints of a Face lie in a FERPlus crop, as shares of its side."""


FREE_TILT = np.deg2rad(15.0)
"""Heads that are tilted by less stay tilted, as in FERPlus; of a larger tilt only the excess is turned back."""
_LYING = np.deg2rad(75.0)  # from here on a person or the picture lies on its side: the head's own tilt is what remains


_LARGEST_TILT_DEG = 55.0
_SCALES = (0.65, 1.45)  # 0.9 to 1.25 in 95 of 100 real faces; 1.3 where a head is tilted
_LARGEST_RESIDUAL = 0.15  # 0.05 in 95 of 100
_UPRIGHT = [complex(x, y) for x, y in (FERPLUS_POINTS - FERPLUS_POINTS.mean(0)).tolist()]  # around their middle
_UPRIGHT_SPREAD = sum(abs(point) ** 2 for point in _UPRIGHT)


def similarity_transform(points: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rotation, scale and shift that bring points nearest to their targets (least squares).

    The rotation is FREE_TILT less than that, or none where it would be smaller; quarter turns are turned back whole.

    Args:
        points: (N, 2), not all the same.
        target: (N, 2).

    Returns:
        (2, 3) affine matrix.
    """
    # In complex numbers a similarity is one product and one sum: target = a * points + b.
    p, t = points @ (1, 1j), target @ (1, 1j)
    centred = p - p.mean()
    a = np.vdot(centred, t - t.mean()) / max(np.vdot(centred, centred).real, 1e-9)
    turn = float(np.angle(a))
    quarters = round(turn / (np.pi / 2)) if abs(turn) > _LYING else 0
    a *= np.exp(-1j * np.clip(turn - quarters * np.pi / 2, -FREE_TILT, FREE_TILT))
    b = t.mean() - a * p.mean()
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


@dataclass(frozen=True)
class Fit:
    """How a face's keypoints compare with those of an upright frontal face."""

    tilt_deg: float
    """In the picture's plane, clockwise."""
    scale: float
    """Side of the FERPlus crop over the side of the detector's box."""
    residual: float
    """Root mean square distance of eyes, nose and mouth from where they should be, in crop sides."""


def fit(face: Face) -> Fit:
    """Lay an upright frontal face over a detected one as well as a similarity transform can."""
    # Python's own complex numbers: for four points they are six times as quick as arrays.
    points = [complex(x, y) for x, y in face.keypoints[:4].tolist()]
    middle = sum(points) / len(points)
    points = [point - middle for point in points]
    a = sum(t.conjugate() * p for t, p in zip(_UPRIGHT, points, strict=True)) / _UPRIGHT_SPREAD
    side = max(abs(a), 1e-6)
    squares = sum(abs(p - a * t) ** 2 for t, p in zip(_UPRIGHT, points, strict=True))
    residual = math.sqrt(squares / len(points)) / side
    return Fit(math.degrees(cmath.phase(a)), side / max(face.size, 1e-6), residual)


def quarter_turns(face: Face) -> int:
    """By how many quarters, clockwise, a face is turned: 0 to 3."""
    return round(fit(face).tilt_deg / 90) % 4


def turned_deg(faces: Sequence[int]) -> int:
    """By how many degrees, clockwise, more than half of the faces are turned; 0 where there is no such angle.

    Args:
        faces: (4,) how many are turned by 0, 1, 2 and 3 quarters.
    """
    most = max(range(len(faces)), key=faces.__getitem__)
    return 90 * most if 2 * faces[most] > sum(faces) else 0


def plausible(face: Face, turns: int = 0) -> bool:
    """Whether eyes, nose and mouth lie as in a face that is turned by so many quarters, clockwise.

    The detector also sees faces where there are none; their keypoints are turned or crumpled. These bounds lose no face
    of the photos and 2% of those among FERPlus faces pasted into frames.
    """
    shape = fit(face)
    tilt = (shape.tilt_deg - 90 * turns + 180) % 360 - 180
    return (
        abs(tilt) < _LARGEST_TILT_DEG and _SCALES[0] < shape.scale < _SCALES[1] and shape.residual < _LARGEST_RESIDUAL
    )


def crop_side(face: Face) -> float:
    """The side of a face's crop in its frame, px: a crop of this size is neither enlarged nor shrunk."""
    points = face.keypoints[:4].astype(np.float64)
    return 1 / max(float(np.hypot(*similarity_transform(points, FERPLUS_POINTS)[:, 0])), 1e-6)


def size_in_words(face: Face, views: ResizerViews) -> str:
    """What happened to a face's size: "crop of 211 px, reduced to 128 px". The face's box is smaller than its crop."""
    sides = [crop_side(face), views.crop_px, views.learned.shape[0]]
    words = [language.tr("crop of {} px").format(round(sides[0]))]
    for before, after in pairwise(sides):
        if round(before) != after:
            text = language.tr("enlarged to {} px") if after > before else language.tr("reduced to {} px")
            words.append(text.format(after))
    return ", ".join(words)


def crop(image: Image, face: Face, size: int) -> Image:
    """Cut out one face, about upright, with eyes, nose and mouth where FERPlus has them.

    A face larger than the crop is averaged down, so that it does not alias; a smaller one is enlarged bilinearly, as in
    training.

    Args:
        image: BGR (H, W, 3) or grey (H, W).
        face: its keypoints are those of MediaPipe's detector.
        size: side of the crop, px.

    Returns:
        (size, size) or (size, size, 3).
    """
    points = face.keypoints[:4].astype(np.float64)
    scale = float(np.hypot(*similarity_transform(points, FERPLUS_POINTS * size)[:, 0]))
    # Sample at a whole multiple of the size, then average: an area resize along turned axes.
    fine = size * min(max(round(1 / max(scale, 1e-3)), 1), 16)
    # Keypoints are measured from a pixel's edge, OpenCV's positions from its middle.
    matrix = similarity_transform(points - 0.5, FERPLUS_POINTS * fine - 0.5)
    cut = cv2.warpAffine(image, matrix, (fine, fine), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if fine > size:
        cut = cv2.resize(cut, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(cut, np.uint8)
