"""How well a model reads labelled faces."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from mien.data.faceset import FaceSet
from mien.data.filters import resample
from mien.errors import MienError
from mien.nn.network import ExpressionNetwork
from mien.probabilities.calibration import Calibration, calibrated, calibration_error

SIZES = (48, 32, 24, 16, 12)


@dataclass(frozen=True)
class Scores:
    """Figures of one model on one set of faces, each face counted once."""

    source: str
    """Data set, split and rule."""
    n: int
    size: int
    """Side in px to which each face was shrunk (and enlarged again) first; the data's own where not."""
    accuracy: float
    macro_f1: float
    """Mean over the classes that have a face."""
    recall: dict[str, float | None]
    """Per class; None where the class has no face."""
    ece: float
    """Expected calibration error over 15 equal bins of confidence."""
    confusion: list[list[int]]
    """Counts; rows are the true class."""
    classes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def score(probabilities: Tensor, targets: Tensor, classes: tuple[str, ...], source: str, size: int) -> Scores:
    """Turn probabilities into figures.

    Args:
        probabilities: (N, C).
        targets: (N,) int64.
        classes: names of the C classes.
        source: what these faces are.
        size: px, for the record.
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
        model: (B, channels, s, s) 0..1 -> (B, C) logits, on the device where it shall run.
        images: (N, channels, s, s) uint8.
        size: shrink each face to this side (antialiased) and enlarge it (bilinearly) first, px.
        batch: faces at a time; as many as suit the device where not given.

    Returns:
        (N, C) float32 on the CPU.
    """
    device = next(model.parameters()).device if isinstance(model, nn.Module) else torch.device("cpu")
    # On a CPU, what lies between the layers of a few faces stays in its cache: twice as fast as 64 at once.
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
    """What a network says of many faces, on the CPU."""

    logits: Tensor
    """(N, C)."""
    embedding: Tensor
    """(N, F)."""
    unlikeness: Tensor | None
    """(N,); None of a network that does not say."""


@torch.no_grad()
def predict_stages(network: ExpressionNetwork, images: Tensor, *, size: int | None = None) -> Predicted:
    """As `predict_logits`, with more of what lies on the way."""
    stages = []

    class Watched(nn.Module):
        """The network, whose stages are kept."""

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
    """Evaluate a model on labelled faces, at their own size or shrunk to `size` px."""
    logits = predict_logits(model, faces.images, size=size)
    return score_logits(logits, faces, temperature, calibration, size=size)


def score_logits(
    logits: Tensor, faces: FaceSet, temperature: float, calibration: Calibration | None, *, size: int | None = None
) -> Scores:
    """Turn the (N, C) logits of labelled faces into figures."""
    probabilities = torch.from_numpy(calibrated(logits.numpy(), temperature, calibration))
    return score(probabilities, faces.targets, faces.classes, faces.source, size or faces.images.shape[-1])


def align_classes(faces: FaceSet, classes: tuple[str, ...]) -> FaceSet:
    """The faces with their labels in a model's order of classes.

    Raises:
        MienError: the data have a class that the model does not know.
    """
    if faces.classes == classes:
        return faces
    if unknown := [c for c in faces.classes if c not in classes]:
        raise MienError(f"The model does not know the class '{unknown[0]}'. It knows: {', '.join(classes)}.")
    labels = torch.zeros(len(faces), len(classes))
    labels[:, [classes.index(c) for c in faces.classes]] = faces.labels
    return FaceSet(faces.images, labels, classes, faces.names, faces.source)


def percent(matrix: list[list[int]]) -> NDArray[np.float64]:
    """Row percentages of a confusion matrix; rows without faces stay zero."""
    counts = np.asarray(matrix, np.float64)
    share: NDArray[np.float64] = 100 * counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return share
