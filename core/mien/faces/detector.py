"""Finds faces in a frame, in the whole picture and in overlapping tiles."""

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
_SCOUT_EVERY = 3
_TILE_SCORE = 0.6  # tiles invent more faces than whole pictures: they must be surer of them
_SAME = 0.3  # intersection over union from which two boxes are one face

Tile = tuple[int, int, int, int]
"""Left, top, width, height of a part of a picture, px."""
ExpectedFace = tuple[float, float, float]
"""Centre x, centre y and size of a face, px."""


class FaceDetector(Closeable):
    """Finds faces. One pass over the whole frame misses small ones, so tiles of it are looked at too.

    Not safe to use from several threads at once. Close it, or use it in a `with`.
    """

    def __init__(self, *, tiles: bool = True, min_score: float = 0.5) -> None:
        """Load the model.

        Args:
            tiles: also look at 2x2 overlapping tiles, four passes more.
            min_score: faces below this are not reported.
        """
        self._network = BlazeFace(min_score=min_score, same=_SAME)
        self.tiles = tiles
        self._turn = self._pictures = 0

    def close(self) -> None:
        """Free what it worked with."""
        del self._network

    def state_dict(self) -> list[int]:
        """Whose turn it is among the tiles, for JSON."""
        return [self._turn, self._pictures]

    def load_state_dict(self, memory: list[int]) -> None:
        """Go on from what `memory` gave."""
        self._turn, self._pictures = memory

    def find(self, image: Image) -> list[Face]:
        """All faces of a BGR picture (H, W, 3), largest first."""
        faces = self._pass(image, _whole(image))
        for tile in _tiles(image) if self.tiles else ():
            faces += self._tile(image, tile)
        return _sorted(faces)

    def find_in_stream(self, image: Image, expected: Sequence[ExpectedFace] = ()) -> list[Face]:
        """All faces of a stream's next picture, largest first, at a fraction of the price of `find`.

        The tiles take turns: one a picture while nobody is there, else one every third picture, so that a small new
        face is found within half a second at 25 pictures a second. A tile is also looked at where a face is expected
        that the whole picture does not show.

        Args:
            image: BGR (H, W, 3).
            expected: where faces should be: centre x, centre y, size, in px.
        """
        if not self.tiles:
            return self.find(image)
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
        for face in self._network.find(image[top : top + height, left : left + width]):
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
    """The tile that has a place farthest from its edges."""

    def middle_distance(number: int) -> float:
        left, top, width, height = tiles[number]
        return abs(x - left - width / 2) / width + abs(y - top - height / 2) / height

    return min(range(len(tiles)), key=middle_distance)


def _seen(faces: Sequence[Face], x: float, y: float, size: float) -> bool:
    near = size / 2
    return any(abs(face.centre[0] - x) < near and abs(face.centre[1] - y) < near for face in faces)


def _plausible(face: Face) -> bool:
    """Whether eyes, nose and mouth lie as in a face.

    In tiles the detector also sees faces where there are none; their keypoints are turned or crumpled. On
    photos these bounds cost nothing, on FERPlus faces pasted into frames 2% of what is found; on a clip without
    people they leave nothing.
    """
    shape = fit(face)
    return (
        abs(shape.tilt_deg) < _LARGEST_TILT_DEG
        and _SCALES[0] < shape.scale < _SCALES[1]
        and shape.residual < _LARGEST_RESIDUAL
    )


def _sorted(faces: list[Face]) -> list[Face]:
    """One face for each group of overlapping ones, that with the best score; the largest first."""
    faces = [face for face in faces if _plausible(face)]
    if not faces:
        return []
    keep = cv2.dnn.NMSBoxes([f.box for f in faces], [f.score for f in faces], 0.0, _SAME)
    distinct = [faces[int(i)] for i in np.asarray(keep).flatten()]
    return sorted(distinct, key=lambda face: face.size, reverse=True)
