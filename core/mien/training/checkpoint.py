"""Checkpoints: everything an interrupted training needs to go on as if nothing had happened."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from mien import language
from mien.data.load import TrainingData
from mien.errors import MienError
from mien.training.config import TrainConfig
from mien.training.folder import CHECKPOINT
from mien.utils.files import write_atomic, writing


@dataclass(frozen=True)
class Checkpoint:
    """The state after `step` steps. No randomness is stored: each step draws its own from (seed, step, rank)."""

    step: int
    model: dict[str, Any]
    average: dict[str, Any]
    optimiser: dict[str, Any]
    loss_sum: float
    """Of the epoch's steps so far."""
    best_accuracy: float
    best: dict[str, Any]
    """State dict of the best epoch's model; empty before the first epoch ends."""
    fingerprint: str
    """See `fingerprint`."""


def fingerprint(config: TrainConfig, data: TrainingData, world: int) -> str:
    """A hash of what must be the same for a training to be resumed: config, data, number of processes.

    A person's folder may change meanwhile, so that all of its faces and labels count; of FERPlus some faces do.
    """
    sample = data.train.subset(torch.arange(min(64, len(data.train)))).digests()
    content: list[Any] = [asdict(config), world, len(data.train), len(data.valid), sample]
    if data.prior is None:
        content += [[faces.digests(), faces.targets.tolist()] for faces in (data.train, data.valid)]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def save(checkpoint: Checkpoint, folder: Path) -> None:
    """Write a checkpoint into a run's folder, whole or not at all.

    Raises:
        MienError: it cannot be written.
    """
    buffer = io.BytesIO()
    torch.save(vars(checkpoint), buffer)
    with writing(folder / CHECKPOINT):
        write_atomic(folder / CHECKPOINT, buffer.getvalue())


def load(folder: Path, fingerprint: str) -> Checkpoint | None:
    """Read the checkpoint of a run's folder; None where there is none.

    Raises:
        MienError: its fingerprint differs, or it is no checkpoint.
    """
    path = folder / CHECKPOINT
    if not path.is_file():
        return None
    try:
        # weights_only: tensors and plain values; nothing in the file is run.
        values = torch.load(path, map_location="cpu", weights_only=True)
        checkpoint = Checkpoint(**values)
    except Exception as error:  # whatever a damaged file makes torch raise
        text = language.tr("{} is no checkpoint of Mien. Delete it, or begin a new training.")
        raise MienError(text.format(path), "with another --out") from error
    if checkpoint.fingerprint != fingerprint:
        text = language.tr(
            "{} holds a training with another config, other data or another version of Mien. Begin a new one."
        )
        raise MienError(text.format(folder), "with another --out")
    return checkpoint
