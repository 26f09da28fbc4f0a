"""Settings for a training on a person's own folder, from the few choices that matter."""

import tomllib
from dataclasses import asdict, replace
from typing import Any

import tomli_w

from mien.errors import MienError
from mien.models.cards import read_card
from mien.training.config import TrainConfig, load
from mien.training.freezing import Trained
from mien.utils.dataclass_io import from_dict

# What is learned more deeply is changed more gently, and needs fewer rounds to be overdone.
_CHANGES: dict[Trained, dict[str, Any]] = {
    "head": {},
    "last blocks": {"learning_rate": 3e-4, "layer_decay": 0.8, "warmup_steps": 30},
    "later blocks": {"learning_rate": 2e-4, "layer_decay": 0.8, "warmup_steps": 30},
    "backbone": {"learning_rate": 1e-4, "layer_decay": 0.75, "warmup_steps": 50},
    "everything": {"learning_rate": 1e-4, "layer_decay": 0.75, "warmup_steps": 50},
}


def recipe(
    start: str, trained: Trained = "head", *, loss: str = "ls", balanced: bool = True, epochs: int | None = None
) -> TrainConfig:
    """The settings that a folder of some hundred pictures is best served with.

    Args:
        start: the model it comes from; the network is that one's.
        trained: what learns.
        loss: one of `mien.training.losses.LOSSES`.
        balanced: draw every class equally often.
        epochs: as many as the config `finetune` has where not given.
    """
    changes = {"trained": trained, "loss": loss, "balanced": balanced, **_CHANGES[trained]}
    if epochs is not None:
        changes["epochs"] = epochs
    return replace(load("finetune", start=start), network=read_card(start).network, **changes)


def to_toml(config: TrainConfig) -> str:
    """All settings, but for the classes, which the data bring."""
    values = asdict(config)
    del values["network"]["classes"]
    return tomli_w.dumps(values)


def from_toml(text: str) -> TrainConfig:
    """What `to_toml` wrote and a person changed.

    Raises:
        MienError: with what is wrong.
    """
    try:
        return from_dict(TrainConfig, tomllib.loads(text), "settings")
    except tomllib.TOMLDecodeError as error:
        raise MienError(f"The settings are not valid TOML: {error}") from error
