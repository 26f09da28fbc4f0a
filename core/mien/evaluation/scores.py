"""How well labelled faces were classified, in figures."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.data.labelled import LabelledFaces
from mien.probabilities.calibration import Calibration, calibrated, calibration_error

SHRUNK_TO_PX = (48, 32, 24, 16, 12)
"""Sides, px, to which faces are shrunk to see what small ones cost."""


@dataclass(frozen=True)
class Scores:
    """Figures of one model on one set of faces, each face counted once."""

    source: str
    """Dataset, split and labelling rule."""
    n: int
    """Number of faces."""
    size: int
    """Side, px, to which each face was first shrunk (and enlarged again); the faces' own where they were not."""
    accuracy: float
    macro_f1: float
    """Mean over the classes that have a face."""
    recall: dict[str, float | None]
    """By class; None where the class has no face."""
    ece: float
    """Expected calibration error over 15 equal bins of confidence."""
    confusion: list[list[int]]
    """(C, C) counts; rows are the labels, columns the predictions."""
    classes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def score(
    probabilities: NDArray[np.floating],
    targets: NDArray[np.integer],
    classes: tuple[str, ...],
    source: str,
    size: int,
) -> Scores:
    """Turn probabilities into figures.

    Args:
        probabilities: (N, C).
        targets: (N,) classes.
        classes: names of the C classes.
        source: see `Scores`.
        size: see `Scores`.
    """
    confusion = np.zeros((len(classes), len(classes)), np.int64)
    np.add.at(confusion, (targets, probabilities.argmax(1)), 1)
    right, labelled = confusion.diagonal(), confusion.sum(1)
    present = labelled > 0
    recall = right / labelled.clip(min=1)
    f1 = 2 * right / (labelled + confusion.sum(0)).clip(min=1)
    return Scores(
        source=source,
        n=len(targets),
        size=size,
        accuracy=float(right.sum() / len(targets)),
        macro_f1=float(f1[present].mean()),
        recall={c: float(r) if p else None for c, r, p in zip(classes, recall, present, strict=True)},
        ece=calibration_error(probabilities, targets),
        confusion=confusion.tolist(),
        classes=classes,
    )


def score_logits(
    logits: NDArray[np.floating],
    faces: LabelledFaces,
    temperature: float,
    calibration: Calibration | None,
    *,
    size: int | None = None,
) -> Scores:
    """Turn logits into figures.

    Args:
        logits: (N, C), in the faces' order of classes.
        faces: the N labelled faces.
        temperature: divides the logits.
        calibration: what follows; None for nothing.
        size: px, to which the faces were first shrunk; None where they were not. Smaller ones stay as they are.
    """
    probabilities = calibrated(logits, temperature, calibration)
    side = faces.images.shape[-1]
    return score(probabilities, faces.targets, faces.classes, faces.source, min(size or side, side))
