"""Safetensors files, which may come from anybody: their header is looked at before anything is made of them."""

from math import prod
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors  # noqa: TID251
from torch import Tensor

from mien import language
from mien.errors import MienError
from mien.utils.files import cannot_read, read_bounded
from mien.utils.json_io import parse_json

_LARGEST = 2 << 30  # bytes
_LARGEST_HEADER = 4 << 20  # bytes; that of Swin-B has 40,000
_SIZES = {"F16": 2, "BF16": 2, "F32": 4, "F64": 8, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}
_LENGTH = 8  # bytes in front of the header, which say how long it is


def shapes(data: bytes, where: str) -> dict[str, tuple[int, ...]]:
    """The tensors' shapes by name, as a file's header says them.

    Args:
        data: the whole file.
        where: the file, for messages.

    Raises:
        MienError: it is no safetensors file, or its tensors do not fill it.
    """
    length = int.from_bytes(data[:_LENGTH], "little")
    if len(data) < _LENGTH or length > min(len(data) - _LENGTH, _LARGEST_HEADER):
        raise MienError(language.tr("{} is not a safetensors file: its header is damaged.").format(where))
    header = parse_json(data[_LENGTH : _LENGTH + length], f"The header of {where}", largest=_LARGEST_HEADER)
    tensors = {key: value for key, value in header.items() if key != "__metadata__"} if isinstance(header, dict) else {}
    found, size = {}, 0
    for name, about in tensors.items():
        shape, kind = (about.get("shape"), about.get("dtype")) if isinstance(about, dict) else (None, None)
        if (
            not isinstance(kind, str)
            or kind not in _SIZES
            or not isinstance(shape, list)
            or not all(type(n) is int and n >= 0 for n in shape)
        ):
            text = language.tr("{} is not a safetensors file: its header does not describe {}.")
            raise MienError(text.format(where, repr(name[:60])))
        found[name] = tuple(shape)
        size += prod(shape) * _SIZES[kind]
    if size != len(data) - _LENGTH - length:
        text = language.tr("{} is not a whole safetensors file: its tensors should have {} bytes.")
        raise MienError(text.format(where, size))
    return found


def parse_tensors(data: bytes, where: str) -> dict[str, Tensor]:
    """The tensors of a file by name.

    Args:
        data: the whole file.
        where: the file, for messages.

    Raises:
        MienError: it is no safetensors file, or holds a number that is not finite.
    """
    shapes(data, where)
    try:
        tensors: dict[str, Tensor] = load_tensors(data)
    except SafetensorError as error:
        raise MienError(language.tr("{} is not a safetensors file: {}").format(where, error)) from error
    for name, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            text = language.tr("{} is damaged: tensor {} holds numbers that are not finite.")
            raise MienError(text.format(where, repr(name[:60])))
    return tensors


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a file by name.

    Raises:
        MienError: it cannot be read, or see `parse_tensors`.
    """
    try:
        data = read_bounded(path, _LARGEST)
    except OSError as error:
        raise cannot_read(path, error) from error
    return parse_tensors(data, str(path))
