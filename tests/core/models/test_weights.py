import hashlib
import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.errors import MienError
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.utils import paths


def test_what_is_saved_is_loaded(saved: Path, tiny: NetworkConfig) -> None:
    model, card = weights.load(str(saved))
    assert card.network == tiny
    assert next(model.parameters()).dtype == torch.float32
    assert not model.training
    assert sorted(p.name for p in saved.parent.iterdir()) == ["mine.json", "mine.safetensors"]


def test_another_file_than_the_cards_is_refused(saved: Path) -> None:
    file = saved.with_suffix(".safetensors")
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(MienError, match="not the file that its card describes"):
        weights.load(str(saved))


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("code of a model file was run",))


@pytest.mark.parametrize("kind", ["pickle", "torch"])
def test_a_pickle_is_refused_unopened(saved: Path, kind: str) -> None:
    file = saved.with_suffix(".safetensors")
    if kind == "pickle":
        file.write_bytes(pickle.dumps(Evil()))
    else:
        torch.save(Evil(), file)
    with pytest.raises(MienError, match="pickle"):
        weights.load(str(saved))
    with pytest.raises(MienError, match="pickle"):
        weights.load(str(saved.with_suffix(".pt")))


@pytest.mark.parametrize("begins", [b"\x80\x3c", b"PK"])
def test_a_header_whose_length_looks_like_a_pickle_is_none(saved: Path, begins: bytes) -> None:
    file = saved.with_suffix(".safetensors")
    data = file.read_bytes()
    length, wanted = int.from_bytes(data[:8], "little"), int.from_bytes(begins, "little")
    assert length <= wanted
    # Headers are filled up with spaces.
    made = wanted.to_bytes(8, "little") + data[8 : 8 + length].ljust(wanted) + data[8 + length :]
    assert made[:2] == begins
    file.write_bytes(made)
    card = cards.read_card(str(saved))
    cards.write_card(replace(card, sha256=hashlib.sha256(made).hexdigest()), saved)
    assert weights.load(str(saved))[1].name == "mine"


def test_another_architecture_is_refused(saved: Path) -> None:
    values = json.loads(saved.read_text())
    values["network"]["head_width"] = 17
    saved.write_text(json.dumps(values))
    with pytest.raises(MienError, match="does not fit its card's architecture: tensor 'head"):
        weights.load(str(saved))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "not a card"),
        ('{"format": 99}', "not a card"),
        ('{"format": 1, "x": 1}', "'x'"),
    ],
)
def test_a_damaged_card_is_reported(saved: Path, text: str, message: str) -> None:
    saved.write_text(text)
    with pytest.raises(MienError, match=message):
        weights.load(str(saved))


def test_unknown_names_list_the_known_ones() -> None:
    with pytest.raises(MienError, match="No model is called 'nobody'"):
        weights.load("nobody")


def test_a_persons_own_models_are_found_by_name(
    saved: Path, tiny: NetworkConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path)
    assert "mine" in cards.available()
    assert weights.load("mine")[1].name == "mine"
    (tmp_path / "half.safetensors").write_bytes(b"")  # no card yet: never listed
    assert "half" not in cards.available()


@pytest.mark.parametrize("name", cards.available())
def test_shipped_models_load_and_fit_their_size(name: str) -> None:
    model, card = weights.load(name)
    file = cards.locate(name).with_suffix(".safetensors")
    assert file.stat().st_size <= 60e6
    assert card.metrics["n"] == 3_199
    assert model(torch.rand(1, card.network.channels, 48, 48)).shape == (1, 8)
    assert "AI Act" in card.limits
    for value in (card.training["start"], *card.training["teachers"]):
        assert "/" not in str(value)


def test_a_card_survives_a_round_trip(saved: Path, tmp_path: Path) -> None:
    model, card = weights.load(str(saved))
    again = weights.save(model, replace(card, name="other"), tmp_path)
    assert again == replace(card, name="other")


def test_cards_from_before_balancing_have_none() -> None:
    for name in cards.available():
        network, card = weights.load(name)
        assert card.network.balancing == "none"
        assert network.balancing is None
