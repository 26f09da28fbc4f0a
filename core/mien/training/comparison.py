"""Whether a model reads faces better than the one it came from: both on the same faces, with the doubt that remains."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from mien.data.faceset import FaceSet
from mien.data.load import load_split
from mien.errors import MienError
from mien.evaluation.metrics import SIZES, Scores, predict_logits, score
from mien.expressions import ordered
from mien.models import weights
from mien.nn.network import ExpressionNetwork, best_device
from mien.probabilities.calibration import Calibration, calibrated
from mien.utils.dataclass_io import from_dict

_DRAWS = 2000
_REFERENCES = 800  # faces: enough to see 4 points forgotten, in seconds on a GPU and half a minute on a CPU
_INTERVAL = (2.5, 97.5)  # percent

Verdict = Literal["better", "worse", "no clear difference"]


@dataclass(frozen=True)
class Judged:
    """One model on one set of faces."""

    name: str
    scores: Scores
    accuracy_shrunk: dict[str, float]
    """Side in px to which the faces were shrunk -> accuracy."""


@dataclass(frozen=True)
class Comparison:
    """Two models on the same faces."""

    before: Judged
    after: Judged
    difference: float
    """Accuracy after less accuracy before."""
    low: float
    """Lower end of the difference's 95% interval, by bootstrap over the faces."""
    high: float
    left_out: tuple[str, ...]
    """Classes of the faces that one of the models does not know: their faces were not judged."""

    @property
    def verdict(self) -> Verdict:
        """Whether the interval leaves zero out."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "no clear difference"

    @property
    def said(self) -> str:
        """One sentence on it."""
        change = f"{100 * self.low:+.1f} to {100 * self.high:+.1f} points, 95% interval"
        n, source = self.after.scores.n, self.after.scores.source
        reads = f"{self.after.name} reads {self.after.scores.accuracy:.1%} of {n} faces as labelled ({source})"
        if self.verdict == "no clear difference":
            return (
                f"{reads}, {self.before.name} {self.before.scores.accuracy:.1%}: "
                f"too few faces to say which is better ({change})."
            )
        return f"{reads}, {self.verdict} than {self.before.name} with {self.before.scores.accuracy:.1%} ({change})."


@dataclass(frozen=True)
class EvaluatedModel:
    """A model with what its probabilities need."""

    name: str
    network: ExpressionNetwork
    temperature: float
    calibration: Calibration | None = None

    @property
    def classes(self) -> tuple[str, ...]:
        """What it can say."""
        return self.network.config.classes


def shared_classes(faces: FaceSet, *readers: EvaluatedModel) -> tuple[str, ...]:
    """The classes of the faces that every model knows."""
    known = set(faces.classes).intersection(*(reader.classes for reader in readers))
    return ordered(known)


def judge(
    reader: EvaluatedModel, faces: FaceSet, classes: tuple[str, ...], *, shrunk: bool = True
) -> tuple[Judged, NDArray[np.bool_]]:
    """Read faces, choosing among some classes only.

    Args:
        reader: knows all of `classes`.
        faces: each belongs to one of `classes`; of the model's channels.
        classes: the order of the result's.
        shrunk: also read the faces at smaller sizes.

    Returns:
        Figures, and for each face whether it was read as labelled.
    """
    columns = [reader.classes.index(name) for name in classes]
    targets = faces.labels[:, [faces.classes.index(name) for name in classes]].argmax(1)
    side = faces.images.shape[-1]

    def probabilities(size: int | None) -> Tensor:
        logits = predict_logits(reader.network, faces.images, size=size)[:, columns]
        return torch.from_numpy(calibrated(logits.numpy(), reader.temperature, reader.calibration))

    full = probabilities(None)
    sizes = [size for size in SIZES if size < side] if shrunk else []
    curve = {str(size): float((probabilities(size).argmax(1) == targets).float().mean()) for size in sizes}
    right = (full.argmax(1) == targets).numpy()
    return Judged(reader.name, score(full, targets, classes, faces.source, side), curve), right


def compare(
    before: EvaluatedModel, after: EvaluatedModel, faces: FaceSet, *, shrunk: bool = True, seed: int = 0
) -> Comparison | None:
    """Judge two models on those faces whose class both know, each choosing among these classes only.

    Args:
        before: the model that the other came from.
        after: the other one.
        faces: neither was trained on them. Resized where a model takes another size; grey where it is for grey ones.
        shrunk: also read the faces at smaller sizes.
        seed: of the bootstrap.

    Returns:
        None where there are fewer than two classes that both know.
    """
    classes = shared_classes(faces, before, after)
    if len(classes) < 2:
        return None
    columns = [faces.classes.index(name) for name in classes]
    of_these = faces.subset(torch.isin(faces.targets, torch.tensor(columns)))
    (first, was), (second, now) = (
        judge(reader, _for(reader, of_these), classes, shrunk=shrunk) for reader in (before, after)
    )
    low, high = interval(now.astype(np.int8) - was.astype(np.int8), seed=seed)
    left_out = tuple(name for name in faces.classes if name not in classes)
    return Comparison(first, second, second.scores.accuracy - first.scores.accuracy, low, high, left_out)


def _for(reader: EvaluatedModel, faces: FaceSet) -> FaceSet:
    """The faces in the size and the colours that a model takes."""
    config, images = reader.network.config, faces.images
    if images.shape[1] == 3 and config.channels == 1:
        weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)  # ITU-R BT.601, as OpenCV has it
        images = (images.float() * weights).sum(1, keepdim=True).round().to(torch.uint8)
    elif images.shape[1] == 1 and config.channels == 3:
        images = images.expand(-1, 3, -1, -1)
    if images.shape[-1] != config.crop_size:
        size = (config.crop_size, config.crop_size)
        sized = F.interpolate(images.float(), size, mode="bilinear", antialias=True, align_corners=False)
        images = sized.round().clamp(0, 255).to(torch.uint8)
    return FaceSet(images, faces.labels, faces.classes, faces.names, faces.source)


@dataclass(frozen=True)
class Result:
    """What a training on one's own folder came to."""

    judged: Judged
    """The new model on the faces that were put aside, all classes."""
    comparison: Comparison | None
    """With the model it came from, on the same faces; None where that one does not know the classes."""
    reference: Comparison | None
    """The same on FERPlus; None where it is not at hand, or the new model shares no classes with it."""

    @property
    def said(self) -> list[str]:
        """One sentence a line."""
        scores = self.judged.scores
        if self.comparison is not None:
            lines = [self.comparison.said]
        else:
            lines = [
                f"{self.judged.name} reads {scores.accuracy:.1%} of {scores.n} faces as labelled ({scores.source}). "
                "There is nothing to compare: it did not come from a model of Mien that knows two or more of these "
                "classes."
            ]
        if self.reference is None:
            return [
                *lines,
                "Whether it forgot what it knew before was not measured: that takes FERPlus, and two or more of its "
                "classes that both models know.",
            ]
        if self.reference.verdict == "worse":
            return [*lines, f"It has forgotten some of what it knew: {self.reference.said}"]
        return [*lines, f"What it knew before: {self.reference.said}"]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "said": self.said}


