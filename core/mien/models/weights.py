"""Loads and saves networks. A model is loaded only if every tensor has the shape that its card asks for."""

import hashlib
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save as dump_tensors

from mien import language
from mien.errors import MienError
from mien.models.cards import Card, locate, verified_weights
from mien.models.replacing import write_files
from mien.nn import tensor_files
from mien.nn.network import ExpressionNetwork


def load(name: str) -> tuple[ExpressionNetwork, Card]:
    """Load a model by name or path, in single precision, ready for inference.

    Raises:
        MienError: there is no such model, it is a pickle, its hash is not the card's, or its tensors do not fit.
    """
    data, card = verified_weights(name)
    return build(data, card, locate(name).with_suffix(".safetensors")), card


def build(data: bytes, card: Card, path: Path) -> ExpressionNetwork:
    """Make the network that a card describes, with the tensors of a safetensors file.

    Args:
        data: the file's bytes.
        card: of the model.
        path: the file, for messages.

    Raises:
        MienError: it is no safetensors file, or its tensors do not fit.
    """
    found = tensor_files.shapes(data, str(path))
    with torch.device("meta"):  # shapes without memory: a stranger's card may ask for any amount of it
        expected = {key: tuple(value.shape) for key, value in _made(card, path).state_dict().items()}
    if expected != found:
        odd = next(key for key in [*expected, *found] if expected.get(key) != found.get(key))
        raise MienError(language.tr("{} does not fit its card's architecture: tensor '{}' differs.").format(path, odd))
    model = _made(card, path)
    model.load_state_dict(tensor_files.parse_tensors(data, str(path)))
    return model.float().eval()


def _made(card: Card, path: Path) -> ExpressionNetwork:
    try:
        return ExpressionNetwork(card.network)
    except (ArithmeticError, AssertionError, LookupError, RuntimeError, TypeError, ValueError) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise MienError(language.tr("{}: the network of its card cannot be built: {}").format(path, reason)) from error


def save(model: ExpressionNetwork, card: Card, folder: Path) -> Card:
    """Write a model in half precision, then its card: a model is listed only if it has one.

    Args:
        model: the network.
        card: its name is the files' name.
        folder: where to.

    Returns:
        The card with the file's hash.

    Raises:
        OSError: the files cannot be written.
    """
    return write(model, card, folder / f"{card.name}.json")


def write(model: ExpressionNetwork, card: Card, path: Path) -> Card:
    """Write the card to this path and the model beside it, as `save` does."""
    state = {
        key: (value.half() if value.is_floating_point() else value).contiguous().cpu()
        for key, value in model.state_dict().items()
    }
    data = dump_tensors(state, metadata={"format": "pt"})
    written = replace(card, sha256=hashlib.sha256(data).hexdigest(), graph="")
    write_files(data, written, path)
    return written


@torch.no_grad()
def half_rounded(model: ExpressionNetwork) -> ExpressionNetwork:
    """Round a model through half precision, in place, to what it will be after `save` and `load`."""
    for tensor in model.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(tensor.half().float())
    return model
