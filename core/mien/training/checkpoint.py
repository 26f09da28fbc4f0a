"""Checkpoints: everything an interrupted training needs to go on as if nothing had happened."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from mien.errors import MienError
from mien.utils.files import write_atomic

_NAME = "last.pt"


@dataclass(frozen=True)
class Checkpoint:
    """The state after `step` steps. The step's own randomness is drawn from (seed, step), so none is stored."""

    step: int
    model: dict[str, Any]
    average: dict[str, Any]
    optimiser: dict[str, Any]
    loss_sum: float
    """Of the epoch so far."""
    best_accuracy: float
    best: dict[str, Any]
    """State dict of the best epoch's model; empty before the first epoch ends."""
    fingerprint: str
    """Of the config and the data: a checkpoint goes on only with the same."""


def save(checkpoint: Checkpoint, folder: Path) -> None:
    """Write it, whole or not at all."""
    buffer = io.BytesIO()
    torch.save(vars(checkpoint), buffer)
    write_atomic(folder / _NAME, buffer.getvalue())


def load(folder: Path, fingerprint: str) -> Checkpoint | None:
    """Read the checkpoint of a run's folder, if there is one.

    Raises:
        MienError: it belongs to another config or other data, or is no checkpoint.
    """
    path = folder / _NAME
    if not path.is_file():
        return None
    try:
        # weights_only: tensors and plain values; nothing in the file is run.
        values = torch.load(path, map_location="cpu", weights_only=True)
        checkpoint = Checkpoint(**values)
    except Exception as error:  # whatever a damaged file makes torch raise
        raise MienError(f"{path} is no checkpoint of Mien. Choose another --out, or delete it.") from error
    if checkpoint.fingerprint != fingerprint:
        raise MienError(
            f"{folder} holds a training with another config, with other data or of another version of Mien. Begin a "
            "new one (on the command line: another --out)."
        )
    return checkpoint
