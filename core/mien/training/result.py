"""How good the model of a training on one's own folder is, and whether it is better than the one it came from."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from mien import language
from mien.data.faceset import FaceSet
from mien.data.load import load_split
from mien.errors import MienError
from mien.models.cards import Card, read_card
from mien.probabilities.intervals import with_interval
from mien.training.comparison import NEW_MODEL, Comparison, Judged, compare, judge, open_model
from mien.training.describe import dataset_of
from mien.utils.dataclass_io import from_dict
from mien.utils.files import reason_about
from mien.utils.json_io import read_json

_PUBLISHED = ("FERPlus FER2013", "RAF-DB train")  # as their readers call them
_REFERENCE_FACES = 800  # enough to see a loss of 4 points, in seconds on a GPU and half a minute on a CPU


@dataclass(frozen=True)
class Result:
    """How good the model of a training on one's own folder is."""

    judged: Judged
    """The new model on the validation faces, all classes."""
    comparison: Comparison | None
    """With the model it came from, on the same faces; None where that one does not have the classes."""
    reference: Comparison | None
    """The same on FERPlus; None where it is not at hand, or the new model shares no classes with it."""
    start: str = ""
    """Name of the model that it came from; empty where that was none of Mien's, and in files of older versions."""
    start_data: str = ""
    """What that one was trained on, where it was a person's own folder: the validation faces may be among it."""

    @property
    def summary(self) -> list[str]:
        """The result in sentences."""
        scores = self.judged.scores
        if self.comparison is not None:
            lines = [self.comparison.summary]
        else:
            lines = [
                language.tr("{} classifies {} of %n face(s) as labelled ({}; 95% interval).", "", scores.n).format(
                    self.judged.shown_name, with_interval(scores.accuracy, scores.n), scores.source
                )
                + f" {self._not_compared}"
            ]
        if self.start_data:
            text = language.tr(
                "{} was itself trained on {}: if some of the validation faces are from there, both look better than "
                "they are."
            )
            lines.append(text.format(self.start, self.start_data))
        if self.reference is None:
            return [
                *lines,
                language.tr(
                    "Whether it has forgotten what it knew was not measured: this takes FERPlus, and two or more of "
                    "its classes that both models have."
                ),
            ]
        if self.reference.verdict == "worse":
            return [*lines, language.tr("It has forgotten some of what it knew: {}").format(self.reference.summary)]
        return [*lines, language.tr("On what it knew before: {}").format(self.reference.summary)]

    @property
    def _not_compared(self) -> str:
        if self.start:
            return language.tr(
                "It came from {}, which has fewer than two of these classes: there is nothing to compare."
            ).format(self.start)
        return language.tr("It was not trained from a model of Mien, so there is nothing to compare it with.")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, its sentences in English."""
        with language.english():
            return {**asdict(self), "summary": self.summary}


def read_result(path: Path) -> Result:
    """Load a JSON file of `Result.as_dict`.

    Raises:
        MienError: it is none, or cannot be read.
    """
    try:
        values = read_json(path)
        for derived in ("summary", "said"):  # the latter is its former name
            values.pop(derived, None)
        return from_dict(Result, values, path.name)
    except (OSError, TypeError, AttributeError, MienError) as error:
        raise MienError(
            language.tr("{} is not the result of a training: {}.").format(path, reason_about(path, error))
        ) from error


def judge_training(start: str, model: str, valid: FaceSet, reference: Path | None = None) -> Result:
    """Evaluate a trained model on its validation faces, and compare it with the model it came from.

    Args:
        start: what it came from: a model's name or path, or anything else, with which it is then not compared.
        model: path of its card.
        valid: the faces.
        reference: FERPlus's folder; some of its validation faces show what was forgotten.

    Raises:
        MienError: the model or the reference cannot be read.
    """
    after = open_model(model, NEW_MODEL)
    judged, _ = judge(after, valid, valid.classes)
    try:
        before = open_model(start)
    except MienError:  # pretrained, random, or a backbone's file
        return Result(judged, None, None)
    forgotten = None
    if reference is not None:
        shape = before.network.config
        known = load_split(reference, "valid", size=shape.crop_size, channels=shape.channels)
        some = known.subset(torch.arange(0, len(known), -(-len(known) // _REFERENCE_FACES)))
        forgotten = compare(before, after, some, shrunk=False)
    return Result(judged, compare(before, after, valid), forgotten, before.name, _own_data(read_card(start)))


def _own_data(card: Card) -> str:
    """The folder of a person's own that a model was trained on; empty where it was a published dataset."""
    data = str(card.training.get("data", ""))
    return "" if data.startswith(_PUBLISHED) else dataset_of(data)
