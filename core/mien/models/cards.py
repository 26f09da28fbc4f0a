"""Models on the disk: NAME.safetensors (half precision) beside NAME.json, its card.

Both are data: reading them runs no code of theirs, and a weights file is handed on only where it has the hash that
its card states. Knows no PyTorch, which takes seconds to import.
"""

import hashlib
import json
import logging
import pickletools
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.nn.config import NetworkConfig
from mien.probabilities.calibration import Calibration
from mien.probabilities.conformal import Conformal
from mien.utils import paths
from mien.utils.dataclass_io import from_dict
from mien.utils.files import reading, write_atomic

log = logging.getLogger(__name__)

FORMAT = 1
DEFAULT_MODEL = "light"
REPLACED = {"deit": "light", "deit-plain": "light-plain"}
"""Models that no longer come with Mien, and what stands in for them: old names go on working."""


@dataclass(frozen=True)
class Card:
    """What a person should know of a model before using it."""

    name: str
    network: NetworkConfig
    sha256: str = ""
    """Of the safetensors file."""
    description: str = ""
    training: dict[str, Any] = field(default_factory=dict)
    """Data, labelling rule, start weights, settings, epochs."""
    metrics: dict[str, Any] = field(default_factory=dict)
    """Figures, each with split, rule and n."""
    temperature: float = 1.0
    """Divides the logits; fitted on the validation split."""
    calibration: Calibration = field(default_factory=Calibration)
    """What follows the temperature; fitted on the validation split."""
    conformal: Conformal = field(default_factory=Conformal)
    """From which sets of expressions are formed; measured on the validation split."""
    licence: str = ""
    limits: str = ""
    """What the model cannot do, and on whom it was trained."""
    format: int = FORMAT


def folders() -> tuple[Path, ...]:
    """Where models are looked for, the shipped ones first."""
    return paths.shipped_weights(), paths.user_weights()


def available() -> list[str]:
    """Names of the models that can be loaded, the default first."""
    found = {
        path.stem
        for folder in folders()
        for path in folder.glob("*.json")
        if path.with_suffix(".safetensors").is_file()
    }
    return sorted(found, key=lambda name: (name != DEFAULT_MODEL, name))


def locate(name: str) -> Path:
    """The card's path for a model's name, or for a path to its .json or .safetensors file."""
    given = Path(name)
    if given.suffix in (".json", ".safetensors") or given.parent != Path("."):
        card = given if given.suffix == ".json" else given.with_suffix(".json")
        if given.suffix in (".pt", ".pth", ".pkl", ".bin", ".ckpt"):
            raise MienError(f"{given} is a pickle, which can run code. Mien reads safetensors with a card only.")
        if card.is_file():
            return card
        raise MienError(f"{given} has no card ({card.name}) beside it.")
    for folder in folders():
        if (card := folder / f"{name}.json").is_file():
            return card
    if name in REPLACED:
        log.warning("The model '%s' no longer comes with Mien: '%s' is taken.", name, REPLACED[name])
        return locate(REPLACED[name])
    known = ", ".join(available()) or "none"
    raise MienError(f"No model is called '{name}'. There are: {known}.")


def read_card(name: str) -> Card:
    """The card of a model, by name or path."""
    path = locate(name)
    with reading(path):
        text = path.read_bytes()
    return parse_card(text, str(path))


def parse_card(text: bytes, where: str) -> Card:
    """The card that a file's bytes hold; `where` is named in errors."""
    try:
        values = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise MienError(f"{where} is no readable card: {error}") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise MienError(f"{where} is not a card of format {FORMAT}; it may come from a newer Mien.")
    return from_dict(Card, values, where)


def write_card(card: Card, path: Path) -> None:
    """Write a card, lists of numbers on one line."""
    text = json.dumps(asdict(card), indent=2)
    text = re.sub(r"\[\n[-+\d.eE,\s]+\]", lambda numbers: "[" + " ".join(numbers[0][1:-1].split()) + "]", text)
    write_atomic(path, (text + "\n").encode())


def _is_pickle(data: bytes) -> bool:
    if data[:2] == b"PK":  # torch.save's zip
        return True
    try:
        return next(pickletools.genops(data[:64]))[0].name == "PROTO"
    except (ValueError, StopIteration):
        return False


def verified_weights(name: str) -> tuple[bytes, Card]:
    """The bytes of a model's safetensors file, and its card.

    Raises:
        MienError: no such model, a pickle, or another hash than the card's.
    """
    card = read_card(name)
    path = locate(name).with_suffix(".safetensors")
    with reading(path):
        data = path.read_bytes()
    return verified(data, card, path), card


def verified(data: bytes, card: Card, path: Path) -> bytes:
    """The bytes of a safetensors file, if they are those that the card describes; `path` is named in errors."""
    if _is_pickle(data):
        raise MienError(f"{path} is a pickle, which can run code, not a safetensors file. It was not opened.")
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise MienError(f"{path} is not the file that its card describes (other SHA-256): damaged or exchanged.")
    return data
