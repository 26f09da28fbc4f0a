"""Models on the disk: NAME.safetensors, the weights in half precision, beside NAME.json, the model card.

Both are data: reading them runs no code of theirs, and weights are used only where they have the hash that the card
states. PyTorch, which takes seconds to import, is not needed here.
"""

import hashlib
import logging
import pickletools
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mien import language
from mien.errors import MienError
from mien.nn.config import NetworkConfig
from mien.probabilities.calibration import Calibration
from mien.probabilities.conformal import Conformal
from mien.utils import paths
from mien.utils.dataclass_io import check_ranges, from_dict, within
from mien.utils.files import read_bounded, reading, write_atomic
from mien.utils.folders import is_left_behind
from mien.utils.json_io import parse_json, to_json

log = logging.getLogger(__name__)

FORMAT = 1
DEFAULT_MODEL = "light"
LARGEST = 4 << 20
"""Bytes of a card; those of the models that come with Mien have fewer than 20,000."""
LARGEST_WEIGHTS = 2 << 30
"""Bytes of a safetensors file; for comparison, Swin-B in half precision has 176 MB."""
REPLACED = {"deit": "light", "deit-plain": "light-plain"}
"""Models that no longer come with Mien, and which one is taken instead, so that old names go on working."""


@dataclass(frozen=True)
class Card:
    """What a person should know about a model before using it."""

    name: str = field(metadata=within(0, 100))
    network: NetworkConfig
    sha256: str = ""
    """Of the safetensors file."""
    graph: str = ""
    """SHA-256 of NAME.graph, with which OpenVINO runs the model without PyTorch; empty where it has none."""
    description: str = ""
    training: dict[str, Any] = field(default_factory=dict)
    """Data, labelling rule, initial weights, settings, epochs."""
    metrics: dict[str, Any] = field(default_factory=dict)
    """Figures, with split, labelling rule and number of faces."""
    temperature: float = field(default=1.0, metadata=within(0.001, 1000))
    """Divides the logits; fitted on the validation split."""
    calibration: Calibration = field(default_factory=Calibration)
    """Follows the temperature; fitted on the validation split."""
    conformal: Conformal = field(default_factory=Conformal)
    """What prediction sets are formed with; measured on the validation split."""
    licence: str = ""
    limits: str = ""
    """What the model cannot do, and whose faces it was trained on."""
    format: int = FORMAT

    def __post_init__(self) -> None:
        check_ranges(self, "card")
        classes = len(self.network.classes)
        if self.conformal.quantiles and len(self.conformal.quantiles) != classes:
            raise MienError(f"card: conformal has quantiles of {len(self.conformal.quantiles)} classes, not {classes}.")
        if not _are_figures(self.metrics):
            raise MienError("card: metrics must give accuracies from 0 to 1, with n and source.")


def _are_figures(metrics: dict[str, Any]) -> bool:
    """Whether what is shown of the metrics can be: the rest is kept as it is."""
    shrunk = metrics.get("accuracy_shrunk_px", {})
    if not isinstance(shrunk, dict):
        return False
    if "accuracy" not in metrics:
        return not shrunk
    shares = [metrics["accuracy"], *shrunk.values()]
    described = isinstance(metrics.get("n"), int) and isinstance(metrics.get("source"), str)
    return described and all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)


def folders() -> tuple[Path, ...]:
    """Where models are looked for: the folder of those that come with Mien, then the person's own."""
    return paths.shipped_weights(), paths.user_weights()


def available() -> list[str]:
    """Names of the models that can be loaded, the default first."""
    found = {
        path.stem
        for folder in folders()
        for path in folder.glob("*.json")
        if path.is_file() and path.with_suffix(".safetensors").is_file() and not is_left_behind(path.name)
    }
    return sorted(found, key=lambda name: (name != DEFAULT_MODEL, name))


def is_file_name(name: str) -> bool:
    """Whether a name is taken for that of a card or of weights, so that no model can be called so."""
    return Path(name).suffix.lower() in (".json", ".safetensors")


