"""Models run without PyTorch where what OpenVINO computes lies beside them, and belongs to them."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mien.cli.main import main
from mien.errors import MienError
from mien.models import cards
from mien.runtimes import graph_file, needs_preparing, open_runtime
from mien.utils import paths


@pytest.mark.parametrize("name", [path.stem for path in paths.shipped_weights().glob("*.json")])
def test_a_shipped_model_has_a_graph_of_its_own_weights(name: str) -> None:
    assert graph_file.find(name, cards.read_card(name)) is not None, f"Run `mien models {name} --graph`."


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped models with a copy of `light` in it, nothing translated, and no PyTorch."""
    for path in paths.shipped_weights().glob("light.*"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(paths, "shipped_weights", lambda: tmp_path)
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "cache")
    monkeypatch.setitem(sys.modules, "mien.runtimes.translation", None)
    return tmp_path


def test_a_model_with_its_graph_is_ready_at_once(shipped: Path) -> None:
    assert not needs_preparing("light", "openvino")
    crops = np.random.default_rng(0).integers(0, 255, (2, 1, 128, 128), dtype=np.uint8)
    expected = open_runtime(str(Path(__file__).parents[3] / "weights" / "light.json"), "torch").run(crops)
    output = open_runtime("light", "openvino").run(crops)
    assert np.abs(output.logits - expected.logits).max() < 1e-3
    assert not (shipped / "cache").exists()


def _other_weights(folder: Path) -> None:
    card = cards.read_card("light")
    shutil.copy(Path(__file__).parents[3] / "weights" / "light-plain.safetensors", folder / "light.safetensors")
    other = replace(cards.read_card(str(Path(__file__).parents[3] / "weights" / "light-plain.json")), graph=card.graph)
    cards.write_card(other, folder / "light.json")


def _other_network(folder: Path) -> None:
    card = cards.read_card("light")
    cards.write_card(replace(card, network=replace(card.network, mirrored=True)), folder / "light.json")


def _other_bytes(folder: Path) -> None:
    data = bytearray((folder / "light.graph").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "light.graph").write_bytes(data)


def _without(folder: Path) -> None:
    (folder / "light.graph").unlink()


@pytest.mark.parametrize("spoil", [_other_weights, _other_network, _other_bytes, _without])
def test_a_graph_that_does_not_belong_is_not_used(shipped: Path, spoil) -> None:
    spoil(shipped)
    assert needs_preparing("light", "openvino")
    with pytest.raises(MienError, match="takes PyTorch"):
        open_runtime("light", "openvino")


def test_a_strangers_graph_is_not_looked_at(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "shipped_weights", lambda: shipped / "elsewhere")
    assert graph_file.find(str(shipped / "light.json"), cards.read_card(str(shipped / "light.json"))) is None


def test_a_graph_of_ones_own_model_is_found(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "shipped_weights", lambda: shipped / "elsewhere")
    monkeypatch.setattr(paths, "user_weights", lambda: shipped)
    assert graph_file.find("light", cards.read_card("light")) is not None
    monkeypatch.setattr(graph_file, "is_own", lambda path: False)
    assert graph_file.find("light", cards.read_card("light")) is None


def test_where_no_graph_can_be_written_is_said_at_once(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(name: str) -> str:
        assert main(["models", name, "--graph"]) == 2  # without translating: that cannot be imported here
        return capsys.readouterr().err

    assert "No model is called 'nosuch'" in said("nosuch")
    assert "x.json does not exist" in said(str(tmp_path / "x.json"))
    (tmp_path / "x.safetensors").touch()
    assert "has no card beside it" in said(str(tmp_path / "x.safetensors"))
    assert "is a pickle" in said("x.pt")
    graph, card = shipped / "light.graph", shipped / "light.json"
    graph.rename(shipped / "other")
    graph.symlink_to(shipped / "other")
    assert "light.graph is a link" in said("light")
    graph.unlink()
    graph.mkdir()
    assert "light.graph is no file" in said("light")
    graph.rmdir()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "light.graph cannot be written: Permission denied." in said("light")
    card.rename(shipped / "card")
    card.symlink_to(shipped / "card")
    assert "light.json is a link" in said("light")


def test_a_model_that_cannot_be_prepared_is_in_the_exit_code(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "nosuch", "--prepare"]) == 1
    assert "nosuch cannot be used: No model is called" in capsys.readouterr().out
    assert main(["models", "light", "--prepare"]) == 0
