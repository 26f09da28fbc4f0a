"""The part of a picture in which landmarks are looked for: a square around one face, turned as the face is."""

import cmath
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.types import Face, Image

SIDE = 192
"""Of the network's picture, px."""
_MARGIN = 1.5  # the square's side over the face's, as MediaPipe's mesh was trained
_CLOSER = 0.8  # a square's side over that of the one it is chosen by
_EYES = (33, 263)  # their outer corners
_MOVED = 0.2  # of the side: how far a face may be from a region of a moment ago, which still shows all of it...
_GROWN = 1.35  # ...and how many times as large or as small


@dataclass(frozen=True)
class Region:
    """A turned square, which may reach beyond the picture's edges."""

    x: float
    y: float
    """Of its middle, px."""
    side: float
    """Px of the picture."""
    tilt: float
    """Radians, clockwise."""
    mirrored: bool = False
    """Whether left and right are exchanged in what is seen, and so in the numbers of the landmarks."""

    @classmethod
    def of_face(cls, face: Face) -> "Region":
        """Around a detected face, level with its eyes."""
        left, right = (complex(*point) for point in face.keypoints[:2].tolist())
        return cls(*face.centre, face.size * _MARGIN, cmath.phase(right - left))

    @classmethod
    def of_landmarks(cls, points: NDArray[np.floating]) -> "Region":
        """Around (468, 3) landmarks, which lie in its middle; a detected box does not follow a turned head so well."""
        placed = points[:, :2] @ (1, 1j)
        tilt = float(np.angle(placed[_EYES[1]] - placed[_EYES[0]]))
        level = placed * np.exp(-1j * tilt)
        least, most = (complex(end(level.real), end(level.imag)) for end in (np.min, np.max))
        middle = (least + most) / 2 * cmath.exp(1j * tilt)
        side = max((most - least).real, (most - least).imag, 1.0)
        return cls(middle.real, middle.imag, side * _MARGIN, tilt)

    def closer_in_a_mirror(self) -> "Region":
        """The same face, with more of the network's pixels, left and right exchanged."""
        return replace(self, side=self.side * _CLOSER, mirrored=not self.mirrored)

    def shows(self, face: Face) -> bool:
        """Whether a detected face lies in its middle and fills it, as the network expects."""
        x, y = face.centre
        away, ratio = max(abs(x - self.x), abs(y - self.y)), face.size * _MARGIN / self.side
        return away < _MOVED * self.side and 1 / _GROWN < ratio < _GROWN

    def cut(self, image: Image) -> Image:
        """What is seen, (192, 192, 3), of a BGR picture; black beyond its edges."""
        step, corner = self._to_picture()
        matrix = np.array([[step.real, -step.imag, corner.real], [step.imag, step.real, corner.imag]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        if self.mirrored:
            matrix = matrix @ np.array([[-1, 0, SIDE - 1], [0, 1, 0], [0, 0, 1]])
        return np.asarray(cv2.warpAffine(image, matrix, (SIDE, SIDE), flags=flags), np.uint8)

    def to_picture(self, points: NDArray[np.floating]) -> NDArray[np.float32]:
        """(N, 3) places in what is seen, px, as places in the picture; depth grows alike."""
        step, corner = self._to_picture()
        if self.mirrored:
            points = points * (-1, 1, 1) + (SIDE - 1, 0, 0)
        there = points[:, :2] @ (1, 1j) * step + corner
        return np.stack([there.real, there.imag, points[:, 2] * abs(step)], 1).astype(np.float32)

    def _to_picture(self) -> tuple[complex, complex]:
        """One step to the right in what is seen, and its upper left corner, in the picture: x + iy."""
        step = self.side / SIDE * cmath.exp(1j * self.tilt)
        return step, complex(self.x, self.y) - step * complex(SIDE / 2, SIDE / 2)