def locate(name: str) -> Path:
    """Find a model's card.

    Args:
        name: of the model, or the path of its .json or .safetensors file.

    Returns:
        The card's path.

    Raises:
        MienError: there is no such model, or the file may be no model of Mien's.
    """
    given = Path(name)
    if is_file_name(name) or given.parent != Path("."):
        card = given if given.suffix.lower() == ".json" else given.with_suffix(".json")
        _refuse_pickle(given)
        if card.is_file():
            return card
        if not given.exists():
            raise MienError(language.tr("{} does not exist.").format(given))
        raise MienError(language.tr("{} has no card beside it. Put {} there.").format(given, card.name))
    for folder in folders():
        if (card := folder / f"{name}.json").is_file():
            return card
    if name in REPLACED:
        log.warning("The model '%s' no longer comes with Mien: '%s' is taken instead.", name, REPLACED[name])
        return locate(REPLACED[name])
    _refuse_pickle(given)
    known = ", ".join(available()) or "none"
    raise MienError(language.tr("No model is called '{}'. Choose one of {}.").format(name, known))


def _refuse_pickle(path: Path) -> None:
    """By its name alone: it is not opened."""
    if path.suffix.lower() in (".pt", ".pth", ".pkl", ".bin", ".ckpt"):
        raise MienError(
            language.tr("{} is a pickle, which can run code. Mien loads only safetensors files with a card.").format(
                path
            )
        )


def read_card(name: str) -> Card:
    """The card of a model, by name or path.

    Raises:
        MienError: there is no such model, or its card cannot be read.
    """
    path = locate(name)
    with reading(path):
        text = read_bounded(path, LARGEST)
    return parse_card(text, str(path))


def parse_card(text: bytes, where: str) -> Card:
    """The card in a file's bytes.

    Args:
        text: the bytes.
        where: the file, for messages.

    Raises:
        MienError: they are no card, or one of a newer format.
    """
    values = parse_json(text, where, largest=LARGEST)
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise MienError(
            language.tr("{} is not a card of format {}. If it comes from a newer Mien, update this one.").format(
                where, FORMAT
            )
        )
    return from_dict(Card, values, where)


def write_card(card: Card, path: Path) -> None:
    """Write a card, with each list of numbers on one line.

    Raises:
        OSError: it cannot be written.
    """
    text = to_json(asdict(card), indent=2).decode()
    text = re.sub(r"\[\n[-+\d.eE,\s]+\]", lambda numbers: "[" + " ".join(numbers[0][1:-1].split()) + "]", text)
    write_atomic(path, (text + "\n").encode())


def _is_pickle(data: bytes) -> bool:
    if data[8:9] == b"{":  # a safetensors file: the length in front of its header may begin as a pickle or zip does
        return False
    if data[:2] == b"PK":  # torch.save's zip
        return True
    try:
        return next(pickletools.genops(data[:64]))[0].name == "PROTO"
    except (ValueError, StopIteration):
        return False


def verified_weights(name: str) -> tuple[bytes, Card]:
    """The bytes of a model's safetensors file, and its card.

    Raises:
        MienError: there is no such model, it is a pickle, or its hash is not the card's.
    """
    try:
        return _verified_weights(name)
    except MienError:
        return _verified_weights(name)  # another process may just have replaced the model


def _verified_weights(name: str) -> tuple[bytes, Card]:
    card = read_card(name)
    path = locate(name).with_suffix(".safetensors")
    with reading(path):
        data = read_bounded(path, LARGEST_WEIGHTS)
    coming = coming_weights(path)
    if hashlib.sha256(data).hexdigest() != card.sha256 and coming.is_file():
        with reading(coming):
            data = read_bounded(coming, LARGEST_WEIGHTS)
    return verified(data, card, path), card


def coming_weights(path: Path) -> Path:
    """Where a model's new weights lie until they take the place of the old: see `mien.models.replacing`."""
    return path.with_suffix(".safetensors.new")


def verified(data: bytes, card: Card, path: Path) -> bytes:
    """The bytes of a safetensors file, if the card describes them.

    Args:
        data: the bytes.
        card: of the model.
        path: the file, for messages.

    Raises:
        MienError: they are a pickle, or their hash is not the card's.
    """
    if _is_pickle(data):
        raise MienError(
            language.tr("{} is a pickle, which can run code, and no safetensors file. It was not opened.").format(path)
        )
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise MienError(
            language.tr(
                "{} is not the file that its card describes (its SHA-256 differs): it is damaged "
                "or was replaced. Copy both files again from where they come from."
            ).format(path)
        )
    return data


def translation_name(name: str) -> str:
    """How names of files in the cache begin that OpenVINO reads a model from; a dash and sixteen hex digits follow."""
    return re.sub(r"\W+", "-", name)  # a stranger's card may have a path for a name
