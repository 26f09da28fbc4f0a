"""What is kept of each track while a session is made: when it was there, its appearance, its best picture."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.session.appearance import LENGTH, Descriptor, describe, join_tracks
from mien.session.manifest import Person
from mien.types import Image, Prediction
from mien.utils.files import write_atomic
from mien.utils.images import encode_picture

_EVERY = 5  # one in so many of a track's faces is described
_BETTER = 1.25  # times the quality of the kept picture, for a new one to replace it
_THUMBNAIL_PX = 160
_DESCRIPTOR = "looks"  # its key in a journal
LEAST_FACES = 3


@dataclass
class TrackSummary:
    """One track so far."""

    first_s: float
    last_s: float
    descriptor: Descriptor
    """Sum over the faces that were described."""
    faces: int = 0
    best: float = 0.0
    """Quality of the picture that is kept."""


class Gallery:
    """Watches the tracks of a session while it is made."""

    def __init__(self, folder: Path, state: dict[str, Any] | None = None) -> None:
        """Begin, or resume.

        Args:
            folder: for the tracks' pictures.
            state: of `state_dict`, from a gallery of the same folder.
        """
        self.folder = folder
        self.tracks: dict[int, TrackSummary] = {}
        for number, values in (state or {}).items():
            descriptor = np.frombuffer(base64.b64decode(values[_DESCRIPTOR]), np.float32)
            others = {name: value for name, value in values.items() if name != _DESCRIPTOR}
            self.tracks[int(number)] = TrackSummary(**others, descriptor=descriptor)

    def state_dict(self) -> dict[str, Any]:
        """All that it knows, as plain values for JSON."""
        # Descriptors as bytes: a long recording has hundreds of tracks, and this is written twice a second.
        return {
            str(number): {
                "first_s": track.first_s,
                "last_s": track.last_s,
                _DESCRIPTOR: base64.b64encode(track.descriptor.tobytes()).decode(),
                "faces": track.faces,
                "best": track.best,
            }
            for number, track in self.tracks.items()
        }

    def picture_path(self, track: int) -> Path:
        """The file of a track's best picture."""
        return self.folder / f"track-{track}.jpg"

    def watch(self, image: Image, prediction: Prediction, time_s: float) -> None:
        """Take in one face of one frame, at a time of the session."""
        face = prediction.face
        track = self.tracks.get(prediction.track_id)
        if track is None:
            track = self.tracks[prediction.track_id] = TrackSummary(time_s, time_s, np.zeros(LENGTH, np.float32))
        track.last_s = time_s
        if track.faces % _EVERY == 0:
            track.descriptor = track.descriptor + describe(image, face)
            quality = face.score * min(face.size, 2.0 * _THUMBNAIL_PX)
            if quality > _BETTER * track.best:
                track.best = quality
                self._keep(image, prediction)
        track.faces += 1

    def _keep(self, image: Image, prediction: Prediction) -> None:
        left, top, width, height = prediction.face.box
        side = 1.4 * max(width, height)
        x, y = left + width / 2 - side / 2, top + height / 2 - side / 2
        scale = _THUMBNAIL_PX / side
        move = np.array([[scale, 0, -x * scale], [0, scale, -y * scale]])
        picture = cv2.warpAffine(image, move, (_THUMBNAIL_PX, _THUMBNAIL_PX), flags=cv2.INTER_AREA)
        write_atomic(self.picture_path(prediction.track_id), encode_picture(np.asarray(picture, np.uint8), ".jpg"))

    def persons(self, least: int = LEAST_FACES) -> tuple[Person, ...]:
        """Who was there; a track of fewer than `least` faces, which is mostly no face, belongs to nobody."""
        seen = [(n, t.first_s, t.last_s, t.descriptor) for n, t in self.tracks.items() if t.faces >= least]
        owners = join_tracks(seen)
        made = []
        for person in sorted(set(owners.values())):
            own = {n: self.tracks[n] for n in sorted(owners) if owners[n] == person}
            first, last = min(t.first_s for t in own.values()), max(t.last_s for t in own.values())
            made.append(Person(person, tuple(own), sum(t.faces for t in own.values()), first, last))
        return tuple(made)
