"""Why a prediction is not sure.

The promise of prediction sets (`mien.probabilities.conformal`) holds for faces like the validation faces. Small,
blurred and turned faces are not like them, nor are those that the network itself finds unlike them.
"""

from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.probabilities.covered_mouth import mouth_is_covered
from mien.types import Face, HeadPose, Reason

REASONS: tuple[Reason, ...] = get_args(Reason)
SENTENCES: dict[Reason, str] = {
    "small": language.mark("The face is small."),
    "blurred": language.mark("The face is blurred."),
    "turned": language.mark("The face is turned away."),
    "unlike": language.mark("The face is unlike those the model learned from."),
    "ambiguous": language.mark("More than one expression fits."),
}

# FER2013Valid, n = 3,199, `deit` and `deit-plain`: sets at 90% hold the label of 91% of the faces as they are, of 87
# to 88% of those shrunk to 24 px, 83 to 84% at 16 px, 77 to 78% at 12 px.
SMALL_PX = 24.0
# Every third of those faces: below this lie 95% of them blurred by a Gaussian of 2 px (of 48), 66% at 1.5 px, 19% at
# 1 px, 97% after a movement of 11 px, 0.2% as they are. Sets at 90% then hold 82, 85, 88 and 73% of the labels.
_BLURRED_BELOW = 0.056
# Every fourth of those faces, enlarged to the 128 px that newer models take, which costs a little sharpness: below this
# lie 92% of them blurred by 2 px, 58% by 1.5 px, 16% by 1 px, 0.1% as they are.
_BLURRED_BELOW_ENLARGED = 0.051
# The 2,721 of them that the detector found: where the nose lies farther off than this (47 faces), sets at 90% hold 80%
# of the labels, elsewhere 91%.
_TURNED = 0.5
# Every second one of FER2013Valid, 1,377 of them measured, `light`: beyond 30 degrees to a side (62 faces) sets at 90%
# hold 86% of the labels, beyond 25 degrees down (31) 81%, elsewhere 92%. Heads that look up are no worse: beyond 20
# degrees (50) 96%.
_TURNED_YAW_DEG, _TURNED_DOWN_DEG = 30.0, 25.0
# One validation face in a hundred has a score above 1, but so has half of those shrunk to 24 px, 84% of which are
# classified as labelled. FER2013Valid and `light`, every sixth face: beyond 1.4 lie none of them as they are, 17%
# shrunk to 24 px, 65% at 16 px, 96% at 12 px, 68% upside down, and all noise. Hardly any face from a press photograph
# does: the model learned from such faces without labels.
UNLIKE = 1.4
"""Score of `mien.nn.unlikeness` beyond which a face is unlike those that the model learned from."""

_SIDE = 48  # px, at which sharpness is measured
_FINE, _COARSE = 0.75, 1.5  # px: the band between noise and shape
_FLAT = 4.0  # grey levels: a plain crop is not sharp because of its noise


def _band_pass() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    fine = cv2.getGaussianKernel(7, _FINE)
    band = -cv2.getGaussianKernel(13, _COARSE)
    band[3:10] = band[3:10] + fine
    return fine.astype(np.float32), band.astype(np.float32)


_SMOOTH, _BAND = _band_pass()


def sharpness(crop: NDArray[np.uint8]) -> float:
    """How much fine structure a face has, whatever its contrast and size in the frame: a ratio, from 0.

    The standard deviation of the detail between 0.75 and 1.5 px of a 48 px crop over that of the whole crop, across or
    down, whichever is less, since a movement blurs one way only.

    Args:
        crop: (channels, side, side), 0..255, as a network takes it.
    """
    grey = crop.astype(np.float32).mean(0)
    if len(grey) > _SIDE:
        grey = np.asarray(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), np.float32)
    across = cv2.sepFilter2D(grey, -1, _BAND, _SMOOTH)
    down = cv2.sepFilter2D(grey, -1, _SMOOTH, _BAND)
    return float(min(across.std(), down.std()) / max(float(grey.std()), _FLAT))


def turn(face: Face) -> float:
    """How far the nose lies from the middle between the eyes, along their line, in eye distances: 0 from the front.

    It does not depend on the face's size or tilt.
    """
    left, right, nose = face.keypoints[:3].astype(np.float64)
    line = right - left
    return float(abs((nose - (left + right) / 2) @ line) / max(float(line @ line), 1e-6))


def _turned(face: Face, pose: HeadPose | None) -> bool:
    """By the head's pose where that was measured, else by where the nose lies."""
    if pose is None:
        return turn(face) > _TURNED
    return abs(pose.yaw_deg) > _TURNED_YAW_DEG or pose.pitch_deg > _TURNED_DOWN_DEG


def reason_in_words(reason: Reason) -> str:
    """A reason as the window tells it."""
    return language.tr(SENTENCES[reason])


def reasons(
    face: Face, crop: NDArray[np.uint8], *, ambiguous: bool, unlikeness: float = 0.0, pose: HeadPose | None = None
) -> tuple[Reason, ...]:
    """Why the prediction for a face is not sure.

    Args:
        face: with its keypoints.
        crop: (channels, side, side), as the network takes it. One of less than 48 px cannot be said to be blurred.
        ambiguous: whether the probabilities leave open which expression it is.
        unlikeness: the network's score, 0 where it has none.
        pose: of the head, where it was measured.

    Returns:
        In the order of REASONS; empty where the prediction is sure.
    """
    side = crop.shape[-1]
    blurred = side >= _SIDE and sharpness(crop) < (_BLURRED_BELOW if side == _SIDE else _BLURRED_BELOW_ENLARGED)
    # Of a blurred mouth as little is seen as of a covered one.
    unlike = unlikeness > UNLIKE or (not blurred and mouth_is_covered(crop))
    holds = (face.size < SMALL_PX, blurred, _turned(face, pose), unlike, ambiguous)
    return tuple(reason for reason, applies in zip(REASONS, holds, strict=True) if applies)
