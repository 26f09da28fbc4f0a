"""Whether accuracy holds in whole frames: labelled faces are pasted into frames, detected, aligned and classified."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.data.labelled import LabelledFaces
from mien.errors import MienError
from mien.evaluation.classifier import Classifier
from mien.faces.detector import FaceDetector
from mien.recognition.classifier import prepare
from mien.types import Face, Image

FRAME = (480, 640)  # height and width, px
SIDES = (48, 64, 96, 128, 200)  # px, at which faces are pasted, in turn
_BACKGROUND = 110  # grey level


@dataclass(frozen=True)
class ThroughDetector:
    """Accuracy of the same faces in frames and as they stand in the dataset."""

    n: int
    found: int
    """How many of them were detected."""
    accuracy: float
    """Of the detected faces, in their frames."""
    accuracy_direct: float
    """Of the same faces, as they stand in the dataset."""
    found_by_side: dict[str, float]
    """Share detected, by the side, px, at which they were pasted."""


def pasted(face: Image, side: int, place: int) -> tuple[Image, tuple[float, float, float, float]]:
    """A grey frame with one face pasted into it.

    Args:
        face: (s, s, 3) BGR.
        side: of the face in the frame, px.
        place: decides where it is pasted.

    Returns:
        The frame, and the face's box: left, top, width, height, px.
    """
    frame = np.full((*FRAME, 3), _BACKGROUND, np.uint8)
    left = 20 + (place * 89) % (FRAME[1] - side - 40)
    top = 20 + (place * 53) % (FRAME[0] - side - 40)
    method = cv2.INTER_CUBIC if side > face.shape[0] else cv2.INTER_AREA
    frame[top : top + side, left : left + side] = cv2.resize(face, (side, side), interpolation=method)
    return frame, (left, top, side, side)


def _inside(face: Face, box: tuple[float, float, float, float]) -> bool:
    x, y = face.centre
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def evaluate_through_detector(model: Classifier, faces: LabelledFaces) -> ThroughDetector:
    """Paste each face into a 640x480 frame at 48 to 200 px, detect and classify it there.

    Args:
        model: its classes in the order of the faces'.
        faces: labelled faces.

    Raises:
        MienError: not one face was detected.
    """
    crops, indices, found = [], [], dict.fromkeys(SIDES, 0)
    with FaceDetector() as detector:
        for i, image in enumerate(faces.images):
            side = SIDES[i % len(SIDES)]
            rgb = np.broadcast_to(image, (3, *image.shape[1:]))
            frame, box = pasted(np.ascontiguousarray(rgb[::-1].transpose(1, 2, 0)), side, i)
            face = next((f for f in detector.detect(frame) if _inside(f, box)), None)
            if face is not None:
                crops.append(prepare(frame, face, model.card))
                indices.append(i)
                found[side] += 1
    if not crops:
        raise MienError("No face was detected in its frame: there is nothing to measure.")
    targets = faces.targets[indices]

    def accuracy(images: NDArray[np.uint8]) -> float:
        return float((model.classify(images).logits.argmax(1) == targets).mean())

    pasted_at = {side: len(range(k, len(faces), len(SIDES))) for k, side in enumerate(SIDES)}
    return ThroughDetector(
        n=len(faces),
        found=len(indices),
        accuracy=accuracy(np.stack(crops)),
        accuracy_direct=accuracy(faces.images[indices]),
        found_by_side={str(side): round(found[side] / max(pasted_at[side], 1), 4) for side in SIDES},
    )
