"""Whether a model is better than the one it came from: both on the same faces, with the uncertainty that remains."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from mien import language
from mien.data.faceset import FaceSet
from mien.data.filters import resized
from mien.evaluation.metrics import predict_logits
from mien.evaluation.scores import SHRUNK_TO_PX, Scores, score
from mien.expressions import ordered
from mien.models import weights
from mien.nn.network import ExpressionNetwork, best_device
from mien.probabilities.calibration import Calibration, calibrated
from mien.probabilities.cross_validation import cross_validate
from mien.probabilities.intervals import paired_difference, with_interval
from mien.training.describe import COVERAGE
from mien.utils.names import place_of

NEW_MODEL = language.mark("The new model")
"""Stands for the name of one that has none yet; files have it in English."""

Verdict = Literal["better", "worse", "no clear difference"]


@dataclass(frozen=True)
class Judged:
    """One model on one set of faces."""

    name: str
    scores: Scores
    accuracy_shrunk: dict[str, float]
    """Accuracy by the side, px, to which the faces were shrunk first."""

    @property
    def shown_name(self) -> str:
        """Its name for a person to read."""
        return language.tr(self.name) if self.name == NEW_MODEL else self.name


@dataclass(frozen=True)
class Comparison:
    """Two models on the same faces."""

    before: Judged
    after: Judged
    difference: float
    """Accuracy of `after` less that of `before`."""
    low: float
    """Lower end of the difference's 95% interval, see `mien.probabilities.intervals.paired_difference`."""
    high: float
    """Its upper end."""
    left_out: tuple[str, ...]
    """The faces' classes that one of the models does not have; faces of these were left out."""

    @property
    def verdict(self) -> Verdict:
        """Better or worse where the interval does not include zero."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "no clear difference"

    @property
    def summary(self) -> str:
        """The result in one sentence."""
        scores, other = self.after.scores, self.before.shown_name
        right = language.tr("{} classifies {} of %n face(s) as labelled ({})", "", scores.n).format(
            self.after.shown_name, with_interval(scores.accuracy, scores.n), scores.source
        )
        if self.verdict == "better":
            text = language.tr("{}, better than {} with {} ({} to {} points, 95% interval).")
        elif self.verdict == "worse":
            text = language.tr("{}, worse than {} with {} ({} to {} points, 95% interval).")
        else:
            text = language.tr("{}, {} {}: too few faces to say which is better ({} to {} points, 95% interval).")
        ends = (language.signed(100 * end) for end in (self.low, self.high))
        return text.format(right, other, language.percent(self.before.scores.accuracy, 1), *ends)


@dataclass(frozen=True)
class EvaluatedModel:
    """A model with what turns its logits into probabilities."""

    name: str
    network: ExpressionNetwork
    temperature: float
    calibration: Calibration | None = None
    calibrated_on: str = ""
    """Source of the faces that it was calibrated on."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The names that its logits stand for."""
        return self.network.config.classes


def shared_classes(faces: FaceSet, *models: EvaluatedModel) -> tuple[str, ...]:
    """The classes of the faces that every model has, maybe with other capitals or accents."""
    return ordered(name for name in faces.classes if all(place_of(name, model.classes) is not None for model in models))


def judge(
    model: EvaluatedModel, faces: FaceSet, classes: tuple[str, ...], *, shrunk: bool = True
) -> tuple[Judged, NDArray[np.bool_]]:
    """Classify faces, choosing among some classes only.

    Of a model that was calibrated on these faces, the calibration error is that of faces each of which is calibrated by
    the half that it is not in, as in its card: on the faces that calibration was fitted to it would look too good.

    Args:
        model: has all of `classes`.
        faces: N of them, each of one of `classes`; in the channels that the model takes.
        classes: the order of the result's.
        shrunk: also classify the faces after shrinking them to several sizes.

    Returns:
        Figures, and (N,) whether each face was classified as labelled.
    """
    columns = [place for name in classes if (place := place_of(name, model.classes)) is not None]
    targets = faces.labels[:, [faces.classes.index(name) for name in classes]].argmax(1).numpy()
    side = faces.images.shape[-1]

    def logits(size: int | None) -> NDArray[np.float32]:
        return np.asarray(predict_logits(model.network, faces.images, size=size)[:, columns].numpy())

    own = logits(None)
    scores = score(calibrated(own, model.temperature, model.calibration), targets, classes, faces.source, side)
    if model.calibrated_on == faces.source and (halves := cross_validate(own, targets, classes, COVERAGE)) is not None:
        scores = replace(scores, ece=round(halves.ece, 4))
    sizes = [size for size in SHRUNK_TO_PX if size < side] if shrunk else []
    curve = {str(size): float((logits(size).argmax(1) == targets).mean()) for size in sizes}
    return Judged(model.name, scores, curve), np.asarray(own.argmax(1) == targets)


def compare(before: EvaluatedModel, after: EvaluatedModel, faces: FaceSet, *, shrunk: bool = True) -> Comparison | None:
    """Compare two models on the faces whose class both have, each choosing among these classes only.

    Args:
        before: the model that the other came from.
        after: the other one.
        faces: faces that neither was trained on. They are resized and turned grey where a model needs that.
        shrunk: also classify the faces after shrinking them to several sizes.

    Returns:
        None where they share fewer than two of the faces' classes.
    """
    classes = shared_classes(faces, before, after)
    if len(classes) < 2:
        return None
    columns = [faces.classes.index(name) for name in classes]
    of_these = faces.subset(torch.isin(faces.targets, torch.tensor(columns)))
    (first, was), (second, now) = (
        judge(model, _for(model, of_these), classes, shrunk=shrunk) for model in (before, after)
    )
    low, high = paired_difference(int((now & ~was).sum()), int((was & ~now).sum()), len(of_these))
    left_out = tuple(name for name in faces.classes if name not in classes)
    return Comparison(first, second, second.scores.accuracy - first.scores.accuracy, low, high, left_out)


def _for(model: EvaluatedModel, faces: FaceSet) -> FaceSet:
    """The faces in the size and the channels that a model takes."""
    config, images = model.network.config, faces.images
    if images.shape[1] == 3 and config.channels == 1:
        weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)  # ITU-R BT.601, as OpenCV has it
        images = (images.float() * weights).sum(1, keepdim=True).round().to(torch.uint8)
    elif images.shape[1] == 1 and config.channels == 3:
        images = images.expand(-1, 3, -1, -1)
    if images.shape[-1] != config.crop_size:
        images = resized(images.float(), config.crop_size, "area").round().clamp(0, 255).to(torch.uint8)
    return FaceSet(images, faces.labels, faces.classes, faces.names, faces.source)


def open_model(model: str, name: str = "") -> EvaluatedModel:
    """Load a model on the fastest device.

    Args:
        model: its name or path.
        name: what it is called in the result; its own name where empty.

    Raises:
        MienError: it cannot be loaded.
    """
    network, card = weights.load(model)
    halves = card.metrics.get("half_splits")
    source = str(halves.get("source")) if isinstance(halves, dict) else ""
    return EvaluatedModel(name or card.name, network.to(best_device()), card.temperature, card.calibration, source)
