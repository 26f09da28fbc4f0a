"""How well a model classifies labelled faces."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from mien.data.faceset import FaceSet
from mien.data.filters import resample
from mien.errors import MienError
from mien.nn.network import ExpressionNetwork
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


def score(probabilities: Tensor, targets: Tensor, classes: tuple[str, ...], source: str, size: int) -> Scores:
    """Turn probabilities into figures.

    Args:
        probabilities: (N, C), on the CPU.
        targets: (N,) int64 classes.
        classes: names of the C classes.
        source: see `Scores`.
        size: see `Scores`.
    """
    from torchmetrics.functional.classification import (
        multiclass_accuracy,
        multiclass_confusion_matrix,
        multiclass_f1_score,
        multiclass_recall,
    )

    count = len(classes)
    present = torch.bincount(targets, minlength=count) > 0
    recall = multiclass_recall(probabilities, targets, count, average=None)
    f1 = multiclass_f1_score(probabilities, targets, count, average=None)
    return Scores(
        source=source,
        n=len(targets),
        size=size,
        accuracy=float(multiclass_accuracy(probabilities, targets, count, average="micro")),
        macro_f1=float(f1[present].mean()),
        recall={c: float(r) if p else None for c, r, p in zip(classes, recall, present, strict=True)},
        ece=calibration_error(probabilities.numpy(), targets.numpy()),
        confusion=multiclass_confusion_matrix(probabilities, targets, count).tolist(),
        classes=classes,
    )


@torch.no_grad()
def predict_logits(
    model: Callable[[Tensor], Tensor], images: Tensor, *, size: int | None = None, batch: int | None = None
) -> Tensor:
    """Logits of many faces.

    Args:
        model: (B, channels, s, s) 0..1 -> (B, C) logits; it runs on the device where it is.
        images: (N, channels, s, s) uint8.
        size: first shrink each face to this side, px (antialiased), and enlarge it again (bilinearly).
        batch: faces at a time; as many as suit the device where not given.

    Returns:
        (N, C) float32 on the CPU.
    """
    device = next(model.parameters()).device if isinstance(model, nn.Module) else torch.device("cpu")
    # On a CPU, the activations of a few faces stay in its cache: twice as fast as 64 at once.
    batch = batch or (8 if device.type == "cpu" else 256)
    logits = []
    for chunk in images.split(batch):
        x = chunk.to(device).float() / 255
        if size is not None:
            x = resample(x, size)
        logits.append(model(x).float().cpu())
    return torch.cat(logits)


@dataclass(frozen=True)
class Predicted:
    """A network's output for N faces, on the CPU."""

    logits: Tensor
    """(N, C)."""
    embedding: Tensor
    """(N, F)."""
    unlikeness: Tensor | None
    """(N,); None of a network that does not measure it."""


@torch.no_grad()
def predict_stages(network: ExpressionNetwork, images: Tensor, *, size: int | None = None) -> Predicted:
    """As `predict_logits`, with embeddings and unlikeness."""
    stages = []

    class Watched(nn.Module):
        """The network, keeping what its stages give."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, x: Tensor) -> Tensor:
            """(B, channels, s, s) -> (B, C)."""
            made = network.stages(x)
            seen = None if made.unlikeness is None else made.unlikeness.float().cpu()
            stages.append((made.embedding.float().cpu(), seen))
            return made.logits

    logits = predict_logits(Watched().eval(), images, size=size)
    scores = [score for _, score in stages if score is not None]
    return Predicted(logits, torch.cat([embedding for embedding, _ in stages]), torch.cat(scores) if scores else None)


def evaluate(
    model: Callable[[Tensor], Tensor],
    faces: FaceSet,
    *,
    temperature: float = 1.0,
    calibration: Calibration | None = None,
    size: int | None = None,
) -> Scores:
    """Evaluate a model on labelled faces.

    Args:
        model: see `predict_logits`.
        faces: labelled, in the model's order of classes.
        temperature: divides the logits.
        calibration: what follows; None for nothing.
        size: see `predict_logits`.
    """
    logits = predict_logits(model, faces.images, size=size)
    return score_logits(logits, faces, temperature, calibration, size=size)


def score_logits(
    logits: Tensor, faces: FaceSet, temperature: float, calibration: Calibration | None, *, size: int | None = None
) -> Scores:
    """Turn (N, C) logits of labelled faces into figures; the arguments are those of `evaluate`."""
    probabilities = torch.from_numpy(calibrated(logits.numpy(), temperature, calibration))
    return score(probabilities, faces.targets, faces.classes, faces.source, size or faces.images.shape[-1])


def align_classes(faces: FaceSet, classes: tuple[str, ...]) -> FaceSet:
    """The faces with their labels in a model's order of classes.

    Raises:
        MienError: the faces have a class that the model does not have.
    """
    if faces.classes == classes:
        return faces
    if unknown := [c for c in faces.classes if c not in classes]:
        raise MienError(f"The model does not have the class '{unknown[0]}'. Its classes are {', '.join(classes)}.")
    labels = torch.zeros(len(faces), len(classes))
    labels[:, [classes.index(c) for c in faces.classes]] = faces.labels
    return FaceSet(faces.images, labels, classes, faces.names, faces.source)
