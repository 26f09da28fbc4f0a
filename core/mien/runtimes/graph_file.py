"""NAME.graph beside a model: what OpenVINO computes, translated beforehand, so that a model runs without PyTorch.

The file is a zip of OpenVINO's XML, of the few numbers that are not among the weights, and of what it was made of. The
XML's offsets count into the bytes of NAME.safetensors with those numbers behind them: the weights are on the disk once,
and other weights cannot be taken for them.
"""

import errno
import hashlib
import io
import logging
import os
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from mien.errors import MienError
from mien.models.cards import Card, folders, locate, read_card
from mien.nn.config import NetworkConfig
from mien.utils.dataclass_io import from_dict
from mien.utils.files import cannot_write, check_output, is_own, read_bounded
from mien.utils.json_io import parse_json, to_json

log = logging.getLogger(__name__)

WAY = 5
"""Raised when a network is computed in another way or gives more: translations are then made again."""
_MADE_OF, _XML, _NUMBERS = "made_of.json", "graph.xml", "numbers.bin"
_LARGEST = 8 << 20  # bytes, packed; that of Swin has 120,000


@dataclass(frozen=True)
class _MadeOf:
    weights: str
    """SHA-256 of the safetensors file."""
    network: NetworkConfig
    way: int


@dataclass(frozen=True)
class Graph:
    """A network as OpenVINO reads it."""

    xml: bytes
    numbers: bytes
    """What stands behind the safetensors file's bytes."""


def path_of(model: str) -> Path:
    """Where the graph of a model is looked for; `model` is its name or path."""
    return locate(model).with_suffix(".graph")


def place_for(model: str) -> Path:
    """Where the graph of a model is to be written; asked before the minute that making one takes.

    Raises:
        MienError: there is no such model, or it or its card, which gets the graph's hash, cannot be written there.
    """
    read_card(model)
    path = path_of(model)
    for file in (path, path.with_suffix(".json")):
        check_output(file)
    if not os.access(path.parent, os.W_OK):
        raise cannot_write(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return path


def pack(graph: Graph, card: Card) -> bytes:
    """The file's bytes; the same graph gives the same bytes."""
    made_of = to_json(asdict(_MadeOf(card.sha256, card.network, WAY)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in ((_MADE_OF, made_of), (_XML, graph.xml), (_NUMBERS, graph.numbers)):
            info = zipfile.ZipInfo(name)  # of 1980, whatever the clock says
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def find(model: str, card: Card) -> Graph | None:
    """The graph beside a model's card.

    Args:
        model: name or path.
        card: of the model, whose weights have the hash that it states.

    Returns:
        None where there is none, it is not the file that the card names, or it was made of other weights. Only a graph
        that came with Mien or that this person made is looked at: one runs in OpenVINO without further questions.
    """
    path = path_of(model)
    if path.parent not in folders() or not card.graph or not path.is_file():
        return None
    if path.parent != folders()[0] and not is_own(path):
        return None
    try:
        data = read_bounded(path, _LARGEST)
        if hashlib.sha256(data).hexdigest() != card.graph:
            log.warning("%s is not the file that its card describes, and is not used.", path)
            return None
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            made_of = parse_json(archive.read(_MADE_OF), str(path))
            found = Graph(archive.read(_XML), archive.read(_NUMBERS))
        if from_dict(_MadeOf, made_of, str(path)) == _MadeOf(card.sha256, card.network, WAY):
            return found
        log.warning("%s was made of another model, and is not used.", path)
    except (OSError, KeyError, MienError, zipfile.BadZipFile, zlib.error) as error:
        log.warning("%s cannot be read, and is not used: %s", path, error)
    return None
