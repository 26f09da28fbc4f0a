"""Head pose, eyes and mouth of the faces of a frame."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.faces.pose.eyes_mouth import Blinks, openness
from mien.faces.pose.head import direction_and_place
from mien.faces.pose.mesh import FaceMesh
from mien.faces.pose.region import Region
from mien.types import Face, Frame, HeadPose, Image

SMALLEST_PX = 48.0
"""The longer side of a face's box from which a pose is measured."""
_FACE = 0.5  # how sure the network must be that there is one
_LOOKS = 2  # at a face that is new, before the one that counts


class PoseEstimator:
    """Measures poses; its network is loaded when it is first needed. Use it on one thread.

    A track's landmarks are looked for where they were in the frame before. Of a face that is new, and of every still,
    they are first looked for around the detected box, then around what was found there. For the pose of a still there
    is another look, in a mirror and from closer: where the network errs to a side, it errs to the other there. A stream
    has no time for it: it takes half a millisecond of each face.
    """

    def __init__(self) -> None:
        self._mesh: FaceMesh | None = None
        self._regions: dict[int, Region] = {}
        self._blinks = Blinks()

    def state_dict(self) -> dict[str, Any]:
        """What is known of the stream so far, as plain values for JSON."""
        regions = {str(n): [own.x, own.y, own.side, own.tilt] for n, own in self._regions.items()}
        return {"regions": regions, "blinks": self._blinks.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on with the stream whose `state_dict` this is."""
        self._regions = {
            int(track): Region(float(x), float(y), float(side), float(tilt))
            for track, (x, y, side, tilt) in state["regions"].items()
        }
        self._blinks.load_state_dict(state["blinks"])

    def measure(self, frame: Frame, faces: Sequence[Face], tracks: Sequence[int]) -> list[HeadPose | None]:
        """The poses of a still's faces, or of those of a stream's next frame.

        Args:
            frame: with a BGR picture (H, W, 3).
            faces: N of them.
            tracks: (N,) whose they are.

        Returns:
            N poses, in the order of the faces; None of a face smaller than SMALLEST_PX, or where there is no face.
        """
        known = {} if frame.still else self._regions
        large = [place for place, face in enumerate(faces) if face.size >= SMALLEST_PX]
        there = self._regions_of(frame.image, [faces[i] for i in large], [known.get(tracks[i]) for i in large])
        found = self._network().look(frame.image, there) if there else []
        mirrored: list[NDArray[np.float32] | None] = [None] * len(there)
        if frame.still and there:
            views = self._network().look(frame.image, [region.closer_in_a_mirror() for region in there])
            mirrored = [points if sure >= _FACE else None for points, sure in views]
        poses: list[HeadPose | None] = [None] * len(faces)
        regions = {}
        for place, (points, sure), other in zip(large, found, mirrored, strict=True):
            if sure >= _FACE:
                regions[tracks[place]] = Region.of_landmarks(points)
                poses[place] = self._pose(frame, points, other, tracks[place])
        if not frame.still:
            self._regions = regions
        return poses

    def _network(self) -> FaceMesh:
        self._mesh = self._mesh or FaceMesh()
        return self._mesh

    def _regions_of(self, image: Image, faces: Sequence[Face], known: Sequence[Region | None]) -> list[Region]:
        """Where the landmarks of each face are to be looked for, by where they were."""
        regions = [
            region if region is not None and region.shows(face) else None
            for face, region in zip(faces, known, strict=True)
        ]
        new = [place for place, region in enumerate(regions) if region is None]
        there = [region or Region.of_face(face) for region, face in zip(regions, faces, strict=True)]
        for _ in range(_LOOKS if new else 0):
            for place, (points, _) in zip(new, self._network().look(image, [there[i] for i in new]), strict=True):
                there[place] = Region.of_landmarks(points)
        return there

    def _pose(
        self, frame: Frame, points: NDArray[np.float32], mirrored: NDArray[np.float32] | None, track: int
    ) -> HeadPose:
        height, width = frame.image.shape[:2]
        (yaw, pitch, roll), place = direction_and_place(points, mirrored, width, height)
        left, right, mouth = openness(points)
        return HeadPose(
            yaw_deg=yaw,
            pitch_deg=pitch,
            roll_deg=roll,
            place_mm=place,
            eye_left_open=left,
            eye_right_open=right,
            mouth_open=mouth,
            blink=not frame.still and self._blinks.update(track, left, right, frame.time_s),
            landmarks=points,
        )
