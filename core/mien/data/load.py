"""Reads whatever labelled faces a person points at."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mien.data.faceset import FaceSet
from mien.data.readers import ferplus, folder, rafdb
from mien.data.readers.votes import Rule, prior
from mien.errors import MienError


@dataclass(frozen=True)
class TrainingData:
    """What a training needs."""

    train: FaceSet
    valid: FaceSet
    prior: Tensor | None
    """(8, 8) prior of FERPlus's own votes, or None where the data have no votes."""
    unlabelled: FaceSet | None = None
    """Faces that are learned from teachers only, as `mien.data.readers.unlabelled` reads them."""
    restored: FaceSet | None = None
    """Some more of these, from which nothing is learned: how well they are restored is measured on them."""


def load_split(data: Path, split: str, *, rule: Rule = "majority", size: int = 48, channels: int = 1) -> FaceSet:
    """Read one split of FERPlus, RAF-DB or a folder of class sub-folders, whichever `data` is.

    Args:
        data: a folder, or FERPlus's zip.
        split: train, valid or test.
        rule: how FERPlus's votes become labels; other data have one label a face.
        size: side of the faces, px.
        channels: 1 (grey) or 3 (RGB).

    Raises:
        MienError: nothing there that can be read, or no face in it.
    """
    if not data.exists():
        raise MienError(f"{data} does not exist.")
    if ferplus.find(data):
        faces = ferplus.load(data, split, rule=rule, size=size, channels=channels)
    elif rafdb.find(data):
        faces = rafdb.load(data, split, size=size, channels=channels)
    else:
        faces = folder.load(data, split, size=size, channels=channels)
    if not len(faces):
        raise MienError(f"{data}: not one readable face in the {split} split.")
    return faces


def load_training(data: Path, *, rule: Rule, size: int, channels: int, divided: Path | None = None) -> TrainingData:
    """Read training and validation; faces that stand in both are dropped from training.

    Validation of FERPlus is by the majority rule whatever the training's labels are.

    Args:
        data: of `load_split`.
        rule: how FERPlus's votes become labels in training.
        size: side of the faces, px.
        channels: 1 (grey) or 3 (RGB).
        divided: a file of `mien.curation.split` that says how a folder of classes is divided.
    """
    if divided is not None:
        train, valid = folder.load_divided(data, divided, size=size, channels=channels)
        return TrainingData(train.without(valid), valid, None)
    valid = load_split(data, "valid", size=size, channels=channels)
    train = load_split(data, "train", rule=rule, size=size, channels=channels).without(valid)
    if train.classes != valid.classes:
        raise MienError(f"{data}: training and validation do not have the same classes.")
    votes_prior = None
    if ferplus.find(data):
        votes = ferplus.read_votes(data, "train")
        votes_prior = prior(torch.tensor(list(votes.values())))
    return TrainingData(train, valid, votes_prior)
