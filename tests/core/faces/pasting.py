"""Frames with faces of photos at sizes that are asked for."""

from collections.abc import Sequence

import cv2
import numpy as np

from mien.types import Face, Image
from mien.utils import paths


def astronaut() -> tuple[Image, Face]:
    """A photo that every checkout has, and its face."""
    keypoints = np.array([(194, 99), (238, 92), (218, 121), (221, 144), (177, 117), (264, 100)], np.float32)
    return cv2.imread(str(paths.assets() / "astronaut.png")), Face((169, 68, 103, 103), keypoints, 0.9)


def patch(photo: Image, face: Face, size: float, *, around: float = 2.2) -> Image:
    """A face, its box `size` px, with its surroundings: a square of `around` boxes."""
    scale, side = size / face.size, round(size * around)
    (x, y), photo = face.centre, cv2.GaussianBlur(photo, (0, 0), max(0.4 / scale, 0.1)) if scale < 1 else photo
    matrix = np.array([[scale, 0, side / 2 - scale * x], [0, scale, side / 2 - scale * y]])
    return cv2.warpAffine(photo, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)


def ground(pictures: Sequence[Image], width: int, height: int, random: np.random.Generator) -> Image:
    """A frame filled with pictures at their own size, some of them mirrored."""
    tall, wide = pictures[0].shape[:2]

    def one() -> Image:
        picture = pictures[random.integers(len(pictures))]
        return picture if random.random() < 0.5 else picture[:, ::-1]

    rows = [np.hstack([one() for _ in range(-(-width // wide))]) for _ in range(-(-height // tall))]
    return np.ascontiguousarray(np.vstack(rows)[:height, :width])


def paste(frame: Image, piece: Image, left: int, top: int) -> tuple[float, float]:
    """Lay a piece over a frame, with soft edges; the place of its middle."""
    side = len(piece)
    edge = np.clip(np.minimum(np.arange(side) + 0.5, side - 0.5 - np.arange(side)) / (0.12 * side), 0, 1)
    share = np.minimum.outer(edge, edge)[..., None]
    there = frame[top : top + side, left : left + side]
    there[:] = (there * (1 - share) + piece * share).astype(np.uint8)
    return left + side / 2, top + side / 2


def finds(faces: Sequence[Face], middle: tuple[float, float], size: float) -> bool:
    """Whether one of the faces lies there and is about as large."""
    return any(
        np.hypot(face.centre[0] - middle[0], face.centre[1] - middle[1]) < size / 2 and 0.6 < face.size / size < 1.6
        for face in faces
    )
