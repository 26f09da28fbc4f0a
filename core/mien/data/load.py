"""Reads whatever labelled faces a person points at."""

import logging
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mien import language
from mien.data.faceset import FaceSet
from mien.data.labelled import said_once
from mien.data.readers.folder import FOLDER, divided_by_content, load_divided
from mien.data.readers.registry import read_split, reader_for
from mien.data.readers.votes import COLUMNS, Rule
from mien.data.votes_prior import prior
from mien.errors import MienError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainingData:
    """What a training needs."""

    train: FaceSet
    valid: FaceSet
    prior: Tensor | None
    """(8, 8) prior of FERPlus's own votes, or None where the data have no votes."""
    valid_votes: Tensor | None = None
    """(N, 8) shares of the annotators' votes for each expression, of the validation faces; None likewise."""
    unlabelled: FaceSet | None = None
    """Faces that are learned from teachers only, see `mien.data.readers.unlabelled`."""
    restored: FaceSet | None = None
    """More of these, from which nothing is learned: they measure how well faces are restored."""


def load_split(data: Path, split: str, *, rule: Rule = "majority", size: int = 48, channels: int = 1) -> FaceSet:
    """Read one split of a dataset as tensors, see `mien.data.readers.registry.read_split`."""
    return FaceSet.of(read_split(data, split, rule=rule, size=size, channels=channels))


@said_once()
def load_training(data: Path, *, rule: Rule, size: int, channels: int, divided: Path | None = None) -> TrainingData:
    """Read training and validation; faces that are in both are dropped from training.

    Votes become labels by the majority in validation, whatever the training's rule is.

    Args:
        data: see `load_split`.
        rule: how votes become labels in training.
        size: side of the faces, px.
        channels: 1 (grey) or 3 (RGB).
        divided: a file of `mien.curation.split` that says how a folder of classes is divided.

    Raises:
        MienError: see `load_split`, or the splits have other classes, or nothing of a class of a person's own is there
            to learn from.
    """
    if divided is not None:
        train, valid = map(FaceSet.of, load_divided(data, divided, size=size, channels=channels))
        return _own(train.without(valid), valid)
    reader = reader_for(data)
    if reader is FOLDER and divided_by_content(data):
        log.warning(
            "%s is split by single pictures: frames of one clip, one person's faces and near copies may stand on both "
            "sides, and figures be too good. `mien examine %s --split FILE` keeps them together: give that file with "
            "--split.",
            data,
            data,
        )
    valid = load_split(data, "valid", size=size, channels=channels)
    train = load_split(data, "train", rule=rule, size=size, channels=channels).without(valid)
    if train.classes != valid.classes:
        raise MienError(language.tr("{}: training and validation do not have the same classes.").format(data))
    read_votes = reader.votes
    if reader is FOLDER:
        return _own(train, valid)
    if read_votes is None:
        return TrainingData(train, valid, None)
    votes = read_votes(data, "valid")
    chosen = torch.tensor([votes[name][: len(COLUMNS)] for name in valid.names]).float()
    votes_prior = prior(torch.tensor(list(read_votes(data, "train").values())))
    return TrainingData(train, valid, votes_prior, chosen / chosen.sum(1, keepdim=True))


def _own(train: FaceSet, valid: FaceSet) -> TrainingData:
    """A person's own faces, if there is something to learn of each class."""
    learned, judged = ({faces.classes[i] for i in faces.targets.unique().tolist()} for faces in (train, valid))
    for name in train.classes:
        if name not in learned:
            text = language.tr("{} has too few different pictures to {}. Add some, or leave the class out.")
            raise MienError(text.format(name, language.tr("learn from")))
        if name not in judged:
            log.warning("%s: no picture of %s, so that nothing will say how well it is classified.", valid.source, name)
    return TrainingData(train, valid, None)
