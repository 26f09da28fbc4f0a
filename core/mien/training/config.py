"""The settings of a training: configs that come with Mien, a person's own, and the window's few choices."""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

import tomli_w

from mien import language
from mien.data.augment import Augmentation
from mien.data.readers.votes import Rule
from mien.errors import MienError
from mien.models.cards import read_card
from mien.nn.config import NetworkConfig, check_new_classes
from mien.training.freezing import Front, Learning, Trained
from mien.training.losses import LOSSES
from mien.utils import servers
from mien.utils.dataclass_io import (
    check_ranges,
    from_dict,
    listed,
    merged,
    parse_toml,
    read_toml,
    with_current_keys,
    within,
)
from mien.utils.files import cannot_read

_CONFIGS = Path(__file__).parent / "configs"
_FILES = ("base", "start", "resizer_start", "image_stream", "landmark_stream", "stages", "unlabelled", "teachers")
"""Keys that may name files."""
# The more of a network learns, the more gently: it overfits sooner.
_MORE_GENTLY: dict[Trained, dict[str, Any]] = {
    "head": {},
    "last blocks": {"learning_rate": 3e-4, "layer_decay": 0.8, "warmup_steps": 30},
    "later blocks": {"learning_rate": 2e-4, "layer_decay": 0.8, "warmup_steps": 30},
    "backbone": {"learning_rate": 1e-4, "layer_decay": 0.75, "warmup_steps": 50},
    "everything": {"learning_rate": 1e-4, "layer_decay": 0.75, "warmup_steps": 50},
}


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides how a training goes, except the data and the machine."""

    network: NetworkConfig = field(default_factory=NetworkConfig)
    start: str = "pretrained"
    """The initial weights: `pretrained` (timm's, for the backbone), `random`, the name of a Mien model, or a
    safetensors file of a backbone in timm's layout."""
    resizer_start: str = ""
    """A model whose super-resolution and resizer are taken over too, as far as they fit."""
    image_stream: str = ""
    """For the backbone `arbex`: a safetensors file of the published IR-50 (see
    `mien.nn.arbex.streams.load_published`). For `arbex_light`: a model over the backbone `face_mobilenet`, or a
    safetensors file of the face network. It stays as it is in training."""
    landmark_stream: str = ""
    """Likewise, of the published MobileFaceNet or another face network."""
    trained: Learning = "everything"
    """What learns. Where it is less than everything, `load` takes the network from the model named by `start`."""
    rule: Rule = "votes"
    """How FERPlus's votes become labels in training; validation is always by majority."""
    loss: str = "fpdls"
    """One of `mien.training.losses.LOSSES`."""
    loss_a: float = field(default=0.8, metadata=within(0, 1))
    """See `mien.training.losses.ExpressionLoss.a`."""
    loss_gamma: float = field(default=2.0, metadata=within(0, 100))
    """See `mien.training.losses.ExpressionLoss.gamma`."""
    recognition: float = field(default=1.0, metadata=within(0, 1e6))
    """Weight of the loss on labels and teacher targets; 0 where only pictures are restored."""
    restoration: float = field(default=1.0, metadata=within(0, 1e6))
    """Weight of the super-resolution's pixel loss."""
    features: float = field(default=0.0, metadata=within(0, 1e6))
    """Weight of the super-resolution's feature loss, in the features of a backbone that knows faces."""
    superres_rate: float = field(default=1.0, metadata=within(0, 1e3))
    """Factor on the super-resolution's learning rate; less than 1 where it was trained before."""
    stages: tuple[str, ...] = ()
    """Configs that are trained first, in this order. `start`, `teachers` and later stages may name their models."""
    unlabelled: str = ""
    """A zip or folder of faces without labels, see `mien.data.readers.unlabelled`."""
    unlabelled_share: float = field(default=0.0, metadata=within(0, 1))
    """Their share of each batch, 0..1; 1 where labels do not matter."""
    teachers: tuple[str, ...] = ()
    """Models whose mean probabilities are learned besides the labels."""
    teacher_targets: Literal["once", "each step", "in turn"] = field(default="once", metadata={"formerly": "lessons"})
    """When the teachers classify: each face once, as it is, or at each step, after it was turned, lit and mixed, before
    it is made poor. In turn: at each step too, but each face by one of them, drawn at random."""
    distil: float = field(default=0.0, metadata=within(0, 1))
    """Share of the teacher targets in the loss, 0..1."""
    distil_temperature: float = field(default=2.0, metadata=within(0.01, 100))
    """See `mien.training.distillation.distillation_loss`."""
    class_weights: bool = False
    """Weight each class by the inverse of its share of the training faces. A balanced draw does the same; do not use
    both."""
    anchor_loss: float = field(default=0.5, metadata=within(0, 1e6))
    """Weight of the loss that drives anchors of different classes apart, where the network has anchors."""
    center_loss: float = field(default=0.1, metadata=within(0, 1e6))
    """Weight of the loss that draws each face to an anchor of its class, likewise."""
    epochs: int = field(default=20, metadata=within(0, 100_000))
    """0 puts the network together from its initial weights, and nothing is learned."""
    batch_size: int = field(default=64, metadata=within(2, 65_536))
    """Faces of each step in each process."""
    optimiser: Literal["adamw", "adam"] = "adamw"
    learning_rate: float = field(default=3e-4, metadata=within(0, 100))
    weight_decay: float = field(default=0.05, metadata=within(0, 100))
    layer_decay: float = field(default=1.0, metadata=within(0, 1))
    """Factor on the learning rate from one block of the backbone to the block before it (adamw only)."""
    schedule: Literal["cosine", "constant", "step", "exponential"] = "cosine"
    """cosine falls to a hundredth; step is StepLR(15 epochs, .25) of Hwang et al. 2022, Sec. 4.1; exponential
    multiplies by .995 each epoch, as ARBEx does."""
    warmup_steps: int = field(default=300, metadata=within(0, 10_000_000))
    """Steps in which the learning rate rises to its full value."""
    keep: Literal["best", "last"] = "best"
    """The epoch whose model is kept: the best on the validation faces, or the last, so that the validation faces had no
    part in the choice and can judge it."""
    ema: float = field(default=0.999, metadata=within(0, 1))
    """Decay of the moving average of the weights, which is evaluated and kept; 0 keeps the raw weights."""
    clip_norm: float = field(default=1.0, metadata=within(0, 1e6))
    """Largest norm of the gradient; 0 does not clip."""
    logit_adjustment: float = field(default=0.0, metadata=within(0, 2))
    """How far the head is moved towards rare classes once training is over, see `mien.training.logit_adjustment`."""
    drop_path: float = field(default=0.1, metadata=within(0, 0.95))
    """Stochastic depth rate of the backbone."""
    balanced: bool = False
    """Draw every class equally often."""
    per_class: int = field(default=0, metadata=within(0, 1_000_000))
    """Faces of each class that are drawn in an epoch; 0 draws as many as there are."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    seed: int = field(default=0, metadata=within(0, 2**32 - 1))

    def __post_init__(self) -> None:
        check_ranges(self, "Config")
        if self.loss not in LOSSES:
            raise MienError(language.tr("Config: loss = {} is none of {}.").format(repr(self.loss), ", ".join(LOSSES)))
        if self.distil and not self.teachers:
            raise MienError(language.tr("Config: distil needs teachers. Name some, or set distil = 0."))
        if bool(self.unlabelled_share) != bool(self.unlabelled):
            raise MienError(
                language.tr("Config: unlabelled_share must be above 0 where unlabelled names faces, and only there.")
            )
        if self.unlabelled and self.recognition and (not self.distil or self.teacher_targets == "once"):
            raise MienError(
                language.tr(
                    'Config: faces without labels need distil and teacher_targets = "each step" (or "in turn").'
                )
            )


def names() -> list[str]:
    """The configs that come with Mien."""
    return listed(_CONFIGS)


def _read(name: str) -> tuple[dict[str, Any], Path]:
    """The values of one file, which names no other computer's files that may not be asked for."""
    path = _CONFIGS / f"{name}.toml" if name in names() else Path(name)
    try:
        values = read_toml(path)
    except FileNotFoundError:
        raise MienError(
            language.tr("There is no config and no file '{}'. Configs: {}.").format(name, ", ".join(names()))
        ) from None
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        raise cannot_read(path, error) from error
    values = with_current_keys(TrainConfig, values, path.name)
    named = [value for key in _FILES for value in _texts(values.get(key))]
    servers.check(named, path)
    return values, path


def _texts(value: Any) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def load(name: str, **given: Any) -> TrainConfig:
    """Load a config by name or from a TOML file.

    A file may name another config as its `base` and then give only what differs. Where only the head learns, or it and
    the backbone, the network is that of the model from which the training starts, changed by what the config says of
    the network.

    Args:
        name: of a config that comes with Mien, or a file.
        given: settings that override the file's.

    Raises:
        MienError: there is no such config, something in it is wrong, or the model it starts from cannot be read.
    """
    values, path = _read(name)
    seen = {name}
    while base := values.pop("base", None):
        if base in seen:
            raise MienError(language.tr("{}: the configs name each other as base, in a circle.").format(path))
        seen.add(base)
        below, _ = _read(str(base))
        values = merged(below, values)
    values |= given
    if values.get("trained", "everything") not in ("everything", *get_args(Front)):
        network = asdict(read_card(str(values.get("start"))).network)
        values["network"] = merged(network, values.get("network", {}))
    return from_dict(TrainConfig, values, path.name)


def with_classes(config: TrainConfig, classes: tuple[str, ...]) -> TrainConfig:
    """The config for a dataset's own classes; raises as `check_new_classes`."""
    check_new_classes(classes)
    return replace(config, network=replace(config.network, classes=classes))


def recipe(
    start: str, trained: Trained = "head", *, loss: str = "ls", balanced: bool = True, epochs: int | None = None
) -> TrainConfig:
    """The settings that suit a person's own folder of some hundred pictures.

    Args:
        start: the model that learns on; the network is that model's.
        trained: what learns.
        loss: one of `mien.training.losses.LOSSES`.
        balanced: draw every class equally often.
        epochs: those of the config `finetune` where not given.

    Raises:
        MienError: the model cannot be read.
    """
    changes = {"trained": trained, "loss": loss, "balanced": balanced, **_MORE_GENTLY[trained]}
    if epochs is not None:
        changes["epochs"] = epochs
    return replace(load("finetune", start=start), network=read_card(start).network, **changes)


def to_toml(config: TrainConfig) -> str:
    """All settings as TOML, except the classes, which come with the data."""
    values = asdict(config)
    del values["network"]["classes"]
    return tomli_w.dumps(values)


def from_toml(text: str) -> TrainConfig:
    """Settings from the text of `to_toml`, which a person may have changed.

    Raises:
        MienError: what is wrong in it.
    """
    return from_dict(TrainConfig, parse_toml(text, "settings"), "settings")
