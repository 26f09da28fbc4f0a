"""What can be chosen for an analysis."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from mien.errors import MienError
from mien.models.cards import DEFAULT_MODEL, read_card
from mien.probabilities.conformal import check_coverage
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.types import ROTATIONS
from mien.utils.counts import whole


@dataclass(frozen=True)
class AnalysisOptions:
    """The same for all files of a run."""

    model: str = DEFAULT_MODEL
    every: int = 1
    """One frame in so many is analysed."""
    start_s: float = 0.0
    """Frames before this time are left out; it counts from the first frame."""
    end_s: float | None = None
    """Frames from this time on are left out; likewise."""
    smoothing_s: float = 0.0
    """Time constant of the smoothing; 0 gives each frame's own probabilities."""
    max_faces: int = 16
    """How many faces of a frame are classified: the largest."""
    coverage: float = 0.9
    """How often the column `expressions` should contain the right one."""
    columns: str = "mien"
    """Column scheme of faces.csv."""
    rotate: int = 0
    """By how many degrees, clockwise, each picture is turned first: one of `mien.types.ROTATIONS`."""
    pose: bool = False
    """Also measure head pose, eyes and mouth."""
    landmarks: bool = False
    """Also write 68 landmarks of each face whose pose is measured."""

    def __post_init__(self) -> None:
        for name in ("every", "max_faces"):
            object.__setattr__(self, name, whole(getattr(self, name), name))
        end_s = self.start_s + 1 if self.end_s is None else self.end_s
        if not 0 <= self.start_s < end_s < math.inf:
            raise MienError("start_s must be at least 0, and end_s after it.")
        if not 0 <= self.smoothing_s < math.inf:
            raise MienError("smoothing_s must be a number of seconds, 0 or more.")
        check_coverage(self.coverage)
        if self.rotate not in ROTATIONS:
            raise MienError("rotate must be 0, 90, 180 or 270.")
        if self.landmarks and not self.pose:
            raise MienError("landmarks are found where head pose is measured: ask for pose too.")
        if self.columns not in COLUMN_SCHEMES:
            raise MienError(f"columns must be one of {', '.join(COLUMN_SCHEMES)}.")

    @property
    def measured(self) -> dict[str, bool]:
        """What is measured besides, as `mien.session.columns.columns` takes it."""
        return {"pose": self.pose, "landmarks": self.landmarks}

    def as_dict(self) -> dict[str, Any]:
        """For the manifest; the model is named by its hash, so that a changed one is noticed."""
        return {**asdict(self), "model": read_card(self.model).sha256}
