"""A covered mouth makes a prediction unsure."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.faces.pasting import astronaut

from mien.data.covered_faces import KINDS, covered
from mien.data.load import load_split
from mien.faces.alignment import crop
from mien.probabilities.covered_mouth import mouth_is_covered
from mien.probabilities.unsure_reasons import reasons
from mien.types import Image
from mien.utils.images import to_chw

LEAST = dict(zip(KINDS, (0.9, 0.87, 0.92, 0.8, 0.55, 0.3), strict=True))


@pytest.fixture(scope="module")
def faces(shared: Path) -> np.ndarray:
    return load_split(shared / "ferplus", "valid").images[:, 0].numpy()


def share(faces: np.ndarray) -> float:
    return float(np.mean([mouth_is_covered(face[None]) for face in faces]))


def test_hardly_any_validation_face_is_called_covered(faces: np.ndarray) -> None:
    assert share(faces) <= 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_covers_are_seen(faces: np.ndarray, kind: str) -> None:
    changed = covered((faces[::8] / 255).astype(np.float32), kind, np.random.default_rng(1))
    assert share((changed * 255).astype(np.uint8)) >= LEAST[kind]


def masked(colour: tuple[int, int, int]) -> Image:
    """A photo with a mask drawn between nose, ears and chin."""
    photo, face = astronaut()
    nose, mouth = face.keypoints[2], face.keypoints[3]
    wide = float(np.hypot(*(face.keypoints[1] - face.keypoints[0])))
    top, chin = (nose + (nose - mouth) * 0.2), mouth + (mouth - nose) * 1.3
    side = np.array([wide * 1.05, 0])
    shape = [top, nose + side, mouth + side * 0.95, chin + side * 0.4, chin - side * 0.4, mouth - side * 0.95]
    made = cv2.fillPoly(photo.copy(), [np.int32([*shape, nose - side])], colour, cv2.LINE_AA)
    return cv2.GaussianBlur(made, (0, 0), 0.6)


@pytest.mark.parametrize("colour", [(235, 235, 235), (200, 170, 120), (35, 30, 30)])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_mask_makes_a_prediction_unsure(colour: tuple[int, int, int], channels: int) -> None:
    photo, face = astronaut()
    for image, reason in ((photo, ()), (masked(colour), ("unlike",))):
        own = to_chw(crop(image, face, 128), 128, channels)
        assert tuple(r for r in reasons(face, own, ambiguous=False) if r != "blurred") == reason
