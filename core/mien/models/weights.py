"""Networks from their files, and back. A model is loaded only where every tensor has the shape its card asks for."""

import hashlib
from dataclasses import replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as dump_tensors

from mien.errors import MienError
from mien.models.cards import Card, locate, verified_weights, write_card
from mien.nn.network import ExpressionNetwork
from mien.utils.files import write_atomic


def load(name: str) -> tuple[ExpressionNetwork, Card]:
    """Load a model by name or path, in single precision, ready for inference.

    Raises:
        MienError: no such model, a pickle, another hash than the card's, or tensors that do not fit it.
    """
    data, card = verified_weights(name)
    return build(data, card, locate(name).with_suffix(".safetensors")), card


def build(data: bytes, card: Card, path: Path) -> ExpressionNetwork:
    """The network that a card describes, with the tensors of a safetensors file's bytes.

    Raises:
        MienError: it is no safetensors file, or its tensors do not fit; `path` is named.
    """
    try:
        tensors = load_tensors(data)
    except SafetensorError as error:
        raise MienError(f"{path} is no safetensors file: {error}") from error
    model = ExpressionNetwork(card.network)
    expected = {key: value.shape for key, value in model.state_dict().items()}
    found = {key: value.shape for key, value in tensors.items()}
    if expected != found:
        odd = next(key for key in [*expected, *found] if expected.get(key) != found.get(key))
        raise MienError(f"{path} does not fit its card's architecture: tensor '{odd}' differs.")
    model.load_state_dict(tensors)
    return model.float().eval()


def save(model: ExpressionNetwork, card: Card, folder: Path) -> Card:
    """Write a model in half precision, then its card (so that a model without a card is never listed).

    Returns:
        The card with the file's hash.
    """
    return write(model, card, folder / f"{card.name}.json")


def write(model: ExpressionNetwork, card: Card, path: Path) -> Card:
    """Write a model to a card's path and beside it, as `save` does."""
    state = {
        key: (value.half() if value.is_floating_point() else value).contiguous().cpu()
        for key, value in model.state_dict().items()
    }
    data = dump_tensors(state, metadata={"format": "pt"})
    written = replace(card, sha256=hashlib.sha256(data).hexdigest())
    write_atomic(path.with_suffix(".safetensors"), data)
    write_card(written, path)
    return written


@torch.no_grad()
def half_rounded(model: ExpressionNetwork) -> ExpressionNetwork:
    """The model as it will be after `save` and `load`: rounded through half precision, in place."""
    for tensor in model.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(tensor.half().float())
    return model
