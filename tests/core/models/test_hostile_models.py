import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save

from mien.errors import MienError
from mien.models import cards, store, weights
from mien.nn.tensor_files import shapes
from mien.utils import paths

HUGE = 2**63 - 1


def changed(card: Path, change: Callable[[dict[str, Any]], object]) -> str:
    values = json.loads(card.read_text())
    change(values)
    card.write_text(json.dumps(values))
    return str(card)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *((key, HUGE) for key in ("ltr_blocks", "ltr_width", "sr_width", "sr_blocks", "head_width", "head_layers")),
        *((key, HUGE) for key in ("input_size", "crop_size", "ltr_patch", "anchors", "anchor_width", "anchor_heads")),
        ("ltr_blocks", 2**63),
        ("sr_width", -1),
        ("head_width", 0),
        ("head_dropout", -1),
        ("head_dropout", 1.5),
        ("oversampling", 1e308),
        ("oversampling", -1.0),
        ("anchor_delta", 0.0),
        ("backbone", "hf-hub:somebody/something"),
        ("backbone", "local-dir:/etc"),
        ("backbone", "a" * 1000),
        ("classes", [str(i) for i in range(2000)]),
        ("classes", ["a" * 1000, "b"]),
        ("ltr_patch", 5),
    ],
)
def test_no_number_of_a_card_hangs_or_takes_memory(saved: Path, key: str, value: object) -> None:
    with pytest.raises(MienError):
        weights.load(changed(saved, lambda card: card["network"].update({key: value})))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("temperature", 0),
        ("temperature", -1.0),
        ("temperature", 10**400),
        ("calibration", {"slope": 0.0}),
        ("calibration", {"shift": 1e9}),
        ("conformal", {"quantiles": [[0.5] * 20]}),
        ("conformal", {"quantiles": [[0.5]] * 2}),
        ("conformal", {"quantiles": [[1.5] * 20] * 2}),
        ("conformal", {"faces": [-1]}),
        ("metrics", {"accuracy": "87%"}),
        ("metrics", {"accuracy": 0.8}),
        ("metrics", {"accuracy": 8.0, "n": 1, "source": "x"}),
        ("metrics", {"accuracy": 0.8, "n": 1, "source": "x", "accuracy_shrunk_px": [1]}),
        ("name", "x" * 1000),
        ("training", json.loads("[" * 40 + "]" * 40)),
    ],
)
def test_the_rest_of_a_card_has_ranges_too(saved: Path, key: str, value: object) -> None:
    def change(card: dict[str, Any]) -> None:
        card[key] = value

    with pytest.raises(MienError):
        cards.read_card(changed(saved, change))


def test_a_backbone_of_gigabytes_is_never_built(saved: Path) -> None:
    name = changed(saved, lambda card: card["network"].update(backbone="vit_gigantic_patch14_224", input_size=224))
    with pytest.raises(MienError, match="does not fit"):
        weights.load(name)  # as numbers it would take 7 GB
    name = changed(saved, lambda card: card["network"].update(head_width=16384, head_layers=8))
    with pytest.raises(MienError, match="does not fit"):
        weights.load(name)


def with_weights(card: Path, data: bytes) -> str:
    card.with_suffix(".safetensors").write_bytes(data)
    return changed(card, lambda values: values.update(sha256=hashlib.sha256(data).hexdigest()))


def header(text: bytes, rest: bytes = b"") -> bytes:
    return len(text).to_bytes(8, "little") + text + rest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        (2**63).to_bytes(8, "little"),
        header(b"[" * 100_000),
        header(b"[]"),
        header(b'{"a": 1}'),
        header(b'{"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]}}'),
        header(b'{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 0]}}'),
        header(b'{"a": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}}', b"\0" * 4),
        header(b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}', b"\0" * 5),
        header(b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}', b"\0" * 4),
        header(b'{"a": {"dtype": {"b": 1}, "shape": [1], "data_offsets": [0, 4]}}', b"\0" * 4),
        header(b" " * (5 << 20)),
    ],
)
def test_headers_are_looked_at_first(saved: Path, data: bytes) -> None:
    with pytest.raises(MienError):
        weights.load(with_weights(saved, data))


def test_shapes_are_read_from_the_header() -> None:
    data = save({"a": torch.zeros(2, 3), "b": torch.zeros((), dtype=torch.int64), "c": torch.zeros(0, 7).half()})
    assert shapes(data, "it") == {"a": (2, 3), "b": (), "c": (0, 7)}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(saved: Path, number: float) -> None:
    tensors = {key: value.contiguous() for key, value in weights.load(str(saved))[0].state_dict().items()}
    name = next(name for name, tensor in tensors.items() if tensor.is_floating_point())
    tensors[name] = torch.full_like(tensors[name], number)
    with pytest.raises(MienError, match="not finite"):
        weights.load(with_weights(saved, save(tensors)))


@pytest.mark.parametrize("level", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path, level: int) -> None:
    file = tmp_path / "bomb.mien"
    with zipfile.ZipFile(file, "w", level) as archive:
        archive.writestr("card.json", "{}")
        with archive.open("model.safetensors", "w", force_zip64=True) as inside:
            for _ in range(64):
                inside.write(bytes(1 << 20))
    with pytest.raises(MienError, match="packed smaller"):
        store.take(file)


@pytest.mark.parametrize(
    "name",
    ["CON", "nul", "aux", "COM1", "lpt9", "nul.txt", "Con.old.model", "COM\N{SUPERSCRIPT ONE}", "CONIN$", "a.", "a ."],
)
def test_names_that_windows_keeps_for_itself(
    name: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path / "own")
    with pytest.raises(MienError):
        store.keep(str(saved), name)
    assert not (tmp_path / "own").exists()
    assert store.keep(str(saved), "console").is_file()
