"""Stages: trainings that another one needs before it, of teachers, say, or of a super-resolution.

A config lists them under `stages`. Each is trained in a folder of its own, in order. A finished one is not trained
again, an interrupted one goes on. `start`, `teachers` and the like of what comes later may name their models.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from mien.data.faceset import FaceSet
from mien.data.load import TrainingData, load_training
from mien.data.readers import unlabelled
from mien.training import config as configs
from mien.training.config import TrainConfig
from mien.training.folder import alone
from mien.training.trainer import Trainer
from mien.utils.files import inside

_ASIDE = 20  # one in so many faces without labels is put aside, to measure restoration on

log = logging.getLogger(__name__)


def prepared(config: TrainConfig, data: Path, models: dict[str, Path]) -> TrainConfig:
    """The config with paths in place of names: of earlier stages' models, and of files that lie with the data.

    Args:
        config: as it was loaded.
        data: of `mien.data.load`.
        models: the earlier stages' cards.

    Raises:
        MienError: a file is not there.
    """

    def found(name: str) -> str:
        if name in models:
            return str(models[name])
        return str(unlabelled.find_file(data, name)) if name.endswith(".safetensors") else name

    return replace(
        config,
        start=found(config.start),
        resizer_start=found(config.resizer_start),
        teachers=tuple(found(name) for name in config.teachers),
        image_stream=found(config.image_stream),
        landmark_stream=found(config.landmark_stream),
        unlabelled=str(unlabelled.find_file(data, config.unlabelled)) if config.unlabelled else "",
    )


def load_data(config: TrainConfig, data: Path, divided: Path | None = None) -> TrainingData:
    """Load all faces that a config asks for.

    Args:
        config: of `prepared`.
        data: of `mien.data.load`.
        divided: a file of `mien.curation.split` that says how a folder of classes is divided.

    Raises:
        MienError: something cannot be read, or has no faces.
    """
    shape = config.network
    loaded = load_training(data, rule=config.rule, size=shape.crop_size, channels=shape.channels, divided=divided)
    if not config.unlabelled:
        return loaded
    read = unlabelled.load(Path(config.unlabelled), channels=shape.channels, classes=loaded.train.classes)
    more = FaceSet.of(read)
    aside = torch.arange(len(more)) % _ASIDE == 0
    return replace(loaded, unlabelled=more.subset(~aside), restored=more.subset(aside))


def train_stages(
    config: TrainConfig,
    data: Path,
    folder: Path,
    *,
    quiet: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> dict[str, Path] | None:
    """Train a config's stages.

    Args:
        config: as it was loaded.
        data: of `mien.data.load`.
        folder: each stage gets a folder of its name in it.
        quiet: no progress bars.
        should_stop: asked after each step.

    Returns:
        Each stage's card; None where it was asked to stop.

    Raises:
        MienError: a stage's name leads out of `folder`, or see `Trainer`.
    """
    models: dict[str, Path] = {}
    for name in config.stages:
        own = inside(folder, name)
        card = own / f"{name}.json"
        if not card.is_file():
            log.info("Stage '%s' comes first.", name)
            stage = prepared(configs.load(name), data, models)
            with alone(own, "or choose another folder with --stages"):
                trainer = Trainer(stage, load_data(stage, data), own, name=name, quiet=quiet, should_stop=should_stop)
                trainer.run()
            if trainer.step < trainer.total_steps:
                return None
            trainer.fabric.barrier()  # the other processes of a training need the model that the first one writes
        models[name] = card
    return models
