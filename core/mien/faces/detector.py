"""Detects faces in a frame: in the whole picture and in overlapping tiles."""

from collections.abc import Sequence

import cv2
import numpy as np

from mien.faces.alignment import fit
from mien.faces.blazeface import BlazeFace
from mien.types import Face, Image
from mien.utils.closeable import Closeable

_TILES = 2  # a side; three and more begin to invent faces
_OVERLAP = 0.25
_LARGEST_TILT_DEG = 55.0
_SCALES = (0.7, 1.3)  # 0.9 to 1.25 in 95 of 100 real faces
_LARGEST_RESIDUAL = 0.15  # 0.05 in 95 of 100
_SCOUT_EVERY = 3  # pictures
_TILE_SCORE = 0.6  # tiles invent more faces than whole pictures do, so they have to be surer
_SAME = 0.3  # intersection over union of two boxes of one face

Tile = tuple[int, int, int, int]
"""Left, top, width, height of a part of a picture, px."""
ExpectedFace = tuple[float, float, float]
"""Centre x, centre y and size of a face, px."""


class FaceDetector(Closeable):
    """Detects faces. One pass over the whole frame misses small ones, so there are passes over tiles of it too.

    Use it on one thread. Close it, or use it in a `with`.
    """

    def __init__(self, *, tiles: bool = True, min_score: float = 0.5) -> None:
        """Load the model.

        Args:
            tiles: also pass over 2x2 overlapping tiles, which takes five times as long.
            min_score: faces with a lower score are left out.
        """
        self._network = BlazeFace(min_score=min_score, same=_SAME)
        self.tiles = tiles
        self._turn = self._pictures = 0

    def close(self) -> None:
        """Free the network's memory."""
        del self._network

    def state_dict(self) -> list[int]:
        """Which tile's turn it is in the stream, as plain values for JSON."""
        return [self._turn, self._pictures]

    def load_state_dict(self, state: list[int]) -> None:
        """Go on with the stream whose `state_dict` this is."""
        self._turn, self._pictures = state

    def reset(self) -> None:
        """Begin a new stream."""
        self._turn = self._pictures = 0

    def detect(self, image: Image) -> list[Face]:
        """All faces of a single BGR picture (H, W, 3), the largest first."""
        faces = self._pass(image, _whole(image))
        for tile in _tiles(image) if self.tiles else ():
            faces += self._tile(image, tile)
        return _sorted(faces)

    def detect_in_stream(self, image: Image, expected: Sequence[ExpectedFace] = ()) -> list[Face]:
        """All faces of a stream's next picture, the largest first, in a fraction of the time of `detect`.

        The tiles take turns: one for each picture while nobody is there, else one for every third picture, so that a
        small new face is detected within half a second at 25 pictures a second. Where a face is expected that the pass
        over the whole picture misses, its tile has a pass too.

        Args:
            image: BGR (H, W, 3).
            expected: where faces should be: centre x, centre y, size, in px.
        """
        if not self.tiles:
            return self.detect(image)
        tiles = _tiles(image)
        faces = self._pass(image, _whole(image))
        needed = {_best(tiles, x, y) for x, y, size in expected if not _seen(faces, x, y, size)}
        self._pictures += 1
        if not expected or self._pictures % _SCOUT_EVERY == 0:
            self._turn = (self._turn + 1) % len(tiles)
            needed.add(self._turn)
        for number in sorted(needed):
            faces += self._tile(image, tiles[number])
        return _sorted(faces)

    def _tile(self, image: Image, tile: Tile) -> list[Face]:
        return [face for face in self._pass(image, tile) if face.score >= _TILE_SCORE]

    def _pass(self, image: Image, tile: Tile) -> list[Face]:
        left, top, width, height = tile
        corner, found = np.array([left, top], np.float32), []
        for face in self._network.detect(image[top : top + height, left : left + width]):
            x, y, wide, tall = face.box
            found.append(Face((x + left, y + top, wide, tall), face.keypoints + corner, face.score))
        return found


def _whole(image: Image) -> Tile:
    return 0, 0, image.shape[1], image.shape[0]


def _tiles(image: Image) -> list[Tile]:
    height, width = image.shape[:2]
    tall, wide = round(height * (1 + _OVERLAP) / _TILES), round(width * (1 + _OVERLAP) / _TILES)
    return [(left, top, wide, tall) for top in (0, height - tall) for left in (0, width - wide)]


def _best(tiles: Sequence[Tile], x: float, y: float) -> int:
    """The tile in which a point is farthest from the edges."""

    def middle_distance(number: int) -> float:
        left, top, width, height = tiles[number]
        return abs(x - left - width / 2) / width + abs(y - top - height / 2) / height

    return min(range(len(tiles)), key=middle_distance)


def _seen(faces: Sequence[Face], x: float, y: float, size: float) -> bool:
    near = size / 2
    return any(abs(face.centre[0] - x) < near and abs(face.centre[1] - y) < near for face in faces)


def _plausible(face: Face) -> bool:
    """Whether eyes, nose and mouth lie as in a face.

    In tiles the network also sees faces where there are none; their keypoints are turned or crumpled. These bounds lose
    no face of the photos, 2% of those among FERPlus faces pasted into frames, and leave none in a clip without people.
    """
    shape = fit(face)
    return (
        abs(shape.tilt_deg) < _LARGEST_TILT_DEG
        and _SCALES[0] < shape.scale < _SCALES[1]
        and shape.residual < _LARGEST_RESIDUAL
    )


def _sorted(faces: list[Face]) -> list[Face]:
    """Of faces that overlap only the one with the best score; the largest first."""
    faces = [face for face in faces if _plausible(face)]
    if not faces:
        return []
    keep = cv2.dnn.NMSBoxes([f.box for f in faces], [f.score for f in faces], 0.0, _SAME)
    distinct = [faces[int(i)] for i in np.asarray(keep).flatten()]
    return sorted(distinct, key=lambda face: face.size, reverse=True)
