"""From a network in PyTorch to one in OpenVINO. Here alone does the OpenVINO runtime need PyTorch."""

import hashlib
import re
import struct
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import torch
from openvino import opset13
from openvino.frontend import FrontEndManager
from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

from mien.models import cards, weights
from mien.models.replacing import unchanged
from mien.nn.network import ExpressionNetwork
from mien.runtimes.graph_file import Graph, pack, place_for
from mien.utils.files import write_atomic, writing
from mien.utils.json_io import parse_json

_ALIGNED = 8  # bytes
_LENGTH = 8  # bytes in front of a safetensors file's header, which say how long it is


class _Whole(torch.nn.Module):
    """From bytes to everything that an `Output` holds."""

    def __init__(self, network: ExpressionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, crops: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.network.stages(crops.float() / 255).results()


@contextmanager
def _traced(model: str) -> Iterator[tuple[_Whole, torch.Tensor]]:
    """The network, and crops to trace it with."""
    network, card = weights.load(model)
    shape = (card.network.channels, card.network.crop_size, card.network.crop_size)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns at every check of a shape
        yield _Whole(network).eval(), torch.zeros(2, *shape, dtype=torch.uint8)


def translate(model: str) -> ov.Model:
    """Translate a model, given by name or path, for this version of OpenVINO."""
    with _traced(model) as (whole, crops):
        return ov.convert_model(whole, example_input=crops, input=[([-1, *crops.shape[1:]], ov.Type.u8)])


def write_graph(model: str) -> Path:
    """Write NAME.graph beside a model's card, and its hash into the card.

    Args:
        model: name or path.

    Returns:
        The file.

    Raises:
        MienError: there is no such model, or the files cannot be written.
    """
    path = place_for(model)
    data, card = cards.verified_weights(model)
    packed = pack(_graph(model, data), card)
    beside = path.with_suffix(".json")
    with writing(path), unchanged(card, beside):
        write_atomic(path, packed)
        now = cards.read_card(str(beside))  # which may be calibrated otherwise by now
        cards.write_card(replace(now, graph=hashlib.sha256(packed).hexdigest()), beside)
    return path


def _graph(model: str, data: bytes) -> Graph:
    places = _places(data)
    translated = _as_it_stands(model)
    for node in translated.get_ops():
        if node.get_type_name() == "Constant" and node.get_element_type() == ov.Type.f32:
            half = node.data.astype(np.float16)
            if half.tobytes() in places:
                node.output(0).replace(opset13.convert(opset13.constant(half), "f32").output(0))
    with tempfile.TemporaryDirectory() as folder:
        xml, numbers = Path(folder) / "graph.xml", Path(folder) / "graph.bin"
        ov.serialize(translated, xml, numbers)
        return _with_places(xml.read_text(encoding="utf-8"), numbers.read_bytes(), data, places)


def _as_it_stands(model: str) -> ov.Model:
    """The model with its weights as they are in the file: `ov.convert_model` multiplies some by what follows them."""
    frontend = FrontEndManager().load_by_framework("pytorch")
    with _traced(model) as (whole, crops):
        decoder = TorchScriptPythonDecoder(whole, example_input=crops)  # OpenVINO does not keep it alive
        loaded = frontend.load(decoder)
        (place,) = loaded.get_inputs()
        loaded.set_partial_shape(place, ov.PartialShape([-1, *crops.shape[1:]]))
        loaded.set_element_type(place, ov.Type.u8)
        return frontend.convert(loaded)


def _places(data: bytes) -> dict[bytes, int]:
    """Where each tensor's bytes begin in a safetensors file."""
    (length,) = struct.unpack_from("<Q", data)
    begin = _LENGTH + length
    header: dict[str, Any] = parse_json(data[_LENGTH:begin], "the weights' header", largest=len(data))
    spans = [about["data_offsets"] for name, about in header.items() if name != "__metadata__"]
    return {data[begin + first : begin + last]: begin + first for first, last in spans}


def _with_places(xml: str, numbers: bytes, data: bytes, places: dict[bytes, int]) -> Graph:
    others = bytearray()

    def place(found: re.Match[str]) -> str:
        first, size = int(found[1]), int(found[2])
        value = numbers[first : first + size]
        at = places.get(value)
        if at is None:
            others.extend(bytes(-(len(data) + len(others)) % _ALIGNED))
            at = len(data) + len(others)
            others.extend(value)
        return f'offset="{at}" size="{size}"'

    return Graph(re.sub(r'offset="(\d+)" size="(\d+)"', place, xml).encode(), bytes(others))