def read_result(path: Path) -> Result:
    """What `Result.as_dict` made, from a JSON file.

    Raises:
        MienError: it is none.
    """
    try:
        values = json.loads(path.read_bytes())
        values.pop("said", None)
        return from_dict(Result, values, path.name)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise MienError(f"{path} is no result of a training: {error}") from error


def open_reader(model: str, name: str = "") -> EvaluatedModel:
    """A model by name or path; `name` is what it is called in figures."""
    network, card = weights.load(model)
    return EvaluatedModel(name or card.name, network.to(best_device()), card.temperature, card.calibration)


def judge_training(start: str, model: str, valid: FaceSet, reference: Path | None = None) -> Result:
    """Judge a trained model on the faces that were put aside for it.

    Args:
        start: what it came from: a model's name or path, or anything else, which is then not compared.
        model: its card's path.
        valid: the faces.
        reference: FERPlus's folder; some of its validation faces show what was forgotten.
    """
    after = open_reader(model, "The new model")
    judged, _ = judge(after, valid, valid.classes)
    try:
        before = open_reader(start)
    except MienError:  # pretrained, random, or a backbone's file
        return Result(judged, None, None)
    forgotten = None
    if reference is not None:
        shape = before.network.config
        known = load_split(reference, "valid", size=shape.crop_size, channels=shape.channels)
        some = known.subset(torch.arange(0, len(known), -(-len(known) // _REFERENCES)))
        forgotten = compare(before, after, some, shrunk=False)
    return Result(judged, compare(before, after, valid), forgotten)


def interval(differences: NDArray[np.integer], *, seed: int = 0) -> tuple[float, float]:
    """95% interval of the mean of (n,) paired differences, by the percentile bootstrap (Efron 1979)."""
    n = len(differences)
    # Of each value it matters only how often it is drawn.
    values, counts = np.unique(differences, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=_DRAWS)
    low, high = np.percentile(drawn @ values / n, _INTERVAL)
    return float(low), float(high)
