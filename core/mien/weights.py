"""Trained models on the disk: NAME.safetensors (half precision) beside NAME.json, its card.

Both are data: loading them runs no code of theirs. A model is loaded only where its file has the hash that its
card states and every tensor has the shape that the card's config asks for.
"""

import hashlib
import json
import os
import pickletools
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as dump_tensors

from mien import paths
from mien.config import from_dict
from mien.errors import MienError
from mien.nn.network import NetworkConfig, NeuralResizer

FORMAT = 1
DEFAULT_MODEL = "light"


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
    known = ", ".join(available()) or "none"
    raise MienError(f"No model is called '{name}'. There are: {known}.")


def read_card(name: str) -> Card:
    """The card of a model, by name or path."""
    path = locate(name)
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MienError(f"{path} is no readable card: {error}") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise MienError(f"{path} is not a card of format {FORMAT}; it may come from a newer Mien.")
    return from_dict(Card, values, path.name)


def _is_pickle(data: bytes) -> bool:
    if data[:2] == b"PK":  # torch.save's zip
        return True
    try:
        return next(pickletools.genops(data[:64]))[0].name == "PROTO"
    except (ValueError, StopIteration):
        return False


def load(name: str) -> tuple[NeuralResizer, Card]:
    """Load a model by name or path, in single precision, ready for inference.

    Raises:
        MienError: no such model, a pickle, another hash than the card's, or tensors that do not fit it.
    """
    card = read_card(name)
    path = locate(name).with_suffix(".safetensors")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MienError(f"{path} cannot be read: {error.strerror}.") from error
    if _is_pickle(data):
        raise MienError(f"{path} is a pickle, which can run code, not a safetensors file. It was not opened.")
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise MienError(f"{path} is not the file that its card describes (other SHA-256): damaged or exchanged.")
    try:
        tensors = load_tensors(data)
    except SafetensorError as error:
        raise MienError(f"{path} is no safetensors file: {error}") from error
    model = NeuralResizer(card.network)
    expected = {key: value.shape for key, value in model.state_dict().items()}
    found = {key: value.shape for key, value in tensors.items()}
    if expected != found:
        odd = next(key for key in [*expected, *found] if expected.get(key) != found.get(key))
        raise MienError(f"{path} does not fit its card's architecture: tensor '{odd}' differs.")
    model.load_state_dict(tensors)
    return model.float().eval(), card


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: to a temporary file first, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def save(model: NeuralResizer, card: Card, folder: Path) -> Card:
    """Write a model in half precision, then its card (so that a model without a card is never listed).

    Returns:
        The card with the file's hash.
    """
    state = {
        key: (value.half() if value.is_floating_point() else value).contiguous().cpu()
        for key, value in model.state_dict().items()
    }
    data = dump_tensors(state, metadata={"format": "pt"})
    values = {**asdict(card), "sha256": hashlib.sha256(data).hexdigest()}
    write_atomic(folder / f"{card.name}.safetensors", data)
    write_atomic(folder / f"{card.name}.json", (json.dumps(values, indent=2) + "\n").encode())
    return from_dict(Card, values)


@torch.no_grad()
def half_rounded(model: NeuralResizer) -> NeuralResizer:
    """The model as it will be after `save` and `load`: rounded through half precision, in place."""
    for tensor in model.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(tensor.half().float())
    return model
